//! The server's answer: who keeps the plan, and whether what came can be drawn.

use serde::Deserialize;

use super::decide::{drawing_is_sound, picture_is_sound};
use super::{DRAWN, PlanDrawn, PlanSet, SET, TV};
use crate::event::FoldEvent;
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::{Action, Grant, may};
use crate::record;

pub fn judge(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    let own = grant.user == event.actor && grant.scopes.has(of.scope) && may(&grant.roles, Action::Plan);
    Judgement::stands(event.by_server || own && record::id_of(of.record) == of.scope && is_sound(event))
}

/// A kind of a newer version is kept; a known one must be of its shape.
fn is_sound(event: &FoldEvent) -> bool {
    match event.kind.as_str() {
        SET if event.tv == TV => {
            PlanSet::deserialize(&event.data).is_ok_and(|set| picture_is_sound(&set, &event.blobs))
        }
        DRAWN if event.tv == TV => PlanDrawn::deserialize(&event.data).is_ok_and(|drawn| drawing_is_sound(&drawn)),
        SET | DRAWN => false,
        _ => true,
    }
}
