//! Addresses as people write them, and the form two spellings of one place share (domain.md §8.7).

/// The form by which two addresses are compared: half-width, no blanks, 之 as `-`, Chinese numerals as
/// digits, lower case, and without the trailing 号楼, 号, 幢, 栋, 楼, 室. The typed text is kept elsewhere.
#[must_use]
pub fn normalise(text: &str) -> String {
    let narrow: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let mut plain = numerals(&narrow).to_lowercase();
    loop {
        let cut = ["号楼", "號樓", "号", "號", "幢", "栋", "棟", "楼", "樓", "室"]
            .iter()
            .find_map(|tail| plain.strip_suffix(tail))
            .filter(|rest| !rest.is_empty())
            .map(str::to_owned);
        match cut {
            Some(rest) => plain = rest,
            None => return plain,
        }
    }
}

/// Exact-match key of a place: compound, doorway and room.
#[must_use]
pub fn place(compound_id: &str, building: &str, room: &str) -> String {
    format!("{compound_id}|{}|{}", normalise(building), normalise(room))
}

/// An address in its parts, each as [`normalise`] would have it; empty where it does not say. `original` is what was
/// typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// `示例路`
    pub road: String,
    /// 弄: `1234`
    pub lane: String,
    /// 支弄: `56`
    pub sub_lane: String,
    /// 号, with what follows it: `7`, `7甲`.
    pub doorway: String,
    /// 单元
    pub unit: String,
    /// `302`, `0102甲`, `b1`, `地下室`, `车库3`
    pub room: String,
    pub original: String,
}

/// Reads an address as it is written in Shanghai (domain.md §8.7): `XX路1234弄56支弄7号302室`, `XX路88号`, `8号甲`,
/// `8号楼2单元601`, `8-601`, `8号B1`, `8号车库3`. What stands before the numbers is the road, or nothing.
#[must_use]
pub fn parse(text: &str) -> Address {
    let mut found = Address { original: text.to_owned(), ..Address::default() };
    let plain = numerals_before_marks(&folded(text));
    let mut rest = plain.as_str();
    if let Some((road, after)) = road(rest) {
        (found.road, rest) = (road.to_owned(), after);
    }
    for (part, marks) in [(&mut found.lane, &["弄"][..]), (&mut found.sub_lane, &["支弄"])] {
        if let Some((number, after)) = numbered(rest, marks) {
            (*part, rest) = (number, after);
        }
    }
    if let Some((number, after)) = numbered(rest, DOORWAY_MARKS) {
        let (annex, after) = annex(after);
        (found.doorway, rest) = (format!("{number}{annex}"), after);
    } else if let Some((number, after)) = rest.split_once('-').filter(|(n, _)| all_digits(n)) {
        (found.doorway, rest) = (number.to_owned(), after);
    }
    if let Some((number, after)) = numbered(rest, &["单元", "單元"]) {
        (found.unit, rest) = (number, after);
    }
    found.room = normalise(rest.trim_matches('-'));
    found
}

impl Address {
    /// The one spelling of the whole.
    #[must_use]
    pub fn normal(&self) -> String {
        let marked = |part: &str, mark: &str| if part.is_empty() { String::new() } else { format!("{part}{mark}") };
        let room = if all_digits(&self.room) { marked(&self.room, "室") } else { self.room.clone() };
        let doorway = match self.doorway.find(|c: char| !c.is_ascii_digit() && c != '-') {
            Some(at) if self.doorway.is_char_boundary(at) => {
                let (number, annex) = self.doorway.split_at(at);
                format!("{number}号{annex}")
            }
            _ => marked(&self.doorway, "号"),
        };
        let lanes = marked(&self.lane, "弄") + &marked(&self.sub_lane, "支弄");
        format!("{}{lanes}{doorway}{}{room}", self.road, marked(&self.unit, "单元"))
    }
}

/// The floor a room number tells: `302` is 3, `1203` is 12, `B1` is -1. None where it tells none; the register then
/// stores it.
#[must_use]
pub fn floor(room: &str) -> Option<i32> {
    let plain = normalise(room);
    if let Some(below) = plain.strip_prefix('b') {
        let level: String = below.chars().take_while(char::is_ascii_digit).take(1).collect();
        return level.parse::<i32>().ok().filter(|n| *n > 0).map(|n| -n);
    }
    let digits: String = plain.chars().take_while(char::is_ascii_digit).collect();
    let floor = match digits.len() {
        3 => digits.get(..1),
        4 => digits.get(..2),
        _ => None,
    };
    floor?.parse().ok().filter(|n| *n > 0)
}

