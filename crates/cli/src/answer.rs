//! Out: JSON for the script, one line for the person.

use std::process::ExitCode;

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};

pub type Answer = Result<Value, Refusal>;

/// A refusal, and the one JSON document that tells of it.
pub struct Refusal {
    line: String,
    shown: Value,
    exit: u8,
}

impl Refusal {
    /// Told in a document of the command's own shape.
    pub fn shown(error: &ApiError, shown: Value) -> Self {
        Self { line: line(error), shown, exit: 1 }
    }

    /// A file in which something is wrong, told in a document of the command's own shape: exit code 2.
    pub fn told(line: String, shown: Value) -> Self {
        Self { line, shown, exit: 2 }
    }

    /// A file that is not what was asked for: exit code 2, so that a script can tell it from a mishap.
    pub fn unreadable(code: &str, detail: &str) -> Self {
        Self { line: detail.to_owned(), shown: json!({ "error": { "code": code, "detail": detail } }), exit: 2 }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::shown(&error, json!({ "error": error }))
    }
}

pub fn print(answer: Answer) -> ExitCode {
    match answer {
        Ok(value) => {
            say(&value);
            ExitCode::SUCCESS
        }
        Err(Refusal { line, shown, exit }) => {
            say(&shown);
            eprintln!("xunjuctl: {line}");
            ExitCode::from(exit)
        }
    }
}

/// A reader that has gone (`| head`) wants no more, and is no failure.
fn say(value: &Value) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout().lock(), "{value:#}");
}

/// What happened, what is safe, what to do: shortened to a line.
fn line(e: &ApiError) -> String {
    let param = |key: &str| e.params.get(key).cloned().unwrap_or_default();
    match e.code {
        ErrorCode::FolderInUse => {
            format!("another program (the window?) is using {}; close it and try again", param("folder"))
        }
        ErrorCode::NotEnrolled => "this data folder is not enrolled; run `xunjuctl enrol` first".to_owned(),
        ErrorCode::Locked if e.params.contains_key("key_gone") => {
            "the key of this data folder is not on this machine; nothing was changed".to_owned()
        }
        ErrorCode::Locked => "a passphrase is needed: --passphrase-stdin or XUNJU_PASSPHRASE".to_owned(),
        ErrorCode::WrongPassphrase => "the passphrase is wrong; nothing was changed".to_owned(),
        ErrorCode::NewerDatabase => {
            format!(
                "the data folder was written by a newer version (schema {}); it was left untouched, update this program",
                param("found")
            )
        }
        ErrorCode::NoNumbers => {
            "every document number here is used; sync to get a new block, or ask a colleague".to_owned()
        }
        ErrorCode::NoViewer => "no program here opens a PDF".to_owned(),
        ErrorCode::PaperFailed => "the pages could not be set; no number was used".to_owned(),
        ErrorCode::Offline => "the server cannot be reached; everything recorded is safe here".to_owned(),
        ErrorCode::CodeRefused => "the code is unknown, used or too old; ask for a new one".to_owned(),
        ErrorCode::Invalid => format!(
            "not complete or not right: {}",
            [e.field.clone().unwrap_or_default(), param("problem"), param("all")].join(" ")
        ),
        ErrorCode::DiskFull => {
            "the disk is full; what was saved before is safe, free some space and try again".to_owned()
        }
        _ => format!("{e}"),
    }
}
