//! 新增, 存量: from filing on the flag moves headline numbers, so one proposes and another decides (domain.md §2.3, §7).

use super::Refusal;
use crate::case::judge::Gap;
use crate::case::lifecycle::State;
use crate::case::payload::Act;
use crate::case::state::CaseState;
use crate::catalogue::{self, FieldValue};
use crate::town;

pub(in crate::case) const CLASS: &str = "stock_class";

/// Whether the flag is no longer anybody's to edit alone.
#[must_use]
pub fn class_locked(state: &CaseState) -> bool {
    use State::{Accepted, Draft, Reported, Returned};
    !State::parse(&state.status).is_some_and(|s| [Draft, Reported, Returned, Accepted].contains(&s))
}

/// An edit of one person that would change it.
pub(super) fn guard_class<'a>(
    state: &CaseState,
    fields: impl IntoIterator<Item = (&'a String, &'a FieldValue)>,
) -> Result<(), Refusal> {
    let changes = fields.into_iter().any(|(key, value)| key == CLASS && state.value(CLASS) != Some(value));
    if changes && class_locked(state) {
        return Err(Refusal::Blocked { action: "edit".into(), code: "second_approver" });
    }
    Ok(())
}

fn asked(act: &Act) -> &str {
    act.params.get(CLASS).map_or("", |v| v.trim())
}

fn wrong(code: &'static str) -> Vec<Gap> {
    vec![Gap { field: CLASS.into(), code }]
}

/// A proposal names another class than the one in force, out of the catalogue's own.
pub(in crate::case) fn class_gaps(state: &CaseState, act: &Act) -> Vec<Gap> {
    let category = catalogue::standard().category(&state.category());
    let field = category.and_then(|c| c.fields.iter().find(|f| f.key == CLASS));
    match asked(act) {
        "" => wrong("required"),
        class if !field.is_some_and(|f| f.choices.iter().any(|c| c.value == class)) => wrong("unknown_choice"),
        class if class == state.text(CLASS) => wrong("unchanged"),
        _ => Vec::new(),
    }
}

/// Whoever decides names what he decides on: a proposal made meanwhile is not approved unseen.
pub(in crate::case) fn set_class_gaps(state: &CaseState, act: &Act) -> Vec<Gap> {
    match &state.class_ask {
        Some(ask) if ask.to == asked(act) => Vec::new(),
        Some(_) if asked(act).is_empty() => wrong("required"),
        _ => wrong("unknown_choice"),
    }
}

/// What the year of building says against the baseline as it counts on a day: `new`, `stock`, or nothing where the year is
/// not known, or the baseline lies within it. People decide; this is what the form starts from.
#[must_use]
pub fn class_by_baseline(state: &CaseState, on: &str) -> Option<&'static str> {
    let (year, day) = town::baseline(on)?.date.split_once('-')?;
    let (baseline, built) = (year.parse::<i32>().ok()?, state.text("built_year").parse::<i32>().ok()?);
    match built.cmp(&baseline) {
        _ if state.text("built_certainty") == "unknown" => None,
        std::cmp::Ordering::Less => Some("stock"),
        std::cmp::Ordering::Greater => Some("new"),
        std::cmp::Ordering::Equal => (day == "01-01").then_some("new"),
    }
}
