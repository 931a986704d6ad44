//! A paper in the system's own viewer, where it is read and printed: a copy only this person can read, removed when the
//! window closes, and what a window that was killed left behind when the next one opens.
//!
//! Nothing else is ever opened: the page names a paper, never a path.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use xunju_api::error::{ApiError, ErrorCode};

use crate::folder;

/// A program that opens files says within this time that there is none for this one; a viewer stays open longer.
const REFUSAL_WITHIN: Duration = Duration::from_millis(1500);

#[cfg(target_os = "windows")]
const OPENER: &str = "explorer.exe";
#[cfg(target_os = "macos")]
const OPENER: &str = "open";
#[cfg(not(any(target_os = "windows", target_os = "macos")))]
const OPENER: &str = "xdg-open";

fn copies() -> PathBuf {
    folder::cache_folder().join("open")
}

/// Removes every copy. One that a viewer still holds goes the next time.
pub fn clear() {
    let _held_or_absent = fs::remove_dir_all(copies());
}

/// Writes the copy and hands it to the system.
///
/// # Errors
/// `DiskFailed`; `NoViewer` where no program opens it.
pub fn open(name: &str, pdf: &[u8]) -> Result<(), ApiError> {
    let path = copies().join(file_name(name));
    write(&path, pdf).map_err(|e| {
        ApiError::new(ErrorCode::DiskFailed)
            .with("op", "open")
            .with("path", path.display())
            .with("cause", e)
            .retryable()
    })?;
    hand_over(&path)
}

/// No separator, no drive, nothing hidden: a name and nothing else.
fn file_name(name: &str) -> String {
    let kept: String = name.chars().filter(|c| c.is_alphanumeric() || "-.〔〕()（）".contains(*c)).collect();
    let kept = kept.trim_start_matches(['.', '-']);
    if kept.is_empty() { "paper.pdf".into() } else { kept.to_owned() }
}

fn write(path: &Path, pdf: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    only_mine(folder, 0o700)?;
    let _absent = fs::remove_file(path);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    only_mine(path, 0o600)?;
    file.write_all(pdf)?;
    file.sync_all()
}

#[cfg(unix)]
fn only_mine(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// The cache of a Windows account is that account's alone.
#[cfg(not(unix))]
fn only_mine(_: &Path, _: u32) -> std::io::Result<()> {
    Ok(())
}

fn hand_over(path: &Path) -> Result<(), ApiError> {
    let none = |cause: String| ApiError::new(ErrorCode::NoViewer).with("cause", cause);
    let mut command = Command::new(OPENER);
    let quiet = command.arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut program = quiet.spawn().map_err(|e| none(e.to_string()))?;
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let _nobody_waits = tell.send(program.wait());
    });
    match told.recv_timeout(REFUSAL_WITHIN) {
        // The file manager of Windows says 1 when all went well.
        Ok(Ok(ended)) if !ended.success() && !cfg!(windows) => Err(none(ended.to_string())),
        Ok(Err(e)) => Err(none(e.to_string())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_name_stays_in_its_folder() {
        for (name, kept) in [
            (
                "责令限期改正通知书-示综执责改字〔2026〕第0001号.pdf",
                "责令限期改正通知书-示综执责改字〔2026〕第0001号.pdf",
            ),
            ("../../.bashrc", "bashrc"),
            ("C:\\x/y.pdf", "Cxy.pdf"),
            ("-rf", "rf"),
            ("//", "paper.pdf"),
        ] {
            assert_eq!(file_name(name), kept);
        }
    }
}
