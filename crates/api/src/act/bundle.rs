//! 证据包: a case as one file that anybody can check, saved aside or handed to the browser once.

use crate::error::ApiError;
use crate::ledger::HandedOut;
use crate::view::bundle::{BundleFile, BundleRequest};
use crate::{Api, Caller};

/// # Errors
/// As [`Api::bundle`].
pub fn export(api: &Api, caller: &Caller, asked: BundleRequest) -> Result<BundleFile, ApiError> {
    let bundle = api.bundle(caller, &asked.case_id, &asked.reason)?;
    let name = format!("{}.zip", bundle.number);
    let HandedOut { path, url } = api.hand_out(caller, &name, &bundle.bytes)?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (originals, absent) = (count(bundle.originals), count(bundle.absent));
    Ok(BundleFile { name, path, url, originals, absent, contact_sheet: bundle.contact_sheet })
}
