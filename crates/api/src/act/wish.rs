//! From a person's wish to durable events: the steps every write on a case shares.

use std::collections::BTreeMap;

use xunju_domain::case::CaseState;
use xunju_domain::case::decide::{Author, Moment, Refusal};
use xunju_domain::case::draft::DraftPhoto;
use xunju_domain::event::{BlobPart, BlobRef, NewEvent};
use xunju_domain::permission::{Action, sees_own_orders_only};
use xunju_domain::record;
use xunju_store::Commit;

use crate::clock::times;
use crate::error::{ApiError, ErrorCode};
use crate::import::code;
use crate::refuse::Refused;
use crate::view::case::Written;
use crate::view::photo::TrayPhoto;
use crate::{Api, Caller, doc};

impl Caller {
    pub(crate) fn author(&self) -> Author {
        Author { user: self.user.clone(), roles: self.roles(), unit: self.unit.clone() }
    }
}

impl Api {
    /// A case the caller may see.
    pub(crate) fn case(&self, caller: &Caller, id: &str) -> Result<CaseState, ApiError> {
        caller.require(Action::See)?;
        let missing = || ApiError::new(ErrorCode::NotFound).with("what", id);
        let row = self.store.record(&format!("case:{}", record::id_of(id))).refused()?.ok_or_else(missing)?;
        let state: CaseState = doc(&row)?;
        let given = !sees_own_orders_only(&caller.roles()) || state.order.concerns(&caller.unit);
        let seen = caller.scopes.has(&state.scope) && given || state.author == caller.user;
        if seen { Ok(state) } else { Err(missing()) }
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment { wall_ms: self.clock.wall_ms(), tz: self.clock.tz() }
    }

    /// Now by the town's clock where it is known: what deadlines of the office count from.
    pub(crate) fn town_moment(&self) -> Moment {
        Moment { wall_ms: self.now_ms(), tz: self.clock.tz() }
    }

    /// Decides on a case as it stands, and keeps what was decided.
    pub(crate) fn write_case(
        &self,
        caller: &Caller,
        id: &str,
        photos: &[DraftPhoto],
        decide: impl FnOnce(&CaseState, &Author, Vec<BlobRef>) -> Result<Vec<NewEvent>, Refusal>,
    ) -> Result<Written, ApiError> {
        let state = self.case(caller, id)?;
        let blobs = self.blobs(caller, photos)?;
        let events = decide(&state, &caller.author(), blobs).refused()?;
        let drop_tray = photos.iter().map(|p| (caller.user.clone(), p.hash.clone())).collect();
        self.commit(Commit { events, drop_tray, ..Commit::empty() }, &state.id)
    }

    /// Stamps and commits; tells the listeners.
    pub(crate) fn commit(&self, commit: Commit, case_id: &str) -> Result<Written, ApiError> {
        let anchor = self.store.anchor(&self.clock.boot()).refused()?;
        let commit = Commit { times: times(self.clock.as_ref(), anchor), ..commit };
        let done = self.store.commit(commit).refused().inspect_err(|e| self.note_failure(e))?;
        self.note_saved();
        self.changed(&done.changed);
        Ok(Written { case_id: case_id.to_owned(), events: done.events.iter().map(xunju_evidence::Hash::hex).collect() })
    }

    fn note_saved(&self) {
        if std::mem::take(&mut *crate::held(&self.not_saved)) {
            self.changed(&xunju_store::Changed::topic("sync"));
        }
    }

    /// The tray's photos as an event names them. Every byte must already be in the vault.
    pub(crate) fn blobs(&self, caller: &Caller, photos: &[DraftPhoto]) -> Result<Vec<BlobRef>, ApiError> {
        if photos.is_empty() {
            return Ok(Vec::new());
        }
        let tray = self.tray_of(caller)?;
        photos.iter().map(|photo| self.blob(&tray, photo)).collect()
    }

    fn blob(&self, tray: &[TrayPhoto], photo: &DraftPhoto) -> Result<BlobRef, ApiError> {
        let missing = || ApiError::new(ErrorCode::PhotoMissing).with("hash", &photo.hash);
        let entry = tray.iter().find(|p| p.hash == photo.hash).ok_or_else(missing)?;
        let part = |hash: &Option<String>| -> Result<Option<BlobPart>, ApiError> {
            hash.as_ref().map(|h| Ok(BlobPart { n: self.vault.len(h).refused()?, h: h.clone() })).transpose()
        };
        let n = self.vault.len(&photo.hash).refused()?;
        Ok(BlobRef {
            h: photo.hash.clone(),
            n,
            m: entry.media_type.clone(),
            role: "photo".into(),
            thumb: part(&entry.thumb)?,
            preview: part(&entry.preview)?,
            facts: facts(entry, &photo.slot),
        })
    }
}

fn facts(entry: &TrayPhoto, slot: &str) -> BTreeMap<String, String> {
    let flags: Vec<String> = entry.flags.iter().map(code).collect();
    let point = |of: fn(&xunju_domain::geo::Geo) -> String| entry.geo.as_ref().map(of).unwrap_or_default();
    let all = [
        ("slot", slot.to_owned()),
        ("name", entry.name.clone()),
        ("width", entry.width.to_string()),
        ("height", entry.height.to_string()),
        ("channel", code(&entry.channel)),
        ("taken_raw", entry.taken_raw.clone().unwrap_or_default()),
        ("taken_at", entry.taken_at.clone().unwrap_or_default()),
        ("taken_basis", entry.taken_basis.clone()),
        ("camera", entry.camera.clone().unwrap_or_default()),
        ("flags", flags.join(",")),
        ("lon", point(|g| g.lon.clone())),
        ("lat", point(|g| g.lat.clone())),
        ("datum", point(|g| g.datum.label().to_owned())),
        ("accuracy_m", point(|g| g.accuracy_m.map(|m| m.to_string()).unwrap_or_default())),
    ];
    all.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_owned(), v)).collect()
}
