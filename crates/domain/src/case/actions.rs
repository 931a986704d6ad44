//! What this person may do with this case now: exactly what the server would grant.

use serde::{Deserialize, Serialize};

use super::archive;
use super::decide::CLASS;
use super::lifecycle::{self, Need, State, TABLE, Transition};
use super::state::CaseState;
use crate::catalogue;
use crate::permission::{Action, Person};

/// One thing that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// `approve` (accept and file in one) or an action of the table.
    pub action: String,
    pub needs_reason: bool,
    /// Whether a missing photo slot may be named with it.
    pub may_name_slot: bool,
    /// What comes with it, in the order it is asked for.
    pub params: Vec<Param>,
    /// Keys of the type's fields that are asked for at the end of the work.
    pub measures: Vec<String>,
    pub deadline: Option<DeadlineNeed>,
    /// Slot in which a photo must stand.
    pub photo_slot: Option<String>,
    /// How many photos must come with it or stand there since the last step.
    pub new_photos: u32,
    pub confirm: bool,
}

/// `lead`, `assisting`, `handler`, …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    pub name: String,
    pub required: bool,
}

/// Which deadline comes with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineNeed {
    /// The one in force unless another is chosen.
    Keep,
    /// A new one, counted from now.
    New,
    /// As long as the one in force, counted from now, unless another is chosen.
    Again,
    /// One that counts on from the one in force.
    Later,
    /// The one in force, moved by the days the clock stood still: computed, never chosen.
    Moved,
}

/// The offers, in the order of the table, `approve` first. Requests that still wait are taken as granted.
/// What can be supplied (a reason, a photo, a missing field) does not stand in the way of an offer.
#[must_use]
pub fn actions(state: &CaseState, person: &Person<'_>) -> Vec<Offer> {
    let Some(from) = State::parse(&state.expected) else { return Vec::new() };
    let fits = |t: &&Transition| {
        t.from.contains(&from)
            && lifecycle::allows(t.who, state, person)
            && lifecycle::blocked(t, state, person).is_none()
            && !asked_already(state, t)
    };
    let mut offers: Vec<Offer> = TABLE.iter().filter(fits).map(|t| offer(state, t)).collect();
    if offers.iter().any(|o| o.action == "accept") && person.may(Action::File) {
        offers.insert(0, Offer { action: "approve".into(), confirm: true, ..bare() });
    }
    offers
}

/// Asking twice for what does not move the case (转疑难, say) is no offer while the first waits.
fn asked_already(state: &CaseState, transition: &Transition) -> bool {
    transition.to.is_none() && state.requests.iter().any(|r| r.action == transition.action)
}

fn bare() -> Offer {
    Offer {
        action: String::new(),
        needs_reason: false,
        may_name_slot: false,
        params: Vec::new(),
        measures: Vec::new(),
        deadline: None,
        photo_slot: None,
        new_photos: 0,
        confirm: false,
    }
}

fn offer(state: &CaseState, transition: &Transition) -> Offer {
    let photos = transition.needs.iter().find_map(|n| if let Need::NewPhotos(n) = n { Some(*n) } else { None });
    let slot = transition.needs.iter().find_map(|n| match n {
        Need::PhotoIn(slot) => Some((*slot).to_owned()),
        _ => None,
    });
    Offer {
        action: transition.action.to_owned(),
        needs_reason: transition.needs_reason(),
        may_name_slot: transition.action == "return",
        params: transition.needs.iter().flat_map(|need| params(*need)).collect(),
        measures: measures(state, transition),
        deadline: deadline_need(transition),
        photo_slot: slot,
        new_photos: photos.unwrap_or(0),
        confirm: transition.confirm,
    }
}

fn params(need: Need) -> Vec<Param> {
    let param = |name: &str, required: bool| vec![Param { name: name.to_owned(), required }];
    match need {
        Need::Param(name) => param(name, true),
        Need::May(name) => param(name, false),
        Need::Lead | Need::OtherLead => param("lead", true),
        Need::Target => param("target", true),
        Need::NewClass | Need::AskedClass => param(CLASS, true),
        Need::WholeFile => param(archive::LACK, false),
        _ => Vec::new(),
    }
}

fn measures(state: &CaseState, transition: &Transition) -> Vec<String> {
    let asked = transition.needs.contains(&Need::Measures);
    let category = catalogue::standard().category(&state.category()).filter(|_| asked);
    let fields = category.map(|c| c.fields.as_slice()).unwrap_or_default();
    fields.iter().filter(|f| f.is_of_the_end()).map(|f| f.key.clone()).collect()
}

/// Which deadline this step takes.
pub(super) fn deadline_need(transition: &Transition) -> Option<DeadlineNeed> {
    let new = || match transition.action {
        "resume" => DeadlineNeed::Moved,
        "fail" => DeadlineNeed::New,
        "redispatch" => DeadlineNeed::Again,
        _ => DeadlineNeed::Keep,
    };
    transition.needs.iter().find_map(|need| match need {
        Need::Deadline => Some(new()),
        Need::LaterDeadline => Some(DeadlineNeed::Later),
        _ => None,
    })
}
