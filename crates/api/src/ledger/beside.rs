//! What proceedings and papers add to a case's row: who it is against, and what was issued.

use std::collections::BTreeSet;

use xunju_domain::case::CaseState;
use xunju_domain::ledger::{Beside, Ledger};
use xunju_domain::paper::{PaperState, SheetValue};
use xunju_domain::permission::{Action, may};
use xunju_domain::proceeding::{Party, ProceedingState};
use xunju_domain::record;
use xunju_store::{Order, Query};

use crate::error::ApiError;
use crate::refuse::Refused;
use crate::{Api, Caller, doc};

/// Which of them a ledger has columns for, and the caller may see.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    party: bool,
    papers: bool,
    proceeding: bool,
    rebounds: bool,
    pub clear: bool,
}

impl Wanted {
    pub fn of(ledger: &Ledger, caller: &Caller, clear: bool) -> Self {
        let has = |sign: &str| ledger.columns.iter().any(|c| c.source.starts_with(sign));
        let sees = may(&caller.roles(), Action::SeeProceedings);
        Self {
            party: sees && has("party:"),
            papers: has("paper"),
            proceeding: sees && (has("filing_no") || has("penalty")),
            rebounds: has("rebounds"),
            clear,
        }
    }
}

impl Api {
    pub(super) fn beside(&self, wanted: Wanted, state: &CaseState) -> Result<Beside, ApiError> {
        let mut beside = Beside { clear: wanted.clear, ..Beside::default() };
        if wanted.rebounds {
            beside.rebounds = self.rebounds(state)?;
        }
        if !wanted.party && !wanted.papers && !wanted.proceeding {
            return Ok(beside);
        }
        let of = |kind: &str| Query {
            kind: kind.into(),
            facets: vec![("case".into(), state.id.clone())],
            scopes: Some(vec![state.scope.clone()]),
            order: Order::Oldest,
            limit: 100,
            ..Query::default()
        };
        let mut on_paper = None;
        for row in self.store.records(&of("paper")).refused()? {
            let paper: PaperState = doc(&row)?;
            if ["voided", "refused"].contains(&paper.status.as_str()) {
                continue;
            }
            let sheet = &paper.issued.sheet;
            on_paper = party_of(&|key| match sheet.fields.get(key) {
                Some(SheetValue::Text(text)) => text.clone(),
                _ => String::new(),
            })
            .or(on_paper);
            beside.papers.push((sheet.template.clone(), paper.number().to_owned(), sheet.date.clone()));
        }
        let mut party = None;
        if wanted.party || wanted.proceeding {
            for row in self.store.records(&of("proceeding")).refused()? {
                let state: ProceedingState = doc(&row)?;
                if state.opening == "refused" {
                    continue;
                }
                if wanted.proceeding {
                    beside.filing_no = number(&state, "E10").unwrap_or(beside.filing_no);
                    beside.penalty = penalty(&state).unwrap_or(beside.penalty);
                }
                party = state.party.or(party);
            }
        }
        if wanted.party {
            beside.party = party.or(on_paper);
        }
        if !wanted.papers {
            beside.papers.clear();
        }
        Ok(beside)
    }

    /// Length of the chain of cases this one came back from, as far as they are here.
    fn rebounds(&self, state: &CaseState) -> Result<usize, ApiError> {
        let mut before = state.rebound_of.clone();
        let mut seen = BTreeSet::new();
        while !before.is_empty() && seen.insert(before.clone()) {
            let row = self.store.record(&format!("case:{}", record::id_of(&before))).refused()?;
            before = row.map(|row| doc::<CaseState>(&row)).transpose()?.unwrap_or_default().rebound_of;
        }
        Ok(seen.len())
    }
}

/// Number of the first document of a step that was taken.
fn number(state: &ProceedingState, code: &str) -> Option<String> {
    state.last(code)?.documents.iter().map(|d| d.number.clone()).find(|n| !n.is_empty())
}

/// `罚款 5000 元、责令拆除 [2026] 12 号 2026-12-01`; none before the decision.
fn penalty(state: &ProceedingState) -> Option<String> {
    let done = state.last("E50").or_else(|| state.last("E50F"))?;
    let fine = state.fine().map(|yuan| format!("罚款 {yuan} 元"));
    let order = state.orders_demolition().then(|| "责令拆除".to_owned());
    let what: Vec<String> = fine.into_iter().chain(order).collect();
    let words = [what.join("、"), number(state, &done.code).unwrap_or_default(), done.date.clone()];
    Some(words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
}

/// The party a paper names; none where it names nobody.
fn party_of(field: &dyn Fn(&str) -> String) -> Option<Party> {
    let name = field("party_name");
    (!name.trim().is_empty()).then(|| Party {
        kind: field("party_kind"),
        name,
        id_kind: field("party_id_kind"),
        id_no: field("party_id_no"),
        representative: field("party_legal_rep"),
        address: field("party_address"),
        phone: field("party_phone"),
    })
}
