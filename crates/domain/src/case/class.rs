//! 新增, 存量, as proposed by one and decided by another: what the accepted steps leave in force.

use super::decide::CLASS;
use super::history::{History, times};
use super::payload::Act;
use super::register::{Register, Version};
use super::state::{CaseState, ClassAsk};
use crate::catalogue::FieldValue;
use crate::event::FoldEvent;

pub(super) fn fold_class(case: &History, state: &mut CaseState) {
    for (_, _, ruled) in case.accepted() {
        let Some((event, Some(act))) = case.asked(ruled) else { continue };
        match ruled.action.as_str() {
            "ask_class" => state.class_ask = Some(ask(event, act)),
            "keep_class" => state.class_ask = None,
            "set_class" => {
                if let Some(asked) = state.class_ask.take() {
                    state.fields.insert(CLASS.to_owned(), Register { versions: vec![decided(event, asked.to)] });
                }
            }
            _ => {}
        }
    }
}

fn ask(event: &FoldEvent, act: &Act) -> ClassAsk {
    let param = |name: &str| act.params.get(name).cloned().unwrap_or_default();
    ClassAsk {
        event: event.id.clone(),
        from: param("was"),
        to: param(CLASS),
        reason_code: act.reason_code.clone().unwrap_or_default(),
        reason: act.reason.clone(),
        by: event.actor.clone(),
        wall_ms: event.wall_ms,
    }
}

fn decided(event: &FoldEvent, to: String) -> Version {
    Version {
        event: event.id.clone(),
        value: FieldValue::Text(to),
        author: event.actor.clone(),
        device: event.device.clone(),
        times: times(event),
    }
}
