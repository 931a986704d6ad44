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
                (_, Some(size)) => total += last.take().unwrap_or(1) * size,
                (value, None) => last = value,
            }
        }
        out.push_str(&(total + last.unwrap_or(0)).to_string());
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
