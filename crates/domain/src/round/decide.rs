//! A wish about a round becomes an event, or the reason why not.

use serde::Serialize;

use super::{
    DROPPED, Dropped, ENDED, Ended, PLANNED, Payload, Planned, RoundState, STARTED, STOP, Started, StopDone, TV, VISIT,
    Visited, problem,
};
use crate::case::decide::{Author, Refusal};
use crate::case::draft::FieldProblem;
use crate::event::NewEvent;
use crate::permission::{Action, Person, may};

/// What a walker, or for dropping a planner, may wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Start(Started),
    Stop(StopDone),
    Visit(Visited),
    End(Ended),
    Drop(Dropped),
}

impl Wish {
    fn name(&self) -> &'static str {
        match self {
            Self::Start(_) => "start",
            Self::Stop(_) => "stop",
            Self::Visit(_) => "visit",
            Self::End(_) => "end",
            Self::Drop(_) => "drop",
        }
    }

    fn payload(&self) -> Payload {
        match self.clone() {
            Self::Start(data) => Payload::Started(data),
            Self::Stop(data) => Payload::Stop(data),
            Self::Visit(data) => Payload::Visit(data),
            Self::End(data) => Payload::Ended(data),
            Self::Drop(data) => Payload::Dropped(data),
        }
    }
}

/// Whether somebody may plan a walk for this walker: one's own always.
pub(super) fn may_plan(person: &Person<'_>, walker: &str) -> bool {
    person.may(Action::PlanRound) || (person.user == walker && person.may(Action::Walk))
}

fn wrong((field, code): (&str, &str)) -> Refusal {
    Refusal::Invalid(vec![FieldProblem::new(field, code)])
}

fn event(id: &str, scope: &str, author: &Author, kind: &str, data: &impl Serialize) -> NewEvent {
    NewEvent {
        record: format!("round:{id}"),
        scope: scope.to_owned(),
        kind: kind.to_owned(),
        tv: TV,
        actor: author.user.clone(),
        parents: Vec::new(),
        blobs: Vec::new(),
        data: serde_json::to_value(data).unwrap_or_default(),
    }
}

/// A new round.
///
/// # Errors
/// Not allowed, or a plan with no day, no walker or no stops.
pub fn plan(id: &str, author: &Author, planned: &Planned) -> Result<NewEvent, Refusal> {
    if !may_plan(&author.person(), &planned.walker) {
        return Err(Refusal::NotAllowed { action: "plan_round".into() });
    }
    match problem(&Payload::Planned(planned.clone())) {
        Some(found) => Err(wrong(found)),
        None => Ok(event(id, &planned.compound_id, author, PLANNED, planned)),
    }
}

/// A step of a round that exists.
///
/// # Errors
/// Somebody else's round, a step that does not fit its state, an unknown stop, a missing reason.
pub fn act(state: &RoundState, author: &Author, wish: &Wish) -> Result<Vec<NewEvent>, Refusal> {
    let own = author.user == state.plan.walker && may(&author.roles, Action::Walk);
    let allowed = match wish {
        Wish::Drop(_) => may_plan(&author.person(), &state.plan.walker),
        _ => own,
    };
    if !allowed {
        return Err(Refusal::NotAllowed { action: "walk".into() });
    }
    let fits = match wish {
        Wish::Start(_) | Wish::Drop(_) => state.status == "PLANNED",
        Wish::Stop(_) | Wish::Visit(_) | Wish::End(_) => state.status == "WALKING",
    };
    if !fits {
        return Err(Refusal::IllegalTransition { from: state.status.clone(), action: wish.name().into() });
    }
    if let Some(found) = problem(&wish.payload()) {
        return Err(wrong(found));
    }
    let known = |stop: &str| state.stops.iter().any(|s| s.stop.id == stop);
    let named = match wish {
        Wish::Stop(data) => known(&data.stop),
        Wish::Visit(data) => known(&data.stop),
        Wish::Start(_) | Wish::End(_) | Wish::Drop(_) => true,
    };
    if !named {
        return Err(wrong(("stop", "unknown_choice")));
    }
    let (id, scope) = (&state.id, &state.scope);
    Ok(vec![match wish {
        Wish::Start(data) => event(id, scope, author, STARTED, data),
        Wish::Stop(data) => event(id, scope, author, STOP, data),
        Wish::Visit(data) => event(id, scope, author, VISIT, data),
        Wish::End(data) => event(id, scope, author, ENDED, data),
        Wish::Drop(data) => event(id, scope, author, DROPPED, data),
    }])
}
