//! 证据包: a case as one file that anybody can check, saved aside or handed to the browser once.

use std::io::Write as _;
use std::path::Path;

use crate::error::ApiError;
use crate::present::{disk_told, save_aside};
use crate::view::app::Host;
use crate::view::bundle::{BundleFile, BundleRequest};
use crate::{Api, Caller};

/// # Errors
/// As [`Api::bundle`].
pub fn export(api: &Api, caller: &Caller, asked: BundleRequest) -> Result<BundleFile, ApiError> {
    let bundle = api.bundle(caller, &asked.case_id, &asked.reason)?;
    let name = format!("{}.zip", bundle.number);
    let (path, url) = if caller.host == Host::Web {
        let failed = |e: std::io::Error| disk_told(Path::new(&name), &e);
        let mut file = tempfile::tempfile().map_err(failed)?;
        file.write_all(&bundle.bytes).map_err(failed)?;
        (None, Some(format!("/api/ledger/file/{}", api.hold_export(caller, &name, file)?)))
    } else {
        (Some(save_aside(&name, &bundle.bytes)?), None)
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (originals, absent) = (count(bundle.originals), count(bundle.absent));
    Ok(BundleFile { name, path, url, originals, absent, contact_sheet: bundle.contact_sheet })
}
