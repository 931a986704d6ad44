//! 当事人: recorded in a proceeding, masked in every answer, shown in clear only for a reason that is logged first
//! (domain.md §8.1-8.3; PIPL 6, 51).

use std::collections::BTreeMap;

use xunju_domain::permission::Action;
use xunju_domain::proceeding::party::FIELDS;
use xunju_domain::proceeding::payload::PARTY_SET;
use xunju_domain::proceeding::{self, Party, party_problem};
use xunju_store::Commit;

use super::access::Access;
use crate::error::{ApiError, ErrorCode};
use crate::view::proceeding::{PartySetRequest, ProceedingWritten, UnmaskRequest, Unmasked};
use crate::{Api, Caller};

/// # Errors
/// `NotAllowed`, `Invalid` by field; the value is never in the error.
pub fn set(api: &Api, caller: &Caller, asked: PartySetRequest) -> Result<ProceedingWritten, ApiError> {
    caller.require(Action::Proceed)?;
    let state = api.proceeding(caller, &asked.id)?;
    if state.opening == "refused" || ["E01", "E90", "E95"].contains(&state.expected.as_str()) {
        let error = ApiError::new(ErrorCode::IllegalTransition).with("from", &state.expected);
        return Err(error.with("action", "party").with("reason", "not_from_here"));
    }
    let PartySetRequest { kind, name, id_kind, id_no, representative, address, phone, .. } = asked;
    let today = api.today();
    let party = Party { kind, name, id_kind, id_no, representative, address, phone }.canonical(today);
    if let Some((field, problem)) = party_problem(&party, today) {
        return Err(ApiError::new(ErrorCode::Invalid).at(field).with("problem", problem));
    }
    let event = proceeding::event(&state.id, &state.scope, &caller.user, PARTY_SET, &party);
    let written = api.commit(Commit { events: vec![event], ..Commit::empty() }, &state.id)?;
    Ok(ProceedingWritten { id: state.id, events: written.events })
}

/// The entry of the access log is durable before the values leave; where it cannot be written, they stay.
///
/// # Errors
/// `NotAllowed`, `NotFound`, `Invalid` without a reason or for a field that is none.
pub fn unmask(api: &Api, caller: &Caller, asked: UnmaskRequest) -> Result<Unmasked, ApiError> {
    caller.require(Action::Unmask)?;
    let id = asked.record.strip_prefix("proceeding:").ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
    let state = api.proceeding(caller, id)?;
    if asked.fields.is_empty() || asked.fields.iter().any(|f| !FIELDS.contains(&f.as_str())) {
        return Err(ApiError::new(ErrorCode::Invalid).at("fields").with("problem", "unknown_choice"));
    }
    let party = state.party.ok_or_else(|| ApiError::new(ErrorCode::NotFound).with("what", "party"))?;
    let objects = vec![format!("proceeding:{}", state.id)];
    let access = Access { action: "unmask", objects, fields: asked.fields.clone(), reason: asked.reason };
    api.note_access(caller, access)?;
    let clear = |field: String| {
        let value = party.field(&field).to_owned();
        (field, value)
    };
    let fields: BTreeMap<String, String> = asked.fields.into_iter().map(clear).collect();
    Ok(Unmasked { fields })
}
