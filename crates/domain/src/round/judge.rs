//! The server's answer to an event of a round. What was walked offline is kept even where the office dropped the
//! round meanwhile: only who and what are judged, not when.

use super::decide::may_plan;
use super::{DROPPED, ENDED, PLANNED, Payload, Planned, STARTED, STOP, VISIT, fold, problem, read};
use crate::event::FoldEvent;
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::{Action, Grant};
use crate::user;

pub fn judge(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> Judgement {
    let own = grant.user == event.actor && grant.scopes.has(of.scope);
    Judgement::stands(event.by_server || own && stands(of, event, grant, town))
}

fn stands(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, town: &mut dyn Registry) -> bool {
    let payload = read(&event.kind, event.tv, &event.data);
    if problem(&payload).is_some() {
        return false;
    }
    let person = grant.person();
    let before: Vec<FoldEvent> = of.events.iter().filter(|e| e.id != event.id).cloned().collect();
    let state = fold(of.record, of.scope, &before);
    match payload {
        Payload::Planned(plan) => {
            let first = state.plan.walker.is_empty() || may_plan(&person, &state.plan.walker);
            let here = plan.compound_id == of.scope;
            first && here && may_plan(&person, &plan.walker) && can_walk(&plan, town)
        }
        Payload::Dropped(_) => may_plan(&person, &state.plan.walker),
        Payload::Unknown => ![PLANNED, STARTED, STOP, VISIT, ENDED, DROPPED].contains(&event.kind.as_str()),
        _ => person.user == state.plan.walker && person.may(Action::Walk),
    }
}

/// Whether the town knows the walker as somebody who walks there.
fn can_walk(plan: &Planned, town: &mut dyn Registry) -> bool {
    let record = format!("user:{}", plan.walker);
    town.record(&record).is_some_and(|(_, events)| {
        let grant = user::fold(&record, &events).grant();
        grant.person().may(Action::Walk) && grant.scopes.has(&plan.compound_id)
    })
}
