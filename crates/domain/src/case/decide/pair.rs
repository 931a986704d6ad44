//! 不是同一件: two cases that look alike are laid side by side and found to be two.

use super::{Author, Refusal, event};
use crate::case::payload::{NOT_SAME, NotSame};
use crate::case::state::CaseState;
use crate::event::NewEvent;
use crate::permission::{Action, may};

/// One event in each of the two: wherever either is read, the other does not come back.
///
/// # Errors
/// Not the office's, or the same case twice.
pub fn not_same(one: &CaseState, other: &CaseState, author: &Author, reason: &str) -> Result<Vec<NewEvent>, Refusal> {
    if !may(&author.roles, Action::File) {
        return Err(Refusal::NotAllowed { action: "not_same".into() });
    }
    if one.id == other.id {
        return Err(Refusal::Blocked { action: "not_same".into(), code: "same_case" });
    }
    let said = |of: &CaseState, other: &CaseState| {
        let data = NotSame { other: other.id.clone(), reason: reason.trim().to_owned() };
        event(of, author, NOT_SAME, &data, Vec::new())
    };
    Ok(vec![said(one, other), said(other, one)])
}
