//! 拼音: a name as it is typed without an input method. A character of several readings is found by each (重庆, 长桥).

use std::collections::BTreeSet;

use pinyin::ToPinyinMulti as _;

use super::simplified::simplified;

/// Combinations of readings kept from one character on.
const COMBINATIONS_MAX: usize = 8;
/// Characters read from one character on.
const CHARS_MAX: usize = 12;

/// Readings of one character, most usual first; a letter or digit reads as itself.
pub(super) fn syllables(c: char) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_ascii_lowercase().to_string()];
    }
    let mut found: Vec<String> = Vec::new();
    if let Some(all) = c.to_pinyin_multi() {
        for one in all {
            let plain = one.plain().replace('ü', "v");
            if !found.contains(&plain) && plain.is_ascii() {
                found.push(plain);
            }
        }
    }
    found
}

/// From each character on: so many syllables in full, then initials. `donghuhuayuan`, `donghhy`, `dhhy`, `huhuayuan`, …
pub fn readings(name: &str, into: &mut BTreeSet<String>) {
    let all: Vec<Vec<String>> = name.chars().map(|c| syllables(simplified(c))).filter(|s| !s.is_empty()).collect();
    for at in 0..all.len() {
        let rest: Vec<&Vec<String>> = all.iter().skip(at).take(CHARS_MAX).collect();
        let firsts: Vec<Vec<String>> = rest.iter().map(|s| initials(s)).collect();
        for full in (0..=rest.len()).rev() {
            let spelt = rest.iter().take(full).map(|s| s.as_slice());
            into.extend(joined(spelt.chain(firsts.iter().skip(full).map(Vec::as_slice))));
        }
    }
}

pub(super) fn initials(syllables: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for first in syllables.iter().filter_map(|s| s.chars().next()) {
        if !found.contains(&first.to_string()) {
            found.push(first.to_string());
        }
    }
    found
}

/// Every way through, the usual ones first, as many as are kept.
fn joined<'a>(steps: impl Iterator<Item = &'a [String]>) -> Vec<String> {
    steps.fold(vec![String::new()], |ways, step| {
        let longer = step.iter().flat_map(|s| ways.iter().map(move |way| format!("{way}{s}")));
        longer.take(COMBINATIONS_MAX).collect()
    })
}
