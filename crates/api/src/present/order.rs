//! 派遣: the order of a case in words, and the cases it is linked with.

use xunju_domain::case::CaseState;
use xunju_domain::catalogue::{self, Label};
use xunju_store::{Order, Query};

use super::Names;
use crate::error::ApiError;
use crate::refuse::Refused;
use crate::view::case::{AskView, CaseCard, OrderView, RefusedOrderView, StopView};
use crate::{Api, Caller, doc};

const LINKED_SHOWN: u32 = 20;

pub(super) fn same(text: &str) -> Label {
    Label { zh_hans: text.into(), zh_hant: text.into(), en: text.into() }
}

fn department(id: &str) -> Label {
    let known = catalogue::standard().departments.iter().find(|d| d.id == id);
    known.map_or_else(|| same(id), |d| d.label.clone())
}

/// The order, from the first dispatch (or referral) on.
pub fn order(state: &CaseState, names: &Names) -> Option<OrderView> {
    let order = &state.order;
    if order.assignment.is_none() && order.referred_to.is_empty() {
        return None;
    }
    let now = order.assignment.clone().unwrap_or_default();
    let person = |id: &str| if id.is_empty() { String::new() } else { names.of(id) };
    Some(OrderView {
        lead: (!now.lead.is_empty()).then(|| department(&now.lead)),
        assisting: now.assisting.iter().map(|d| department(d)).collect(),
        instruction: now.instruction,
        handler: person(&now.handler),
        checker: person(&order.checker),
        result: catalogue::standard().outcome(&order.result).map(|o| o.label.clone()),
        reworked: order.reworked,
        extensions: state.extensions,
        refused_by: order.refused_by.iter().map(|r| refused(r, names)).collect(),
        asks: order
            .asks
            .iter()
            .map(|a| AskView {
                action: a.action.clone(),
                reason: a.reason.clone(),
                by: names.of(&a.by),
                wall_ms: a.wall_ms,
            })
            .collect(),
        stopped: order.open_stop().map(|s| StopView {
            from: s.from.clone(),
            expected_end: s.expected_end.clone(),
            reason: reason(&s.reason_code),
        }),
        on_agenda: state.on_agenda(),
        referred_to: order.referred_to.clone(),
        referred_by_paper: order.referred_by_paper.clone(),
    })
}

fn refused(refused: &xunju_domain::case::assignment::RefusedOrder, names: &Names) -> RefusedOrderView {
    RefusedOrderView {
        department: department(&refused.department),
        reason: refused.reason.clone(),
        by: names.of(&refused.by),
        wall_ms: refused.wall_ms,
    }
}

fn reason(code: &str) -> Label {
    let known = catalogue::standard().reasons.iter().find(|r| r.code == code);
    known.map_or_else(|| same(code), |r| r.label.clone())
}

impl Api {
    /// Cases that point at this one.
    pub(crate) fn linked(
        &self,
        caller: &Caller,
        facet: &str,
        id: &str,
        names: &Names,
    ) -> Result<Vec<CaseCard>, ApiError> {
        let of = caller.cases(vec![(facet, id.to_owned())]);
        let query = Query { order: Order::Newest, limit: LINKED_SHOWN, ..of };
        self.store.records(&query).refused()?.iter().map(|row| self.card(&doc(row)?, names)).collect()
    }

    /// The case this one points at; none where it is not here.
    pub(crate) fn pointed(&self, caller: &Caller, id: &str, names: &Names) -> Result<Option<CaseCard>, ApiError> {
        if id.is_empty() {
            return Ok(None);
        }
        self.case(caller, id).ok().map(|state| self.card(&state, names)).transpose()
    }
}
