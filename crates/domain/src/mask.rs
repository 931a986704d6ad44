//! 脱敏: what is left of personal data for those who need not see it (domain.md §8.2, PIPL 6, 51). The same functions
//! serve screen, print, tables and logs.

const HIDDEN: char = '*';

/// Surnames of two characters.
const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙", "公孫",
    "慕容", "司徒", "司空", "令狐", "长孙", "長孫", "宇文", "轩辕", "軒轅", "夏侯", "端木", "百里", "南宫", "南宮",
    "独孤", "獨孤", "申屠", "太史",
];

/// `张三` is `张*`, `欧阳小明` is `欧***`: the first character stays, also of a surname of two.
#[must_use]
pub fn name(text: &str) -> String {
    let plain = text.trim();
    let chars = plain.chars().count();
    let two = COMPOUND_SURNAMES.iter().any(|s| plain.starts_with(s)) && chars > 2;
    let hidden = chars.saturating_sub(1).max(usize::from(two) + usize::from(chars == 1));
    keep(plain, 1, 0, hidden)
}

/// `310112190001010010` is `310112********0010`.
#[must_use]
pub fn resident_id(text: &str) -> String {
    ends(text, 6, 4)
}

/// For those who see least: only the last four.
#[must_use]
pub fn resident_id_tail(text: &str) -> String {
    ends(text, 0, 4)
}

/// `13812345678` is `138****5678`; a landline keeps its area code and last two digits.
#[must_use]
pub fn phone(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    match plain.split_once('-') {
        Some((area, rest)) => format!("{area}-{}", ends(rest, 0, 2)),
        None => ends(&plain, 3, 4),
    }
}

/// `沪A·12312` is `沪A·***12`.
#[must_use]
pub fn plate(text: &str) -> String {
    let plain = text.trim();
    let head = if plain.chars().nth(2) == Some('·') { 3 } else { 2 };
    ends(plain, head, 2)
}

/// An address for the public: to the lane (弄), without doorway and room. Without a lane, to the road (路, 街).
#[must_use]
pub fn address(text: &str) -> String {
    let plain = text.trim();
    let through = |tail: char| plain.char_indices().find(|(_, c)| *c == tail).map(|(at, c)| at + c.len_utf8());
    let end = ['弄', '路', '街', '村', '园', '園', '苑'].into_iter().find_map(through);
    end.and_then(|end| plain.get(..end)).map_or_else(|| HIDDEN.to_string(), str::to_owned)
}

/// The first `head` and last `tail` characters; what is too short for that is hidden whole.
fn ends(text: &str, head: usize, tail: usize) -> String {
    let plain = text.trim();
    let chars = plain.chars().count();
    if chars <= head + tail {
        return HIDDEN.to_string().repeat(chars);
    }
    keep(plain, head, tail, chars - head - tail)
}

fn keep(text: &str, head: usize, tail: usize, hidden: usize) -> String {
    let chars = text.chars().count();
    let head = if chars <= head + tail { chars.saturating_sub(1).min(head) } else { head };
    let first = text.chars().take(head);
    let last = text.chars().skip(chars - tail.min(chars));
    first.chain(std::iter::repeat_n(HIDDEN, hidden)).chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_the_town_prints_them() {
        assert_eq!(name("张三"), "张*");
        assert_eq!(name("欧阳小明"), "欧***");
        assert_eq!(name("王建国"), "王**");
        assert_eq!(name("𠮷田"), "𠮷*");
        assert_eq!(name("张"), "*");
        assert_eq!(name(""), "");
        assert_eq!(resident_id("310112190001010010"), "310112********0010");
        assert_eq!(resident_id_tail("310112190001010010"), "**************0010");
        assert_eq!(phone("13812345678"), "138****5678");
        assert_eq!(phone("021-62345678"), "021-******78");
        assert_eq!(plate("沪A·12312"), "沪A·***12");
        assert_eq!(plate("沪AD12345"), "沪A****45");
        assert_eq!(address("示例路1234弄56号302室"), "示例路1234弄");
        assert_eq!(address("示例路88号"), "示例路");
        assert_eq!(address("302室"), "*");
        assert_eq!(phone("1234"), "****");
    }

    proptest! {
        #[test]
        fn never_more_is_shown_than_the_form_allows(text in "[^*]{0,40}") {
            let shown = |masked: String| masked.chars().filter(|c| *c != HIDDEN).count();
            prop_assert!(shown(name(&text)) <= 1);
            prop_assert!(shown(resident_id(&text)) <= 10);
            prop_assert!(shown(resident_id_tail(&text)) <= 4);
            prop_assert!(shown(plate(&text)) <= 5);
            prop_assert_eq!(resident_id(&text).chars().count(), text.trim().chars().count());
        }

        #[test]
        fn the_middle_of_an_id_is_never_shown(middle in "[0-9]{8}") {
            let masked = resident_id(&format!("310112{middle}0010"));
            prop_assert_eq!(masked, "310112********0010");
        }
    }
}
