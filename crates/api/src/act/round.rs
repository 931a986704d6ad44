//! The current round: the compound being walked, so that it need not be asked for.

use xunju_store::Query;

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::work::{CompoundCard, CompoundRef};
use crate::{Api, Caller};

/// # Errors
/// `NotFound`, `NotAllowed` outside the caller's scopes.
pub fn set(api: &Api, caller: &Caller, of: CompoundRef) -> Result<CompoundCard, ApiError> {
    let state = api.compound(&of.id)?;
    if !caller.scopes.has(&state.id) {
        return Err(ApiError::new(ErrorCode::NotAllowed).with("action", "see"));
    }
    let changed = api.store().set_setting(&caller.user, "round", &of.id).refused()?;
    api.changed(&changed);
    api.compound_card(&state)
}

impl Api {
    /// The round set last; before any was set, the caller's only compound.
    pub(crate) fn round(&self, caller: &Caller) -> Result<Option<CompoundCard>, ApiError> {
        let set = self.store().setting(&caller.user, "round").refused()?.filter(|id| caller.scopes.has(id));
        let id = match set {
            Some(id) => Some(id),
            None => self.only_compound(caller)?,
        };
        match id.map(|id| self.compound(&id)).transpose() {
            Ok(state) => state.map(|state| self.compound_card(&state)).transpose(),
            Err(e) if e.code == ErrorCode::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn only_compound(&self, caller: &Caller) -> Result<Option<String>, ApiError> {
        let all =
            self.store().records(&Query { kind: "compound".into(), limit: 1000, ..Query::default() }).refused()?;
        let mut mine = all.iter().map(|row| xunju_domain::record::id_of(&row.id)).filter(|id| caller.scopes.has(id));
        Ok(mine.next().filter(|_| mine.next().is_none()).map(str::to_owned))
    }
}
