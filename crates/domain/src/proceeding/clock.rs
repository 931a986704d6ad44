//! What runs in a proceeding: each time with its start, its rule and its article (domain.md §3.4, §4.5).

use chrono::{NaiveDate, NaiveDateTime};

use super::rule::step_words;
use super::state::{Done, ProceedingState, day};
use crate::case::payload::DeadlineFact;
use crate::deadline::{Calendar, Deadline, Surcharge, limit, named, stamp, surcharge};
use crate::decimal::Decimal;

/// One time that runs, or ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    pub fact: DeadlineFact,
    /// `running` | `met` | `overdue` | `ended` (a window nobody used) | `until_final`
    pub state: &'static str,
    /// `limit`: done by then; `window`: the party's own time to act; `earliest`: not before it.
    pub kind: &'static str,
}

pub(super) fn start_of(date: NaiveDate) -> NaiveDateTime {
    date.and_time(chrono::NaiveTime::MIN)
}

/// The last day of a statutory limit from a day on.
pub(super) fn last_day(calendar: &Calendar, id: &str, variant: &str, from: NaiveDate) -> Option<NaiveDate> {
    counted(calendar, id, variant, from, &[]).map(|(d, _)| d.due_at.date())
}

type Stops = [(NaiveDate, NaiveDate)];

fn counted(
    calendar: &Calendar,
    id: &str,
    variant: &str,
    from: NaiveDate,
    stops: &Stops,
) -> Option<(Deadline, &'static crate::deadline::Limit)> {
    let found = limit(id, variant, &from.to_string())?;
    let due = named(calendar, &found.rule, found.n, &found.unit, start_of(from), stops).ok()?;
    Some((due, found))
}

/// The day the decision counts as served: by public notice when its time is over. The longest of the times the
/// texts name (domain.md E55).
#[must_use]
pub fn served_on(state: &ProceedingState, calendar: &Calendar) -> Option<NaiveDate> {
    let step = state.last("E55")?;
    match step.param("mode") {
        "notice" => last_day(calendar, "D09", "city_management", step.day()?),
        _ => step.day(),
    }
}

/// The last day to perform: of the fine, of the demolition, the later of both. Days of a stay do not count.
pub(super) fn performance_end(state: &ProceedingState, calendar: &Calendar) -> Option<NaiveDate> {
    let served = served_on(state, calendar)?;
    let stops = state.spans("STAY", "STAYX", served);
    let fine = state.fine().and_then(|_| counted(calendar, "D17", "", served, &stops)).map(|(d, _)| d.due_at.date());
    let demolition = state.last("E50").and_then(|s| day(s.param("perform_by"))).filter(|_| state.orders_demolition());
    fine.max(demolition)
}

/// The first day of a forced demolition off the fast path (行政强制法 44): after both remedies, and after what is
/// pending has ended. None until then, and while nothing is served.
#[must_use]
pub fn demolition_from(state: &ProceedingState, calendar: &Calendar) -> Option<NaiveDate> {
    let served = served_on(state, calendar)?;
    if state.pending("R1", "R1X") || state.pending("R2", "R2X") {
        return None;
    }
    let both = named(calendar, "EARLIEST_DEMOLITION", 0, "", start_of(served), &[]).ok()?.due_at.date();
    // A review that has ended opens the way to the court for fifteen days (行政诉讼法 45), until that too has ended.
    let review = state.last("R1X").and_then(Done::day).filter(|_| state.last("R2X").is_none());
    let review = review.and_then(|d| last_day(calendar, "D20", "after_review", d)).and_then(|d| d.succ_opt());
    let court = state.last("R2X").and_then(Done::day).and_then(|d| d.succ_opt());
    Some(both).max(review).max(court)
}

/// The last day on which review or litigation could begin.
pub(super) fn remedies_end(state: &ProceedingState, calendar: &Calendar) -> Option<NaiveDate> {
    let served = served_on(state, calendar)?;
    last_day(calendar, "D19", "", served).max(last_day(calendar, "D20", "", served))
}

/// What an unpaid fine has grown by (行政处罚法 72, 73).
#[must_use]
pub fn grown(state: &ProceedingState, calendar: &Calendar, today: NaiveDate) -> Option<Surcharge> {
    let fine = Decimal::parse(state.fine()?)?;
    let served = served_on(state, calendar)?;
    let due = counted(calendar, "D17", "", served, &state.spans("STAY", "STAYX", today))?.0.due_at.date();
    let mut stops = state.spans("R1", "R1X", today);
    stops.extend(state.spans("R2", "R2X", today));
    stops.extend(state.spans("STAY", "STAYX", today));
    surcharge(fine, due, state.paid_on().unwrap_or(today).min(today), &stops)
}

