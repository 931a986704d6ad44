//! Numbers that name a person or a company: their form and check digit (domain.md §8.5).

use chrono::NaiveDate;

/// What is wrong with an identifier. None of these carries the number itself: it is personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierError {
    /// So many characters are not an identifier of this kind.
    Length,
    /// A character no such number has.
    Character,
    /// No such division (GB/T 2260).
    Region,
    /// The date of birth does not exist, or has not come yet.
    Date,
    /// The check digit does not fit: a digit was mistyped.
    CheckDigit,
}

impl IdentifierError {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Character => "character",
            Self::Region => "region",
            Self::Date => "date",
            Self::CheckDigit => "check_digit",
        }
    }
}

impl std::fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for IdentifierError {}

use IdentifierError::{Character, CheckDigit, Date, Length, Region};

/// First two digits of GB/T 2260, with the residence permits of Hong Kong, Macao and Taiwan (81-83).
const PROVINCES: &[u32] = &[
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
];

/// 公民身份号码, 18 characters (GB 11643-1999), in its one form: half-width, `X` in upper case. An old number of 15
/// digits comes back as the 18 it became. `today` bounds the date of birth.
///
/// # Errors
/// By cause; the number is not in the error.
pub fn resident_id(text: &str, today: NaiveDate) -> Result<String, IdentifierError> {
    let typed = plain(text);
    let digits: Vec<u32> = match typed.chars().count() {
        18 => typed.chars().take(17).map(|c| c.to_digit(10).ok_or(Character)).collect::<Result<_, _>>()?,
        15 => modern(&typed)?,
        _ => return Err(Length),
    };
    let check = id_check(&digits);
    let number: String = digits.iter().filter_map(|d| char::from_digit(*d, 10)).chain([check]).collect();
    match typed.chars().nth(17) {
        Some(last) if !last.is_ascii_digit() && last != 'X' => return Err(Character),
        _ => {}
    }
    if !PROVINCES.contains(&number_at(&digits, 0, 2)) {
        return Err(Region);
    }
    let year = i32::try_from(number_at(&digits, 6, 4)).map_err(|_| Date)?;
    let born = NaiveDate::from_ymd_opt(year, number_at(&digits, 10, 2), number_at(&digits, 12, 2)).ok_or(Date)?;
    if born > today {
        return Err(Date);
    }
    match typed.chars().nth(17) {
        Some(last) if last != check => Err(CheckDigit),
        _ => Ok(number),
    }
}

/// Whether a text holds a resident ID number, also with blanks or dashes between its digits. Old numbers of fifteen
/// digits are not looked for: too many other numbers look like them.
#[must_use]
pub fn names_resident_id(text: &str) -> bool {
    let chars: Vec<char> = plain(text).chars().filter(|c| *c != '-').collect();
    let number = |w: &[char]| resident_id(&w.iter().collect::<String>(), NaiveDate::MAX).is_ok();
    chars.windows(18).any(|w| w.iter().take(17).all(char::is_ascii_digit) && number(w))
}

/// The seventeen digits a number of fifteen became: the century goes in.
fn modern(old: &str) -> Result<Vec<u32>, IdentifierError> {
    let digits = old.chars().map(|c| c.to_digit(10).ok_or(Character)).collect::<Result<Vec<_>, _>>()?;
    let (region, rest) = digits.split_at_checked(6).ok_or(Length)?;
    Ok(region.iter().chain(&[1, 9]).chain(rest).copied().collect())
}

fn id_check(digits: &[u32]) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| d * w).sum();
    "10X98765432".chars().nth(usize::try_from(sum % 11).unwrap_or(0)).unwrap_or('X')
}

fn number_at(digits: &[u32], from: usize, len: usize) -> u32 {
    digits.iter().skip(from).take(len).fold(0, |n, d| n * 10 + d)
}

const CREDIT_ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// 统一社会信用代码, 18 characters (GB 32100-2015), with the organisation code inside it (GB 11714). Upper case.
///
/// # Errors
/// By cause.
pub fn credit_code(text: &str) -> Result<String, IdentifierError> {
    let code = plain(text);
    let values: Vec<u32> = code.chars().map(credit_value).collect::<Option<_>>().ok_or(Character)?;
    if values.len() != 18 {
        return Err(Length);
    }
    const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(v, w)| v * w).sum();
    let check = (31 - sum % 31) % 31;
    if values.last() != Some(&check) || !organisation_fits(&code) {
        return Err(CheckDigit);
    }
    Ok(code)
}

/// A valid code of no real company, for samples: `n` counts them.
#[must_use]
pub fn example_credit_code(n: u32) -> String {
    let organisation = format!("MA{:06}", n % 1_000_000);
    let tries = CREDIT_ALPHABET.chars().chain(['X']);
    let base = |check: char| format!("91310112{organisation}{check}");
    let with_check = tries.flat_map(|inner| CREDIT_ALPHABET.chars().map(move |outer| (inner, outer)));
    with_check
        .map(|(inner, outer)| format!("{}{outer}", base(inner)))
        .find(|code| credit_code(code).is_ok())
        .unwrap_or_default()
}

fn credit_value(c: char) -> Option<u32> {
    CREDIT_ALPHABET.chars().position(|a| a == c).and_then(|at| u32::try_from(at).ok())
}

