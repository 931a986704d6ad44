//! The town server's answer to an event of a proceeding.

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize as _;

use super::check::{Problem, World, check};
use super::fold::fold;
use super::party::{Party, party_problem};
use super::payload::{OPENED, Opened, PARTY_SET, Ruled, STEP, Step, TV};
use super::rule::rule;
use super::state::{ProceedingState, day};
use crate::case::CaseState;
use crate::deadline::Calendar;
use crate::event::FoldEvent;
use crate::judgement::{Judgement, Registry, Standing};
use crate::paper;
use crate::permission::{Action, Grant, may};
use crate::user::{self, UserState};

/// The table's entry.
pub fn judge_event(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Judgement {
    judge(&fold(of.record, of.scope, of.events), event, grant, town)
}

/// Judges one event against the proceeding as it stands. Dates are carried by the events; no later day than that of
/// their receipt can be claimed.
pub fn judge(state: &ProceedingState, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Judgement {
    let ruled = state.steps.iter().any(|s| s.event == event.id && s.verdict != "pending");
    if event.by_server || ruled {
        return Judgement::default();
    }
    if grant.user != event.actor || !grant.scopes.has(&state.scope) || event.tv != TV {
        return answer(event, "", Some(("not_allowed", "")), true);
    }
    let today = event.received_ms.and_then(shanghai_day).unwrap_or_default();
    match event.kind.as_str() {
        OPENED => {
            let Ok(opened) = Opened::deserialize(&event.data) else {
                return answer(event, "E00", Some(("unreadable", "")), true);
            };
            if !may(&grant.roles, Action::Proceed) {
                return answer(event, "E00", Some(("not_yours", "")), true);
            }
            let case = town.case(&opened.case_id);
            let known = state.opening == "accepted";
            let why =
                if known { Some("opened_twice") } else { opening_unfit(&opened, case.as_ref(), &state.scope, today) };
            answer(event, "E00", why.map(|code| (code, "")), why.is_some())
        }
        PARTY_SET => {
            let sound = Party::deserialize(&event.data).is_ok_and(|p| party_problem(&p, today).is_none());
            let may = may(&grant.roles, Action::Proceed);
            let open = state.opening == "accepted" && !["E01", "E90", "E95"].contains(&state.status.as_str());
            match (may, sound, open) {
                (true, true, true) => Judgement::default(),
                (false, _, _) => answer(event, "", Some(("not_yours", "")), true),
                (_, false, _) => answer(event, "", Some(("invalid:party", "")), true),
                _ => answer(event, "", Some(("not_from_here", "")), false),
            }
        }
        STEP => {
            let Ok(step) = Step::deserialize(&event.data) else {
                return answer(event, "", Some(("unreadable", "")), true);
            };
            if state.opening != "accepted" {
                return answer(event, &step.code, Some(("not_from_here", "")), false);
            }
            let problem = check(state, &step, &grant.person(), &mut Asked { town, today });
            let aside = problem.as_ref().is_some_and(|p| p.code == "not_yours");
            answer(event, &step.code, problem.as_ref().map(|p: &Problem| (p.code, p.article())), aside)
        }
        _ => answer(event, "", Some(("unreadable", "")), true),
    }
}

fn shanghai_day(ms: i64) -> Option<NaiveDate> {
    day(crate::deadline::stamp_of_ms(ms).get(..10)?)
}

fn answer(event: &FoldEvent, code: &str, refused: Option<(&str, &str)>, aside: bool) -> Judgement {
    let (of, code) = (event.id.clone(), code.to_owned());
    let ruling = match refused {
        None => Ruled { of, code, verdict: "accepted".into(), ..Ruled::default() },
        Some((why, article)) => {
            let article = if article.is_empty() { rule(why).map_or("", |r| r.article.as_str()) } else { article };
            Ruled {
                of,
                code,
                verdict: "refused".into(),
                reason_code: Some(why.to_owned()),
                article: article.to_owned(),
            }
        }
    };
    Judgement { quarantine: aside, rulings: vec![serde_json::to_value(ruling).unwrap_or_default()] }
}

/// Why no proceeding can be opened for a case: it must be there, filed and not void, and in the same compound.
#[must_use]
pub fn opening_unfit(opened: &Opened, case: Option<&CaseState>, scope: &str, today: NaiveDate) -> Option<&'static str> {
    const FILED: &[&str] = &["FILED", "DISPATCHED", "HANDLING", "HANDLED", "CHECKING", "SUSPENDED", "REFUSED"];
    let Some(case) = case else { return Some("no_such_case") };
    match day(&opened.date) {
        _ if case.scope != scope => Some("other_compound"),
        _ if !FILED.contains(&case.status.as_str()) => Some("case_not_filed"),
        _ if opened.category != case.category() || opened.case_no != case.no() => Some("case_mismatch"),
        _ if opened.in_progress && !case.in_progress() => Some("not_in_progress"),
        _ if opened.cause.trim().is_empty() || opened.cause.chars().count() > 200 => Some("param_missing"),
        Some(on) if on <= today => None,
        _ => Some("date_unsound"),
    }
}

/// The journal as a check asks it.
struct Asked<'a> {
    town: &'a mut dyn Registry,
    today: NaiveDate,
}

impl World for Asked<'_> {
    fn today(&self) -> NaiveDate {
        self.today
    }

    fn calendar(&mut self) -> Calendar {
        self.town.calendar(self.today.year())
    }

    fn user(&mut self, id: &str) -> Option<UserState> {
        let record = format!("user:{id}");
        self.town.record(&record).map(|(_, events)| user::fold(&record, &events))
    }

    fn owns_paper(&mut self, id: &str, case: &str) -> bool {
        let record = format!("paper:{id}");
        let found = self.town.record(&record).map(|(scope, events)| paper::fold(&record, &scope, &events));
        found.is_some_and(|paper| paper.issued.case_id == case && paper.stands())
    }
}
