//! 标注 on a photo of a case: a layer beside the bytes, never in them.

use xunju_domain::case::{Mark, decide};

use crate::error::ApiError;
use crate::view::case::Written;
use crate::view::photo::{PhotoMarkRequest, PhotoUnmarkRequest};
use crate::{Api, Caller};

/// # Errors
/// `NotAllowed`; `Invalid` by field for a mark that is none, or on a photo that is not of the case.
pub fn mark(api: &Api, caller: &Caller, asked: PhotoMarkRequest) -> Result<Written, ApiError> {
    let PhotoMarkRequest { case_id, hash, kind, x1, y1, x2, y2, text, hides } = asked;
    let mark = Mark { kind, x1, y1, x2, y2, text, hides };
    api.write_case(caller, &case_id, &[], |state, author, _| decide::mark(state, author, &hash, mark))
}

/// # Errors
/// `NotAllowed` for another's mark without being the office; `Invalid` for one that does not stand.
pub fn unmark(api: &Api, caller: &Caller, asked: PhotoUnmarkRequest) -> Result<Written, ApiError> {
    api.write_case(caller, &asked.case_id, &[], |state, author, _| decide::unmark(state, author, &asked.mark))
}
