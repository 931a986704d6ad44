//! Where a case is, found out or corrected after it was recorded.

use super::edit::may_edit;
use super::{Author, Refusal, event};
use crate::case::draft::FieldProblem;
use crate::case::payload::{PLACED, Placed};
use crate::case::state::CaseState;
use crate::event::NewEvent;

/// # Errors
/// Not allowed, closed, neither a pin nor coordinates, or one that lies nowhere.
pub fn place(state: &CaseState, author: &Author, placed: Placed) -> Result<Vec<NewEvent>, Refusal> {
    may_edit(state, author, "place")?;
    if let Some((field, code)) = placed.problem() {
        return Err(Refusal::Invalid(vec![FieldProblem::new(field, code)]));
    }
    Ok(vec![event(state, author, PLACED, &placed, Vec::new())])
}
