//! The deadline that comes with a request: kept, new, counted on from the old one, or moved by a stop.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Moment, Refusal};
use crate::case::actions::{DeadlineNeed, deadline_need};
use crate::case::clocks::too_late;
use crate::case::draft::FieldProblem;
use crate::case::lifecycle::{self, State};
use crate::case::payload::DeadlineFact;
use crate::case::state::CaseState;
use crate::catalogue::{DeadlineChoice, Label};
use crate::deadline::{self, Calendar, Deadline, workdays_left};

/// The deadline of this request, counted now; none where the step takes none.
///
/// # Errors
/// `Blocked` for what comes too late (see [`too_late`]); `Invalid` where a choice is missing or cannot be counted.
pub fn clock_for(
    state: &CaseState,
    action: &str,
    choice: Option<&DeadlineChoice>,
    now: &Moment,
    calendar: &Calendar,
) -> Result<Option<DeadlineFact>, Refusal> {
    if let Some(code) = too_late(state, action, now.shanghai()) {
        return Err(Refusal::Blocked { action: action.to_owned(), code });
    }
    let at = State::parse(&state.expected).and_then(|from| lifecycle::find(from, action));
    match at.and_then(deadline_need) {
        None => Ok(None),
        Some(DeadlineNeed::Keep) if choice.is_none() => Ok(state.deadline().cloned()),
        Some(DeadlineNeed::Again) if choice.is_none() => again(state, now, calendar).map(Some),
        Some(DeadlineNeed::Keep | DeadlineNeed::New | DeadlineNeed::Again) => {
            chosen(choice, now.shanghai(), label("重新限期", "重新限期", "new time limit"), calendar).map(Some)
        }
        Some(DeadlineNeed::Later) => later(state, choice, calendar).map(Some),
        Some(DeadlineNeed::Moved) => moved(state, now, calendar).map(Some),
    }
}

/// What the screen starts from: the length of the deadline in force.
#[must_use]
pub fn clock_offered(state: &CaseState) -> Option<DeadlineChoice> {
    let fact = state.deadline()?;
    let offered = deadline::is_offered(&fact.rule, &fact.unit, fact.n);
    offered.then(|| DeadlineChoice { rule: fact.rule.clone(), n: fact.n, unit: fact.unit.clone() })
}

fn chosen(
    choice: Option<&DeadlineChoice>,
    start: NaiveDateTime,
    label: Label,
    calendar: &Calendar,
) -> Result<DeadlineFact, Refusal> {
    let choice = choice.ok_or_else(|| invalid("required"))?;
    if !deadline::is_offered(&choice.rule, &choice.unit, choice.n) {
        return Err(invalid("out_of_range"));
    }
    let counted = deadline::compute(calendar, &choice.rule, choice.n, &choice.unit, start);
    let counted = counted.map_err(|_| invalid("out_of_range"))?;
    Ok(fact(label, (&choice.rule, choice.n, &choice.unit), start, &counted, calendar))
}

/// The order begins anew, with as long as it had (domain.md §3.1: `T_handle` restarts at a re-dispatch).
fn again(state: &CaseState, now: &Moment, calendar: &Calendar) -> Result<DeadlineFact, Refusal> {
    let old = state.deadline().ok_or_else(|| invalid("required"))?;
    let start = now.shanghai();
    let rule = if old.rule.starts_with("CAL_ROLL_SUSPEND") { "CAL_ROLL" } else { &old.rule };
    let counted = deadline::named(calendar, rule, old.n, &old.unit, start, &[]);
    let counted = counted.map_err(|_| invalid("out_of_range"))?;
    let own = (rule, old.n, old.unit.as_str());
    Ok(DeadlineFact {
        id: old.id.clone(),
        basis: old.basis.clone(),
        ..fact(old.label.clone(), own, start, &counted, calendar)
    })
}

