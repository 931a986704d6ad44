//! The sheet as the typesetter reads it, and its fingerprint.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use xunju_domain::paper::{Sheet, SheetValue};

use super::PaperError;

const CHARS_MAX: usize = 200_000;
/// Letters and digits in a row after which a line may break: a longer run could leave the page.
const RUN_MAX: usize = 24;
const BREAK: char = '\u{200b}';

/// SHA-256 of the sheet's JSON, lower-case hex: printed on every page, equal for equal content.
#[must_use]
pub fn fingerprint(sheet: &Sheet) -> String {
    let bytes = serde_json::to_vec(sheet).unwrap_or_default();
    hex(&Sha256::digest(bytes))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Controls and direction overrides: the page would not show what the record holds.
pub(super) fn hides(c: char) -> bool {
    let bidi = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
    bidi || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Refuses text that hides something or does not end.
pub(super) fn check(sheet: &Sheet) -> Result<(), PaperError> {
    let texts = texts(sheet);
    let chars: usize = texts.iter().map(|t| t.chars().count()).sum();
    if chars > CHARS_MAX {
        return Err(PaperError::Long { chars, chars_max: CHARS_MAX });
    }
    let mut characters: Vec<char> = texts.iter().flat_map(|t| t.chars()).filter(|c| hides(*c)).collect();
    characters.sort_unstable();
    characters.dedup();
    if characters.is_empty() { Ok(()) } else { Err(PaperError::Hidden { characters }) }
}

fn texts(sheet: &Sheet) -> Vec<&str> {
    let mut all: Vec<&str> = vec![&sheet.title, &sheet.organ, &sheet.number, &sheet.case_no, &sheet.date];
    for value in sheet.fields.values() {
        match value {
            SheetValue::Text(text) => all.push(text),
            SheetValue::List(items) => all.extend(items.iter().map(String::as_str)),
            SheetValue::Table(rows) => all.extend(rows.iter().flatten().map(String::as_str)),
        }
    }
    for photo in &sheet.photos {
        all.extend([&photo.sha256, &photo.caption, &photo.taken_at, &photo.place, &photo.taken_by].map(String::as_str));
    }
    all
}

/// What the templates read: the sheet with its fingerprint, every text breakable.
pub(super) fn readable(sheet: &Sheet) -> Value {
    let mut value = json!(sheet);
    breakable_everywhere(&mut value);
    if let Some(object) = value.as_object_mut() {
        object.insert("fingerprint".into(), fingerprint(sheet).into());
    }
    value
}

fn breakable_everywhere(value: &mut Value) {
    match value {
        Value::String(text) => *text = breakable(text),
        Value::Array(items) => items.iter_mut().for_each(breakable_everywhere),
        Value::Object(fields) => fields.values_mut().for_each(breakable_everywhere),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Lets a line break inside a long run without spaces or ideographs, and makes every line end one `\n`.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").chars() {
        run = if breaks_itself(c) { 0 } else { run + 1 };
        if run > RUN_MAX {
            out.push(BREAK);
            run = 1;
        }
        out.push(c);
    }
    out
}

/// Spaces and ideographs: a line may end there anyway.
fn breaks_itself(c: char) -> bool {
    (c.is_whitespace() && c != '\u{a0}')
        || matches!(u32::from(c), 0x2e80..=0x2fdf | 0x3400..=0x9fff | 0x2_0000..=0x3_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_may_break_and_chinese_is_left_alone() {
        assert_eq!(breakable(&"A".repeat(24)), "A".repeat(24));
        assert_eq!(breakable(&"A".repeat(25)), format!("{}\u{200b}A", "A".repeat(24)));
        assert_eq!(breakable(&"，".repeat(30)).chars().filter(|c| *c == BREAK).count(), 1);
        let chinese = "汉".repeat(100);
        assert_eq!(breakable(&chinese), chinese);
        assert_eq!(breakable("甲\r\n乙\r丙"), "甲\n乙\n丙");
    }

    #[test]
    fn a_fingerprint_follows_the_content() {
        let sheet = Sheet { title: "甲".into(), ..Sheet::default() };
        assert_eq!(fingerprint(&sheet), fingerprint(&sheet.clone()));
        assert_ne!(fingerprint(&sheet), fingerprint(&Sheet { title: "乙".into(), ..Sheet::default() }));
    }

    #[test]
    fn text_that_reorders_the_page_is_refused_by_name() {
        let sheet = Sheet { title: "甲\u{202e}乙\u{7}".into(), ..Sheet::default() };
        assert_eq!(check(&sheet), Err(PaperError::Hidden { characters: vec!['\u{7}', '\u{202e}'] }));
        let long = Sheet { organ: "长".repeat(CHARS_MAX + 1), ..Sheet::default() };
        assert!(matches!(check(&long), Err(PaperError::Long { .. })));
    }
}
