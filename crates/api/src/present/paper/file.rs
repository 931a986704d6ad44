//! A paper as a file: its name, a copy for the person.

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
