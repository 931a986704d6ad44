//! A paper as a file: its name, a copy for the person, pictures of its pages as text.

use std::io::Write as _;

use xunju_domain::paper::PaperState;

use crate::error::ApiError;
use crate::present::aside;

/// `责令限期改正通知书-示综执责改字〔2026〕第0001号.pdf`: no name of a person, nothing a file system minds.
pub(crate) fn paper_file_name(state: &PaperState) -> String {
    let sheet = &state.issued.sheet;
    let number = [state.number(), &sheet.case_no, &sheet.date].into_iter().find(|n| !n.is_empty()).unwrap_or_default();
    let raw = format!("{}-{number}", sheet.title);
    let kept: String = raw.chars().filter(|c| c.is_alphanumeric() || "-〔〕()（）".contains(*c)).collect();
    format!("{kept}.pdf")
}

/// Writes a file into the person's downloads, beside what is there of the same name.
///
/// # Errors
/// `DiskFailed`.
pub(crate) fn save_aside(name: &str, bytes: &[u8]) -> Result<String, ApiError> {
    let (mut file, path) = aside::aside(name)?;
    file.write_all(bytes).map_err(|e| aside::told(&path, &e))?;
    Ok(path.display().to_string())
}

/// RFC 4648 §4.
pub(super) fn base64(bytes: &[u8]) -> String {
    const WORDS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let index = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap_or(0);
            let word = WORDS.get(index).copied().unwrap_or(b'=');
            text.push(if at <= chunk.len() { char::from(word) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn pictures_travel_as_text() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
