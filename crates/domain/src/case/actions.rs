//! What this person may do with this case now: exactly what the server would grant.

use serde::{Deserialize, Serialize};

use super::lifecycle::{self, Need, State, TABLE, Transition};
use super::state::CaseState;
use crate::permission::{Action, Role, may};

/// One thing that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// `approve` (accept and file in one) or an action of the table.
    pub action: String,
    pub needs_reason: bool,
    /// Whether a missing photo slot may be named with it.
    pub may_name_slot: bool,
    /// Names of parameters that must come with it: `lead`, `handler`, …
    pub params: Vec<String>,
    pub needs_deadline: bool,
    /// Slot in which a photo must stand.
    pub photo_slot: Option<String>,
    pub confirm: bool,
}

/// The offers, in the order of the table, `approve` first. Requests that still wait are taken as granted.
/// What can be supplied (a reason, a photo, a missing field) does not stand in the way of an offer.
#[must_use]
pub fn actions(state: &CaseState, roles: &[Role], user: &str) -> Vec<Offer> {
    let Some(from) = State::parse(&state.expected) else { return Vec::new() };
    let fits = |t: &&Transition| {
        t.from.contains(&from)
            && lifecycle::allows(t.who, state, user, roles)
            && lifecycle::blocked(t, state, user).is_none()
            && !asked_already(state, t)
    };
    let mut offers: Vec<Offer> = TABLE.iter().filter(fits).map(offer).collect();
    if offers.iter().any(|o| o.action == "accept") && may(roles, Action::File) {
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
        needs_deadline: false,
        photo_slot: None,
        confirm: false,
    }
}

fn offer(transition: &Transition) -> Offer {
    let params = transition.needs.iter().filter_map(|n| match n {
        Need::Param(name) => Some((*name).to_owned()),
        _ => None,
    });
    let slot = transition.needs.iter().find_map(|n| match n {
        Need::PhotoIn(slot) => Some((*slot).to_owned()),
        _ => None,
    });
    Offer {
        action: transition.action.to_owned(),
        needs_reason: transition.needs_reason(),
        may_name_slot: transition.action == "return",
        params: params.collect(),
        needs_deadline: transition.needs.contains(&Need::Deadline),
        photo_slot: slot,
        confirm: transition.confirm,
    }
}
