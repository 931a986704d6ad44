//! A text as the words it is found by.

use std::collections::BTreeSet;

use super::simplified::simplified;
use crate::address;

/// Characters of one window.
pub(super) const WINDOW: usize = 4;
/// From so many digits on, the end of a number finds it.
const TAIL_DIGITS: usize = 3;

/// One run of a kind, in a text folded to half-width and lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    Han(String),
    /// Digits, and what they number when a mark follows: 号, 室, 弄, 单元.
    Digits(String, Option<char>),
    Latin(String),
}

/// Half-width, lower case, simplified, each character for one; blanks stay.
pub(super) fn folded(text: &str) -> String {
    let fold = |c: char| match c {
        '\u{3000}' => ' ',
        '－' | '—' | '–' | '‐' => '-',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c).to_ascii_lowercase(),
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => simplified(c),
    };
    text.chars().map(fold).collect()
}

/// Characters of Chinese writing.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[derive(PartialEq, Clone, Copy)]
enum Sort {
    Han,
    Digit,
    Latin,
    Gap,
}

fn sort(c: char) -> Sort {
    match c {
        '0'..='9' => Sort::Digit,
        'a'..='z' => Sort::Latin,
        c if is_han(c) => Sort::Han,
        _ => Sort::Gap,
    }
}

const MARKS: &[(&str, char)] = &[
    ("支弄", '弄'),
    ("弄", '弄'),
    ("号楼", '号'),
    ("号", '号'),
    ("幢", '号'),
    ("栋", '号'),
    ("楼", '号'),
    ("单元", '元'),
    ("室", '室'),
];

/// The mark a run of characters begins with, and what follows it.
fn marked(text: &str) -> Option<(char, &str)> {
    MARKS.iter().find_map(|(mark, sign)| Some((*sign, text.strip_prefix(mark)?)))
}

/// Without the blanks between a number and its mark: `128 弄` is `128弄`.
fn joined(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let ahead = rest.trim_start();
        if c.is_whitespace() && plain.ends_with(|d: char| d.is_ascii_digit()) && marked(ahead).is_some() {
            rest = ahead;
        } else {
            plain.push(c);
            rest = rest.strip_prefix(c).unwrap_or_default();
        }
    }
    plain
}

pub(super) fn runs(text: &str) -> Vec<Run> {
    let plain = joined(&address::numerals_before_marks(&folded(text)));
    let mut groups: Vec<(Sort, String)> = Vec::new();
    for c in plain.chars() {
        match groups.last_mut() {
            Some((last, group)) if *last == sort(c) => group.push(c),
            _ => groups.push((sort(c), c.to_string())),
        }
    }
    let mut found: Vec<Run> = Vec::new();
    let mut last = Sort::Gap;
    for (kind, text) in groups {
        // A mark numbers only the digits it touches.
        let touches = std::mem::replace(&mut last, kind) == Sort::Digit;
        match kind {
            Sort::Gap => {}
            Sort::Latin => found.push(Run::Latin(text)),
            Sort::Digit => found.push(Run::Digits(text, None)),
            Sort::Han => match (found.last_mut(), marked(&text)) {
                // Only where nothing stands between the digits and the mark.
                (Some(Run::Digits(_, mark)), Some((sign, rest))) if touches => {
                    *mark = Some(sign);
                    if !rest.is_empty() {
                        found.push(Run::Han(rest.to_owned()));
                    }
                }
                _ => found.push(Run::Han(text)),
            },
        }
    }
    found
}

pub(super) fn unpadded(digits: &str) -> &str {
    let plain = digits.trim_start_matches('0');
    if plain.is_empty() { digits } else { plain }
}

/// Every window of a run: at each character, that and up to three more.
pub(super) fn windows(run: &str) -> impl Iterator<Item = String> + '_ {
    (0..run.chars().count()).map(move |at| run.chars().skip(at).take(WINDOW).collect())
}

/// The words of a free text or an address.
pub fn words(text: &str, into: &mut BTreeSet<String>) {
    for run in runs(text) {
        match run {
            Run::Han(run) => into.extend(windows(&run)),
            Run::Latin(word) => {
                into.insert(word);
            }
            Run::Digits(digits, mark) => {
                for form in [digits.as_str(), unpadded(&digits)] {
                    into.insert(form.to_owned());
                    into.extend(mark.map(|mark| format!("{form}{mark}")));
                }
            }
        }
    }
    // A mark is also a character of its run: 楼梯 is found in 3楼梯间.
    let plain = folded(text);
    for run in plain.split(|c| !is_han(c)).filter(|run| marked(run).is_some()) {
        into.extend(windows(run));
    }
}

/// The words of a number in parts, `SL-2026-WJ-000123`: the whole, each end from a part on, and the last digits.
pub fn numbers(number: &str, into: &mut BTreeSet<String>) {
    let plain = folded(number);
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let compact = |from: usize| parts.iter().skip(from).copied().collect::<String>();
    if !parts.is_empty() {
        into.insert(whole(&compact(0)));
    }
    into.extend((0..parts.len()).map(compact));
    let last = parts.last().copied().unwrap_or_default();
    if last.chars().all(|c| c.is_ascii_digit()) && !last.is_empty() {
        into.insert(unpadded(last).to_owned());
        let ends = (0..last.len().saturating_sub(TAIL_DIGITS - 1)).filter_map(|at| last.get(at..));
        into.extend(ends.map(str::to_owned));
    }
}

/// The word of a whole number, which no other word is like.
pub(super) fn whole(compact: &str) -> String {
    format!("#{compact}")
}