/// R15: from the old due date; the old one stays in the story of the case.
fn later(state: &CaseState, choice: Option<&DeadlineChoice>, calendar: &Calendar) -> Result<DeadlineFact, Refusal> {
    let old = due_of(state)?;
    chosen(choice, old, label("延期", "延期", "extension"), calendar)
}

fn moved(state: &CaseState, now: &Moment, calendar: &Calendar) -> Result<DeadlineFact, Refusal> {
    let old = state.deadline().ok_or_else(|| invalid("required"))?;
    moved_on(old, stopped_since(state)?, now.shanghai(), calendar)
}

/// A calendar clock moves by the days it stood still (domain.md §4.2 SUSPEND); one in working days runs on with
/// those it had left; hours run on from the moment of resuming.
pub(in crate::case) fn moved_on(
    old: &DeadlineFact,
    from: NaiveDate,
    resumed: NaiveDateTime,
    calendar: &Calendar,
) -> Result<DeadlineFact, Refusal> {
    let (start, due) = (stamp_of(&old.start)?, stamp_of(&old.due_at)?);
    let words = || label("恢复计时", "恢復計時", "clock resumed");
    let sum = |rule: String, n: u32, unit: &str, start: NaiveDateTime| {
        let counted = deadline::named(calendar, &rule, n, unit, start, &[]).map_err(|_| invalid("out_of_range"))?;
        Ok(DeadlineFact { basis: old.basis.clone(), ..fact(words(), (&rule, n, unit), start, &counted, calendar) })
    };
    let stop = format!("{from}..{}", resumed.date().max(from));
    let before = from.and_hms_opt(0, 0, 0).unwrap_or(resumed);
    match old.rule.split_once(':').map_or(old.rule.as_str(), |(rule, _)| rule) {
        "CAL_ROLL" => sum(format!("CAL_ROLL_SUSPEND:{stop}"), old.n, &old.unit, start),
        "CAL_ROLL_SUSPEND" => sum(format!("{},{stop}", old.rule), old.n, &old.unit, start),
        "WORK" => {
            let left = u32::try_from(workdays_left(calendar, due, before)).unwrap_or(0).max(1);
            sum("WORK".into(), left, "workday", resumed)
        }
        _ => {
            let hours = u32::try_from((due - before).num_hours()).unwrap_or(0).max(1);
            sum("HOURS".into(), hours.min(deadline::COUNT_MAX), "hour", resumed)
        }
    }
}

fn fact(
    label: Label,
    (rule, n, unit): (&str, u32, &str),
    start: NaiveDateTime,
    counted: &Deadline,
    calendar: &Calendar,
) -> DeadlineFact {
    DeadlineFact {
        due_at: deadline::stamp(counted.due_at),
        id: String::new(),
        label,
        rule: rule.to_owned(),
        n,
        unit: unit.to_owned(),
        basis: "自定".into(),
        start: deadline::stamp(start),
        provisional: counted.provisional,
        calendar_version: calendar.version.clone(),
    }
}

fn stopped_since(state: &CaseState) -> Result<NaiveDate, Refusal> {
    let stop = state.order.open_stop().ok_or_else(|| invalid("required"))?;
    NaiveDate::parse_from_str(&stop.from, "%Y-%m-%d").map_err(|_| invalid("out_of_range"))
}

fn due_of(state: &CaseState) -> Result<NaiveDateTime, Refusal> {
    state.deadline().map_or_else(|| Err(invalid("required")), |d| stamp_of(&d.due_at))
}

fn stamp_of(text: &str) -> Result<NaiveDateTime, Refusal> {
    deadline::read_stamp(text).ok_or_else(|| invalid("out_of_range"))
}

fn invalid(code: &str) -> Refusal {
    Refusal::Invalid(vec![FieldProblem::new("deadline", code)])
}

fn label(zh_hans: &str, zh_hant: &str, en: &str) -> Label {
    Label { zh_hans: zh_hans.into(), zh_hant: zh_hant.into(), en: en.into() }
}
