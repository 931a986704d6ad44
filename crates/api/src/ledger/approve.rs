//! Exports with personal data: asked for, answered by a second person, each step in the access log (domain.md §8.2).

use xunju_domain::export::{self, Answered, Asked, ExportState};
use xunju_domain::ledger::standard;
use xunju_domain::permission::{Action, may};
use xunju_domain::record;
use xunju_store::{Commit, Order, Query};

use crate::act::access::Access;
use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::refuse::Refused;
use crate::view::app::Nothing;
use crate::view::ledger::{ExportAnswerRequest, ExportAskRequest, ExportCard};
use crate::{Api, Caller, doc};

const SHOWN_MAX: u32 = 200;

impl Api {
    pub(super) fn export_state(&self, id: &str) -> Result<ExportState, ApiError> {
        let missing = || ApiError::new(ErrorCode::NotFound).at("approval").with("what", "export");
        let row = self.store.record(&format!("export:{}", record::id_of(id))).refused()?.ok_or_else(missing)?;
        doc(&row)
    }

    fn export_card(&self, caller: &Caller, state: ExportState) -> Result<ExportCard, ApiError> {
        let names = self.names()?;
        let label = standard().iter().find(|l| l.id == state.asked.ledger).map(|l| l.label.clone()).unwrap_or_default();
        let compound = match state.asked.compound.as_str() {
            "" => String::new(),
            id => self.compound(id).map_or_else(|_| id.to_owned(), |c| c.defined.name),
        };
        let author = caller.author();
        let answered = state.answered.clone().unwrap_or_default();
        let done = state.done.clone().unwrap_or_default();
        let yes = Answered { approved: true, note: String::new() };
        Ok(ExportCard {
            may_answer: export::answer(&state, &author.person(), &yes).is_ok(),
            may_use: export::may_use(&state, &author.person()).is_ok(),
            id: state.id,
            ledger: state.asked.ledger,
            label,
            compound,
            status: state.asked.status,
            text: state.asked.text,
            reason: state.asked.reason,
            state: state.status,
            author: names.of(&state.author),
            asked_ms: state.asked_ms,
            answered_by: if state.answered_by.is_empty() { String::new() } else { names.of(&state.answered_by) },
            note: answered.note,
            number: done.number,
            rows: done.rows,
        })
    }

    fn note_step(&self, caller: &Caller, state: &str, ledger: &str, reason: String) -> Result<(), ApiError> {
        let objects = vec![format!("export:{state}"), format!("ledger:{ledger}")];
        self.note_access(caller, Access { action: "export", objects, fields: Vec::new(), reason })
    }
}

/// # Errors
/// `NotAllowed`, `Invalid` without a reason or for a ledger without personal data.
pub fn ask(api: &Api, caller: &Caller, asked: ExportAskRequest) -> Result<ExportCard, ApiError> {
    let ExportAskRequest { ledger, compound, status, text, reason } = asked;
    super::ledger(caller, &ledger)?;
    let asked =
        Asked { ledger, compound: compound.unwrap_or_default(), status, text, reason: reason.trim().to_owned() };
    let id = new_id(api.clock().wall_ms())?;
    let event = export::ask(&id, &caller.author().person(), &asked).refused()?;
    api.note_step(caller, &id, &asked.ledger, asked.reason)?;
    api.commit(Commit { events: vec![event], ..Commit::empty() }, &id)?;
    api.export_card(caller, api.export_state(&id)?)
}

/// # Errors
/// `NotAllowed` also for one's own, `IllegalTransition` for what is answered, `Invalid` for a refusal without a word.
pub fn answer(api: &Api, caller: &Caller, asked: ExportAnswerRequest) -> Result<ExportCard, ApiError> {
    let state = api.export_state(&asked.id)?;
    let answered = Answered { approved: asked.approved, note: asked.note.trim().to_owned() };
    let event = export::answer(&state, &caller.author().person(), &answered).refused()?;
    let word = if answered.approved { "同意导出" } else { "不同意导出" };
    let reason = format!("{word} {}", answered.note).trim().to_owned();
    api.note_step(caller, &state.id, &state.asked.ledger, reason)?;
    api.commit(Commit { events: vec![event], ..Commit::empty() }, &state.id)?;
    api.export_card(caller, api.export_state(&asked.id)?)
}

/// Newest first; nothing for those who may neither ask nor answer.
///
/// # Errors
/// Disk failures.
pub fn asked(api: &Api, caller: &Caller, _: Nothing) -> Result<Vec<ExportCard>, ApiError> {
    if !may(&caller.roles(), Action::TakeOut) {
        return Ok(Vec::new());
    }
    let query = Query { kind: "export".into(), order: Order::Newest, limit: SHOWN_MAX, ..Query::default() };
    let rows = api.store().records(&query).refused()?;
    rows.iter().map(|row| api.export_card(caller, doc(row)?)).collect()
}