const DOORWAY_MARKS: &[&str] = &["号楼", "號樓", "号", "號", "幢", "栋", "棟"];
/// 甲 to 癸: further doors under one number.
const ANNEXES: &str = "甲乙丙丁戊己庚辛壬癸";

fn folded(text: &str) -> String {
    text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

/// Up to and with the last 路, 街, 道 that a number follows: `三林路1234弄`.
fn road(text: &str) -> Option<(&str, &str)> {
    let number = text.char_indices().find(|(_, c)| c.is_ascii_digit())?.0;
    let (before, after) = text.split_at_checked(number)?;
    (!before.is_empty() && !before.starts_with('b')).then_some((before, after)).filter(|(b, _)| is_road(b))
}

fn is_road(text: &str) -> bool {
    ['路', '街', '道', '村', '镇', '鎮', '园', '園', '里', '苑'].iter().any(|tail| text.ends_with(*tail))
}

/// `56支弄…` by `支弄` is `56` and what follows.
fn numbered<'a>(text: &'a str, marks: &[&str]) -> Option<(String, &'a str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '-')?;
    let (number, after) = text.split_at_checked(end)?;
    let after = marks.iter().find_map(|mark| after.strip_prefix(mark))?;
    let number = number.trim_matches('-');
    (!number.is_empty()).then(|| (number.to_owned(), after))
}

fn annex(text: &str) -> (String, &str) {
    match text.chars().next().filter(|c| ANNEXES.contains(*c)) {
        Some(c) => (c.to_string(), text.get(c.len_utf8()..).unwrap_or_default()),
        None => (String::new(), text),
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Chinese numerals as digits where a mark of an address follows them: 八号 is 8号, and 三林路 stays.
pub(crate) fn numerals_before_marks(text: &str) -> String {
    const MARKS: &[char] = &['弄', '支', '号', '號', '室', '幢', '栋', '棟', '单', '單', '楼', '樓', '-'];
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(c) if digit(c).is_some() || unit(c).is_some() => run.push(c),
            _ => {
                if c.is_some_and(|c| MARKS.contains(&c)) {
                    flush(&mut run, &mut out);
                } else {
                    out.extend(run.drain(..));
                }
                out.extend(c);
            }
        }
    }
    out
}

fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '之' | '－' | '—' | '–' | '‐' => '-',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Rewrites each run of Chinese numerals: 十二 is 12, 二〇三 is 203, 一百零五 is 105.
fn numerals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for c in text.chars() {
        if digit(c).is_some() || unit(c).is_some() {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    out
}

fn flush(run: &mut Vec<char>, out: &mut String) {
    if run.iter().any(|c| unit(*c).is_some()) {
        let mut total = 0u64;
        let mut last = None;
        for c in run.iter() {
            match (digit(*c), unit(*c)) {
                (_, Some(size)) => total = size.saturating_mul(last.take().unwrap_or(1)).saturating_add(total),
                (value, None) => last = value,
            }
        }
        out.push_str(&total.saturating_add(last.unwrap_or(0)).to_string());
    } else {
        out.extend(run.iter().filter_map(|c| digit(*c)).map(|d| d.to_string()));
    }
    run.clear();
}

fn digit(c: char) -> Option<u64> {
    let at = "〇一二三四五六七八九".chars().position(|d| d == c);
    at.map(|n| n as u64).or(match c {
        '零' => Some(0),
        '两' | '兩' => Some(2),
        _ => None,
    })
}

fn unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_place_are_one() {
        for spelling in ["8号楼", "８号", " 8 号 ", "八号楼", "8幢", "8"] {
            assert_eq!(normalise(spelling), "8", "{spelling}");
        }
        assert_eq!(normalise("十二号"), "12");
        assert_eq!(normalise("二〇三室"), "203");
        assert_eq!(normalise("一百零五号"), "105");
        assert_eq!(normalise("二十号"), "20");
        assert_eq!(normalise("12之3号"), "12-3");
        assert_eq!(normalise("０６０１ 室"), "0601");
        assert_eq!(normalise("0102甲"), "0102甲");
        assert_eq!(normalise("B1"), "b1");
        assert_eq!(place("cmp-001", "8号楼", "601室"), "cmp-001|8|601");
    }

    #[test]
    fn a_place_name_that_is_only_a_tail_stays() {
        assert_eq!(normalise("楼"), "楼");
    }
}
