//! What proceedings and papers add to a case's row: who it is against, and what was issued.

use xunju_domain::case::CaseState;
use xunju_domain::ledger::{Beside, Ledger};
use xunju_domain::paper::{PaperState, SheetValue};
use xunju_domain::permission::{Action, may};
use xunju_domain::proceeding::{Party, ProceedingState};
use xunju_store::{Order, Query};

use crate::error::ApiError;
use crate::refuse::Refused;
use crate::{Api, Caller, doc};

/// Which of them a ledger has columns for, and the caller may see.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    party: bool,
    papers: bool,
    pub clear: bool,
}

impl Wanted {
    pub fn of(ledger: &Ledger, caller: &Caller, clear: bool) -> Self {
        let has = |sign: &str| ledger.columns.iter().any(|c| c.source.starts_with(sign));
        let sees = may(&caller.roles(), Action::SeeProceedings);
        Self { party: sees && has("party:"), papers: has("paper"), clear }
    }
}

impl Api {
    pub(super) fn beside(&self, wanted: Wanted, state: &CaseState) -> Result<Beside, ApiError> {
        let mut beside = Beside { clear: wanted.clear, ..Beside::default() };
        if !wanted.party && !wanted.papers {
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
        if wanted.party {
            let mut party = None;
            for row in self.store.records(&of("proceeding")).refused()? {
                let state: ProceedingState = doc(&row)?;
                if state.opening != "refused" {
                    party = state.party.or(party);
                }
            }
            beside.party = party.or(on_paper);
        }
        if !wanted.papers {
            beside.papers.clear();
        }
        Ok(beside)
    }
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
