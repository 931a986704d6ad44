//! `bundle export` and `verify`: a case as one file, and whether such a file is whole.

use std::path::Path;

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::evidence_bundle::{LIMIT_BYTES, verify};

use crate::answer::{Answer, Refusal};
use crate::arguments::{BundleCommand, FolderArguments};
use crate::{case, folder};

pub fn run(of: &FolderArguments, command: &BundleCommand) -> Answer {
    let BundleCommand::Export { case: id, output, reason } = command;
    let laptop = folder::open(of)?;
    let found = case::find(&laptop, id)?;
    let (api, caller) = laptop.caller()?;
    let bundle = api.bundle(&caller, &found.card.id, reason)?;
    write(output, &bundle.bytes)?;
    Ok(json!({
        "file": output, "case": bundle.number, "bytes": bundle.bytes.len(), "originals": bundle.originals,
        "absent": bundle.absent, "contact_sheet": bundle.contact_sheet,
    }))
}

/// A bundle that stands already is never overwritten: somebody may have handed it in.
fn write(output: &Path, bytes: &[u8]) -> Result<(), ApiError> {
    let failed = |e: std::io::Error| {
        ApiError::new(ErrorCode::DiskFailed).with("op", "write bundle").with("path", output.display()).with("cause", e)
    };
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(output).map_err(failed)?;
    std::io::Write::write_all(&mut file, bytes).and_then(|()| file.sync_all()).map_err(failed)
}

/// Every problem with the file it is in; exit code 2 where there is one.
pub fn check(file: &Path) -> Answer {
    let failed = |e: std::io::Error| Refusal::unreadable("unreadable", &format!("{}: {e}", file.display()));
    let meta = std::fs::metadata(file).map_err(failed)?;
    if !meta.is_file() || meta.len() > LIMIT_BYTES {
        return Err(Refusal::unreadable("not_a_bundle", &format!("{} is no file of a bundle's size", file.display())));
    }
    let report = verify(&std::fs::read(file).map_err(failed)?);
    let named: Vec<String> = report.problems.iter().map(|p| format!("{}: {}", p.file, p.what)).collect();
    let shown: Value = json!(report);
    if named.is_empty() { Ok(shown) } else { Err(Refusal::told(named.join("; "), shown)) }
}
