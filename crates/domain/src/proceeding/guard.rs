//! Each rule a step is held to, as the code of the refusal (domain.md §3.2, the list of illegal transitions).

use chrono::{NaiveDate, NaiveTime};

use super::clock::{demolition_from, last_day, performance_end, remedies_end, served_on};
use super::payload::Step;
use super::state::{Done, ProceedingState, day};
use super::steps::Guard;
use crate::deadline::Calendar;
use crate::decimal::Decimal;

/// What a guard looks at.
pub(super) struct Case<'a> {
    pub state: &'a ProceedingState,
    pub step: &'a Step,
    pub actor: &'a str,
    pub on: NaiveDate,
    pub calendar: &'a Calendar,
}

/// Nobody works before and after these hours unless it is urgent (强制法 43; hours by practice).
const DAY: (u32, u32) = (6, 22);

/// Why this rule stands in the way.
pub(super) fn blocks(guard: Guard, of: &Case<'_>) -> Option<&'static str> {
    let (state, step) = (of.state, of.step);
    let unless = |clear: bool, code: &'static str| (!clear).then_some(code);
    match guard {
        Guard::InProgress => unless(state.opened.in_progress, "not_in_progress"),
        Guard::PartyKnown => unless(state.party.is_some(), "no_party"),
        Guard::Approved => approved(of, "not_approved"),
        Guard::SignedOff => approved(of, "not_signed_off"),
        Guard::HearingInTime => unless(hearing_end(of).is_some_and(|end| of.on <= end), "hearing_late"),
        Guard::HearingAsked => unless(asked(state), "no_hearing_request"),
        Guard::HearingAnnounced => announced(of),
        Guard::NotInvestigator => {
            let code = match step.code.as_str() {
                "E41" => "chair_investigated",
                "E45" => "reviewer_investigated",
                _ => "approved_own_work",
            };
            unless(!state.investigators().contains(of.actor), code)
        }
        Guard::Noticed => unless(state.last("E40").is_some(), "no_prior_notice"),
        Guard::HearingSettled => hearing(of),
        Guard::CorrectionOver => {
            let by = state.last("E30").and_then(|s| day(s.param("correct_by")));
            let early = step.param("result") == "corrected";
            unless(early || by.is_some_and(|by| of.on > by), "correction_open")
        }
        Guard::FineNamed => named_in_full(of),
        Guard::PerformanceOver => {
            unless(performance_end(state, of.calendar).is_some_and(|end| of.on > end), "performance_open")
        }
        Guard::Demolition => unless(state.orders_demolition(), "no_demolition"),
        Guard::Urged => unless(state.last("E65").is_some(), "not_urged"),
        Guard::MayDemolish => remedies(of),
        Guard::Daytime => daytime(of),
        Guard::CourtRoute => court(of),
        Guard::Settled => settled(state),
        Guard::Idle(begins, ends) => unless(!state.pending(begins, ends), "already_pending"),
        Guard::Running(begins, ends) => unless(state.pending(begins, ends), "nothing_pending"),
        Guard::SeizureInTime => extension(of),
    }
}

/// 行政强制法 25: thirty days, once more thirty, decided before the first are over.
fn extension(of: &Case<'_>) -> Option<&'static str> {
    let seized = of.state.last("SEIZE").and_then(Done::day)?;
    let end = last_day(of.calendar, "D11", "", seized);
    match () {
        () if of.state.pending("SEIZE2", "SEIZE") => Some("extended_before"),
        () if end.is_none_or(|end| of.on > end) => Some("seizure_over"),
        () => None,
    }
}

fn approved(of: &Case<'_>, code: &'static str) -> Option<&'static str> {
    match of.state.approval(&of.step.code) {
        None => Some(code),
        Some(ok) if of.step.officers.contains(&ok.author) || ok.author == of.actor => Some("approved_own_work"),
        Some(_) => None,
    }
}

fn asked(state: &ProceedingState) -> bool {
    state.last("E40H").is_some()
}

/// Last day on which a hearing can be asked for; none where no such right was told.
fn hearing_end(of: &Case<'_>) -> Option<NaiveDate> {
    let notice = of.state.last("E40").filter(|s| s.param("hearing_right") == "yes")?;
    last_day(of.calendar, "D13", "", notice.day()?)
}

fn hearing(of: &Case<'_>) -> Option<&'static str> {
    let held = of.state.last("E41").is_some();
    let open = hearing_end(of).is_some_and(|end| of.on <= end);
    match () {
        () if held => None,
        () if asked(of.state) => Some("hearing_not_held"),
        () if open => Some("hearing_period_open"),
        () => None,
    }
}

fn announced(of: &Case<'_>) -> Option<&'static str> {
    let latest = last_day(of.calendar, "D14", "", of.on);
    let told = day(of.step.param("announced_on"));
    told.zip(latest).is_none_or(|(told, latest)| told > latest).then_some("hearing_notice_short")
}

/// A fine has an amount, a demolition a day after the decision.
fn named_in_full(of: &Case<'_>) -> Option<&'static str> {
    let decision = of.step.param("decision");
    let fine = Decimal::parse(of.step.param("fine")).is_some_and(|f| f > Decimal::whole(0));
    let by = day(of.step.param("perform_by")).is_some_and(|by| by > of.on);
    let (fines, demolishes) = (["penalty", "both"].contains(&decision), ["demolition", "both"].contains(&decision));
    (fines && !fine || demolishes && !by).then_some("param_missing")
}

fn remedies(of: &Case<'_>) -> Option<&'static str> {
    if of.state.pending("STAY", "STAYX") {
        return Some("stayed");
    }
    if of.state.pending("R1", "R1X") || of.state.pending("R2", "R2X") {
        return Some("remedy_pending");
    }
    let may = demolition_from(of.state, of.calendar).is_some_and(|from| of.on >= from);
    (!may).then_some("remedy_open")
}

/// Not on a statutory festival, not at night, unless it is urgent and said why.
fn daytime(of: &Case<'_>) -> Option<&'static str> {
    let urgent = !of.step.param("urgent").trim().is_empty();
    let time = |name: &str| NaiveTime::parse_from_str(of.step.param(name), "%H:%M").ok();
    let (begins, ends) = (time("begins")?, time("ends")?);
    let hour = |h: u32| NaiveTime::from_hms_opt(h, 0, 0).unwrap_or(NaiveTime::MIN);
    match () {
        () if begins >= ends => Some("param_unsound"),
        () if urgent => None,
        () if of.calendar.festival(of.on).is_some() => Some("festival"),
        () if begins < hour(DAY.0) || ends > hour(DAY.1) => Some("night"),
        () => None,
    }
}

fn court(of: &Case<'_>) -> Option<&'static str> {
    let state = of.state;
    if state.decision() == "demolition" {
        return Some("court_for_demolition");
    }
    if state.fine().is_none() {
        return Some("no_fine");
    }
    if state.pending("R1", "R1X") || state.pending("R2", "R2X") {
        return Some("remedy_pending");
    }
    let Some(urged) = state.last("E65").and_then(Done::day) else { return Some("not_urged") };
    if last_day(of.calendar, "D21", "", urged).is_none_or(|end| of.on <= end) {
        return Some("urge_period_open");
    }
    let Some(end) = remedies_end(state, of.calendar) else { return Some("remedy_open") };
    let end = state.last("R2X").or_else(|| state.last("R1X")).and_then(Done::day).map_or(end, |last| last.max(end));
    match last_day(of.calendar, "D22", "", end) {
        _ if of.on <= end => Some("remedy_open"),
        Some(latest) if of.on > latest => Some("court_too_late"),
        _ => None,
    }
}

fn settled(state: &ProceedingState) -> Option<&'static str> {
    if state.pending("KEEP", "KEEPX") || state.pending("SEIZE", "SEIZEX") {
        return Some("things_held");
    }
    let corrected = state.last("E32").is_some_and(|s| s.param("result") == "corrected");
    match state.decision() {
        _ if state.last("E86").is_some() => None,
        "none" => None,
        "" => (!corrected).then_some("not_corrected"),
        _ if state.fine().is_some() && state.paid_on().is_none() => Some("fine_unpaid"),
        _ if state.orders_demolition() && !state.demolished() => Some("not_executed"),
        _ => None,
    }
}

/// A step the table does not have from here, by the rule of law it would break.
pub(super) fn misplaced(of: &Case<'_>) -> &'static str {
    let state = of.state;
    match of.step.code.as_str() {
        "E50" if state.last("E40").is_none() => "no_prior_notice",
        "E50" if asked(state) && state.last("E41").is_none() => "hearing_not_held",
        "E50" if state.last("E45").is_none() => "no_review",
        "E65" if served_on(state, of.calendar).is_none() => "performance_open",
        "E72" if state.orders_demolition() && !state.fast() => match remedies(of) {
            Some(code) => code,
            None if state.last("E65").is_none() => "not_urged",
            None => "not_from_here",
        },
        "E72C" if state.decision() == "demolition" => "court_for_demolition",
        "E70" if state.last("E50").is_some() && state.last("E65").is_none() => "not_urged",
        _ => "not_from_here",
    }
}

/// A limit that is missing must be noticed here, not by an officer.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::named;

    #[test]
    fn every_limit_a_guard_counts_with_is_in_the_catalogue() {
        let calendar = Calendar::standard();
        let on = NaiveDate::from_ymd_opt(2026, 3, 10).unwrap_or_default();
        for (id, variant) in [
            ("D09", "city_management"),
            ("D10", ""),
            ("D11", ""),
            ("D11", "extension"),
            ("D15", ""),
            ("D13", ""),
            ("D14", ""),
            ("D17", ""),
            ("D19", ""),
            ("D20", ""),
            ("D20", "after_review"),
            ("D21", ""),
            ("D22", ""),
        ] {
            assert!(last_day(calendar, id, variant, on).is_some(), "{id} {variant}");
        }
        assert!(named(calendar, "EARLIEST_DEMOLITION", 0, "", super::super::clock::start_of(on), &[]).is_ok());
    }
}
