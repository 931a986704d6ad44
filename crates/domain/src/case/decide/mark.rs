//! A mark drawn on a photo, one taken away, a copy that left with them.

use super::{Author, Refusal, event};
use crate::case::draft::FieldProblem;
use crate::case::draft::LINE_CHARS_MAX;
use crate::case::mark::{MARKS_MAX, Mark, may_unmark};
use crate::case::payload::{COPIED, Copied, MARKED, Marked, UNMARKED, Unmarked};
use crate::case::state::CaseState;
use crate::event::NewEvent;
use crate::permission::Action;

/// # Errors
/// Not allowed, no such photo, too many marks, or what [`Mark::problem`] says.
pub fn mark(state: &CaseState, author: &Author, photo: &str, mark: Mark) -> Result<Vec<NewEvent>, Refusal> {
    if !author.person().may(Action::Add) {
        return Err(Refusal::NotAllowed { action: "mark".into() });
    }
    let mark = Mark { text: mark.text.trim().to_owned(), ..mark };
    let full = state.marks.iter().filter(|m| m.photo == photo).count() >= MARKS_MAX;
    let known = state.photos.iter().any(|p| p.blob.h == photo);
    let problem = match () {
        () if !known => Some(FieldProblem::new("photo", "unknown_choice")),
        () if full => Some(FieldProblem::new("mark", "too_many")),
        () => mark.problem(),
    };
    if let Some(problem) = problem {
        return Err(Refusal::Invalid(vec![problem]));
    }
    Ok(vec![event(state, author, MARKED, &Marked { photo: photo.to_owned(), mark }, Vec::new())])
}

/// Takes a mark away. It stays in the story.
///
/// # Errors
/// Not one's own and not the office's to take away; no such mark.
pub fn unmark(state: &CaseState, author: &Author, mark: &str) -> Result<Vec<NewEvent>, Refusal> {
    let Some(stands) = state.marks.iter().find(|m| m.event == mark) else {
        return Err(Refusal::Invalid(vec![FieldProblem::new("mark", "unknown_choice")]));
    };
    if !may_unmark(&stands.author, &author.person()) {
        return Err(Refusal::NotAllowed { action: "unmark".into() });
    }
    let gone = Unmarked { photo: stands.photo.clone(), mark: mark.to_owned() };
    Ok(vec![event(state, author, UNMARKED, &gone, Vec::new())])
}

/// Remembers a copy that leaves.
///
/// # Errors
/// Not allowed, or without a purpose.
pub fn copied(state: &CaseState, author: &Author, copied: Copied) -> Result<Vec<NewEvent>, Refusal> {
    if !author.person().may(Action::See) {
        return Err(Refusal::NotAllowed { action: "copy".into() });
    }
    let purpose = copied.purpose.trim().to_owned();
    let empty = purpose.is_empty().then(|| FieldProblem::new("purpose", "required"));
    if let Some(problem) = empty.or_else(|| FieldProblem::of_text("purpose", &purpose, LINE_CHARS_MAX)) {
        return Err(Refusal::Invalid(vec![problem]));
    }
    Ok(vec![event(state, author, COPIED, &Copied { purpose, ..copied }, Vec::new())])
}