/// Characters 9 to 16, letters counting from 10, and their check in 17.
fn organisation_fits(code: &str) -> bool {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = code.chars().skip(8).zip(WEIGHTS).map(|(c, w)| c.to_digit(36).unwrap_or(0) * w).sum();
    let check = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        n => char::from_digit(n, 10).unwrap_or('0'),
    };
    code.chars().nth(16) == Some(check)
}

/// A telephone number in its one form: mobile `1[3-9]` with 11 digits, landline with area code `021-62345678`, or a
/// five-digit hotline such as 12345.
///
/// # Errors
/// `Character`, `Length`.
pub fn phone(text: &str) -> Result<String, IdentifierError> {
    let typed: String = plain(text).chars().filter(|c| *c != '-').collect();
    if !typed.chars().all(|c| c.is_ascii_digit()) {
        return Err(Character);
    }
    let begins = |with: &str| typed.starts_with(with);
    let second = typed.chars().nth(1).unwrap_or('0');
    match typed.len() {
        11 if begins("1") && second >= '3' => Ok(typed),
        5 if begins("1") || begins("9") => Ok(typed),
        10..=12 if begins("0") && second != '0' => Ok(landline(&typed)),
        _ => Err(Length),
    }
}

/// Area codes of one and two have three digits (010, 02x), all others four.
fn landline(digits: &str) -> String {
    let area = if digits.starts_with("01") || digits.starts_with("02") { 3 } else { 4 };
    let (area, rest) = digits.split_at_checked(area).unwrap_or((digits, ""));
    format!("{area}-{rest}")
}

/// Half-width, without blanks, upper case.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn id(text: &str) -> Result<String, IdentifierError> {
        resident_id(text, NaiveDate::from_ymd_opt(2026, 11, 24).unwrap())
    }

    #[test]
    fn a_text_with_an_id_number_in_it_is_noticed() {
        for text in [
            "业主张某 11010519491231002X，无人",
            "310112 19000101 0010",
            "证号３１０１１２１９０００１０１００１０。",
            "138123456783101121900010100101",
        ] {
            assert!(names_resident_id(text), "{text}");
        }
        for text in [
            "",
            "8号601室 12.5 平方米",
            "110105194912310021",
            "统一代码 91310112MA1GB00X5K",
            "2026-11-24 10:00 13812345678",
        ] {
            assert!(!names_resident_id(text), "{text}");
        }
    }

    #[test]
    fn resident_ids() {
        for good in [
            "11010519491231002X",
            "440524188001010014",
            "310112190001010010",
            "310112190001010029",
            "310101194912310021",
            "810000199001010019",
        ] {
            assert_eq!(id(good).as_deref(), Ok(good));
        }
        assert_eq!(id(" 11010519491231002x ").as_deref(), Ok("11010519491231002X"));
        assert_eq!(id("１１０１０５１９４９１２３１００２Ｘ").as_deref(), Ok("11010519491231002X"));
        assert_eq!(id("110105491231002").as_deref(), Ok("11010519491231002X"), "the old form");
        assert_eq!(id("110105194912310021"), Err(CheckDigit));
        assert_eq!(id("310112190002300019"), Err(Date), "30 February");
        assert_eq!(id("310112202712310019"), Err(Date), "not born yet");
        assert_eq!(id("990112190001010010"), Err(Region));
        assert_eq!(id("31011219000101001"), Err(Length));
        assert_eq!(id("31011219000101001Y"), Err(Character));
        assert_eq!(id("3101121900A1010010"), Err(Character));
        assert_eq!(id(""), Err(Length));
    }

    #[test]
    fn a_mistyped_digit_never_passes() {
        let good = "310112190001010010";
        for at in 0..18 {
            for digit in ('0'..='9').filter(|d| good.chars().nth(at) != Some(*d)) {
                let typed: String = good.chars().enumerate().map(|(i, c)| if i == at { digit } else { c }).collect();
                assert!(id(&typed).is_err(), "{typed}");
            }
        }
    }

    #[test]
    fn credit_codes() {
        for good in [
            "91350100M000100Y43",
            "91310112MA1QX0002B",
            "91310112MA1QX00886",
            "913101151234567880",
            "52310112MJ99999990",
            "11310112000000019J",
        ] {
            assert_eq!(credit_code(good).as_deref(), Ok(good));
            assert_eq!(credit_code(&good.to_lowercase()).as_deref(), Ok(good));
        }
        assert_eq!(credit_code("91350100M000100Y44"), Err(CheckDigit));
        assert_eq!(credit_code("91350100M000100I43"), Err(Character), "no I, O, S, V, Z");
        assert_eq!(credit_code("91350100M000100Y4"), Err(Length));
    }

    #[test]
    fn phones() {
        assert_eq!(phone("138 0000 1234").as_deref(), Ok("13800001234"));
        assert_eq!(phone("16600001234").as_deref(), Ok("16600001234"), "16x and 19x are real");
        assert_eq!(phone("19900001234").as_deref(), Ok("19900001234"));
        assert_eq!(phone("021-62345678").as_deref(), Ok("021-62345678"));
        assert_eq!(phone("02162345678").as_deref(), Ok("021-62345678"));
        assert_eq!(phone("0512-65123456").as_deref(), Ok("0512-65123456"));
        assert_eq!(phone("12345").as_deref(), Ok("12345"));
        assert_eq!(phone("12000001234"), Err(Length));
        assert_eq!(phone("1380000123"), Err(Length));
        assert_eq!(phone("电话13800001234"), Err(Character));
    }
}