/// Every time of the proceeding, in its order.
#[must_use]
pub fn clocks(state: &ProceedingState, calendar: &Calendar, today: NaiveDate) -> Vec<Clock> {
    let at = |code: &str| state.last(code).and_then(Done::day);
    let served = served_on(state, calendar);
    let over = state.last("E86").or_else(|| state.last("E90")).and_then(Done::day);
    let stays = state.spans("STAY", "STAYX", today);
    let mut all = Vec::new();
    let mut run = |id: &str, variant: &str, from: Option<NaiveDate>, ended: Option<NaiveDate>, stops: &Stops| {
        let Some(from) = from else { return };
        let Some((due, limit)) = counted(calendar, id, variant, from, stops) else { return };
        let kind = if ["D13", "D19", "D20"].contains(&id) { "window" } else { "limit" };
        let state = standing(kind, due.due_at.date(), ended.or(over), today);
        let (label, basis) = (limit.label.clone(), limit.source.clone());
        let (rule, n, unit) = (ruled_with(&limit.rule, stops), limit.n, limit.unit.clone());
        let fact = DeadlineFact { id: id.into(), label, rule, n, unit, basis, ..written(calendar, from, &due) };
        all.push(Clock { fact, state, kind });
    };
    // Only what a rule says is left out of the ninety days (行政处罚法 60): each exclusion names its rule.
    run("D15", "", at("E10"), at("E50"), &state.spans("EXCL", "EXCLX", at("E50").unwrap_or(today)));
    let ended = |begins: &str, ends: &str| at(ends).filter(|_| !state.pending(begins, ends));
    run("D10", "", at("KEEP"), ended("KEEP", "KEEPX"), &[]);
    let extended = state.pending("SEIZE2", "SEIZE");
    let first = at("SEIZE").and_then(|from| last_day(calendar, "D11", "", from));
    let released = ended("SEIZE", "SEIZEX");
    run("D11", "", at("SEIZE"), if extended { first } else { released }, &[]);
    run("D11", "extension", first.filter(|_| extended), released, &[]);
    run(
        "D13",
        "",
        at("E40").filter(|_| state.last("E40").is_some_and(|s| s.param("hearing_right") == "yes")),
        at("E40H").or(at("E50")),
        &[],
    );
    run("D16", "", at("E50"), at("E55"), &[]);
    run("D17", "", served.filter(|_| state.fine().is_some()), state.paid_on(), &stays);
    run("D19", "", served, at("R1"), &[]);
    run("D20", "", served.filter(|_| at("R1").is_none()), at("R2"), &[]);
    run("D20", "after_review", at("R1X"), at("R2"), &[]);
    run("D21", "", at("E65").filter(|_| state.fine().is_some()), at("E72"), &[]);
    let given = [
        ("CORRECT", "E30", "correct_by", at("E32")),
        ("PERFORM", "E50", "perform_by", at("E80").filter(|_| state.demolished())),
    ];
    for (id, step, param, ended) in given {
        let (Some(from), Some(due)) = (at(step), state.last(step).and_then(|s| day(s.param(param)))) else { continue };
        let end = due.and_hms_opt(23, 59, 59).unwrap_or_else(|| start_of(due));
        let whole = Deadline { due_at: end, provisional: false, steps: Vec::new() };
        let fact = DeadlineFact { rule: String::new(), ..words(id, written(calendar, from, &whole)) };
        all.push(Clock { fact, state: standing("limit", due, ended.or(over), today), kind: "limit" });
    }
    all.extend(earliest(state, calendar, served, today));
    all
}

fn earliest(
    state: &ProceedingState,
    calendar: &Calendar,
    served: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<Clock> {
    let served = served.filter(|_| state.orders_demolition() && !state.fast())?;
    let counted = named(calendar, "EARLIEST_DEMOLITION", 0, "", start_of(served), &[]).ok()?;
    let fact = words("EARLIEST", written(calendar, served, &counted));
    let fact = DeadlineFact { rule: "EARLIEST_DEMOLITION".into(), ..fact };
    let (fact, state) = match demolition_from(state, calendar) {
        None => (fact, "until_final"),
        Some(from) => {
            let moved = start_of(from) + (counted.due_at - start_of(counted.due_at.date()));
            let fact = if moved > counted.due_at { DeadlineFact { rule: String::new(), ..fact } } else { fact };
            (DeadlineFact { due_at: stamp(moved), ..fact }, if today >= from { "met" } else { "running" })
        }
    };
    Some(Clock { fact, state, kind: "earliest" })
}

fn standing(kind: &str, due: NaiveDate, ended: Option<NaiveDate>, today: NaiveDate) -> &'static str {
    match ended {
        Some(ended) if ended <= due => "met",
        _ if kind == "window" && today > due => "ended",
        _ if kind == "window" => "running",
        Some(_) => "overdue",
        None if today > due => "overdue",
        None => "running",
    }
}

fn ruled_with(rule: &str, stops: &Stops) -> String {
    let spans: Vec<String> = stops.iter().map(|(from, to)| format!("{from}..{to}")).collect();
    if spans.is_empty() { rule.to_owned() } else { format!("CAL_ROLL_SUSPEND:{}", spans.join(",")) }
}

fn written(calendar: &Calendar, from: NaiveDate, due: &Deadline) -> DeadlineFact {
    DeadlineFact {
        due_at: stamp(due.due_at),
        start: stamp(start_of(from)),
        provisional: due.provisional,
        calendar_version: calendar.version.clone(),
        ..DeadlineFact::default()
    }
}

fn words(id: &str, fact: DeadlineFact) -> DeadlineFact {
    let words = step_words(id);
    let (label, basis) = words.map(|w| (w.label.clone(), w.article.clone())).unwrap_or_default();
    DeadlineFact { id: id.into(), label, basis, ..fact }
}
