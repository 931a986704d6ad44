//! 当事人: recorded in a proceeding, masked in every answer, shown in clear only for a reason that is logged first
//! (domain.md §8.1-8.3; PIPL 6, 51).

use std::collections::BTreeMap;

use xunju_domain::paper::personal;
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
    let UnmaskRequest { record, fields, reason } = asked;
    let clear = match record.split_once(':') {
        Some(("proceeding", id)) => of_proceeding(api, caller, id, &fields)?,
        Some(("paper", id)) => of_paper(api, caller, id, &fields)?,
        _ => return Err(ApiError::new(ErrorCode::NotFound).with("what", record)),
    };
    api.note_access(caller, Access { action: "unmask", objects: vec![record], fields, reason })?;
    Ok(Unmasked { fields: clear })
}

fn of_proceeding(
    api: &Api,
    caller: &Caller,
    id: &str,
    fields: &[String],
) -> Result<BTreeMap<String, String>, ApiError> {
    caller.require(Action::UnmaskParty)?;
    let state = api.proceeding(caller, id)?;
    known(fields, FIELDS)?;
    let party = state.party.ok_or_else(|| ApiError::new(ErrorCode::NotFound).with("what", "party"))?;
    Ok(fields.iter().map(|f| (f.clone(), party.field(f).to_owned())).collect())
}

fn of_paper(api: &Api, caller: &Caller, id: &str, fields: &[String]) -> Result<BTreeMap<String, String>, ApiError> {
    let state = api.paper(caller, id)?;
    if !api.may_unmask(caller, &state) {
        return Err(ApiError::new(ErrorCode::NotAllowed).with("action", "unmask"));
    }
    known(fields, personal::FIELDS)?;
    Ok(fields.iter().map(|f| (f.clone(), state.personal(f).to_owned())).collect())
}

fn known(fields: &[String], all: &[&str]) -> Result<(), ApiError> {
    let known = !fields.is_empty() && fields.iter().all(|f| all.contains(&f.as_str()));
    let wrong = || ApiError::new(ErrorCode::Invalid).at("fields").with("problem", "unknown_choice");
    if known { Ok(()) } else { Err(wrong()) }
}
