//! Photos in: into the vault first, then into the person's tray.

use std::sync::atomic::Ordering;

use xunju_domain::event::{BlobPart, BlobRef};
use xunju_domain::permission::{Action, may};
use xunju_photos::folder::Watch;
use xunju_photos::{Intake, Source, intake};
use xunju_store::{Changed, TrayRow};

use crate::error::{ApiError, ErrorCode};
use crate::present::cover::covered_for;
use crate::refuse::Refused;
use crate::view::photo::{Channel, PhotoFlag, TrayPhoto};
use crate::{Api, Caller, held};

/// What came with the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoSource {
    pub name: String,
    pub mtime_ms: Option<i64>,
    pub channel: Channel,
}

impl Api {
    /// Keeps a picture and puts it in the caller's tray. Durable when this returns.
    ///
    /// # Errors
    /// `PhotoTooLarge`, `PhotoUnsupported`, `DiskFull`, `DiskFailed`: everything saved before is untouched.
    pub fn import(&self, caller: &Caller, bytes: &[u8], source: &PhotoSource) -> Result<TrayPhoto, ApiError> {
        let channel = code(&source.channel);
        let imported_ms = self.clock.wall_ms();
        let from = Source { name: source.name.clone(), mtime_ms: source.mtime_ms, channel, imported_ms };
        let kept = intake(&self.vault, bytes, &from)
            .refused()
            .map_err(|e| self.measured(e))
            .inspect_err(|e| self.note_failure(e))?;
        let mut photo = tray_photo(&kept, source, imported_ms);
        photo.used_in = self.used_in(caller, &photo.hash)?;
        let entry = serde_json::to_string(&photo).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
        let row = TrayRow { hash: photo.hash.clone(), entry, imported_ms };
        let changed = self.store.put_tray(&caller.user, &row).refused().inspect_err(|e| self.note_failure(e))?;
        self.changed(&changed);
        Ok(photo)
    }

    /// The bytes of a photo or rendition, for those who may see it.
    ///
    /// # Errors
    /// `PhotoMissing` when it is not on this machine, `NotAllowed` outside the caller's scopes.
    pub fn photo(&self, caller: &Caller, hash: &str) -> Result<Vec<u8>, ApiError> {
        let id = hash.parse().map_err(|_| ApiError::new(ErrorCode::BadRequest).with("hash", hash))?;
        let Some(record) = self.store.blob_record(&id).refused()? else {
            let is = |part: Option<&String>| part.is_some_and(|h| h == hash);
            let own = |p: &TrayPhoto| p.hash == hash || is(p.thumb.as_ref()) || is(p.preview.as_ref());
            if !self.tray_of(caller)?.iter().any(own) {
                return Err(ApiError::new(ErrorCode::PhotoMissing).with("hash", hash));
            }
            return self.vault.read(hash).refused();
        };
        // The record it is seen through: its own, or another case of the caller's with the same file.
        let through = if self.sees_files_of(caller, &record)? {
            record
        } else {
            let other = self.used_in(caller, hash)?;
            other
                .map(|id| format!("case:{id}"))
                .ok_or_else(|| ApiError::new(ErrorCode::NotAllowed).with("action", "see"))?
        };
        let Some(case) = through.strip_prefix("case:") else { return self.vault.read(hash).refused() };
        let case = self.case(caller, case)?;
        let is = |part: Option<&BlobPart>| part.is_some_and(|part| part.h == hash);
        let of = |blob: &&BlobRef| blob.h == hash || is(blob.thumb.as_ref()) || is(blob.preview.as_ref());
        let bytes = match case.photos.iter().map(|photo| &photo.blob).find(of) {
            Some(photo) => self.picture(photo, hash)?,
            None => self.vault.read(hash).refused()?,
        };
        covered_for(caller, &case, hash, bytes)
    }

    /// A file that must be on this machine; one that is not is asked for.
    ///
    /// # Errors
    /// `PhotoMissing` until it has come.
    pub(crate) fn here_or_wanted(&self, hash: &str) -> Result<(), ApiError> {
        if self.vault.has(hash) {
            return Ok(());
        }
        let id = hash.parse().map_err(|_| ApiError::new(ErrorCode::PhotoMissing).with("hash", hash))?;
        self.changed(&self.store.want_blob(&id).refused()?);
        Err(ApiError::new(ErrorCode::PhotoMissing).with("hash", hash).retryable())
    }

    /// Whether the caller may see what a record's files show: those of a case as the case itself, pages of papers as
    /// the papers, plans as the register.
    fn sees_files_of(&self, caller: &Caller, record: &str) -> Result<bool, ApiError> {
        let (kind, id) = record.split_once(':').unwrap_or((record, ""));
        let works_there = || -> Result<bool, ApiError> {
            Ok(self.store.record(record).refused()?.is_none_or(|row| caller.scopes.has(&row.scope)))
        };
        let roles = caller.roles();
        match kind {
            "case" => Ok(may(&roles, Action::See) && self.case(caller, id).is_ok()),
            "paper" => Ok(self.readable_paper(caller, id).is_ok()),
            "plan" => Ok(may(&roles, Action::SeeBase) && works_there()?),
            _ => Ok(may(&roles, Action::See) && works_there()?),
        }
    }

    pub(crate) fn tray_of(&self, caller: &Caller) -> Result<Vec<TrayPhoto>, ApiError> {
        let rows = self.store.tray(&caller.user).refused()?;
        Ok(rows.iter().filter_map(|row| serde_json::from_str(&row.entry).ok()).collect())
    }

    fn used_in(&self, caller: &Caller, hash: &str) -> Result<Option<String>, ApiError> {
        if !may(&caller.roles(), Action::See) {
            return Ok(None);
        }
        let query = xunju_store::Query { limit: 1, ..caller.cases(vec![("photo", hash.to_owned())]) };
        let rows = self.store.records(&query).refused()?;
        Ok(rows.first().map(|row| xunju_domain::record::id_of(&row.id).to_owned()))
    }

    /// Looks at the watched folder once and takes in what lies still there.
    ///
    /// # Errors
    /// Disk failures; a folder that cannot be read is no error but a remark in `watch.get`.
    pub fn scan_watched(&self, caller: &Caller) -> Result<u32, ApiError> {
        let Some(folder) = self.store.setting(&caller.user, "watch").refused()?.filter(|f| !f.is_empty()) else {
            *held(&self.watch) = None;
            return Ok(0);
        };
        let found = held(&self.watch).get_or_insert_with(|| Watch::new(folder.as_ref())).scan();
        let mut imported = 0;
        for file in found {
            let Ok(bytes) = std::fs::read(&file.path) else { continue };
            let source = PhotoSource { name: file.name, mtime_ms: file.mtime_ms, channel: Channel::Folder };
            match self.import(caller, &bytes, &source) {
                Ok(_) => imported += 1,
                Err(e) if e.code == ErrorCode::DiskFull => return Err(e),
                Err(e) => tracing::warn!(error = %e, "a file of the watched folder was not taken"),
            }
        }
        Ok(imported)
    }

    /// A full disk is said with what is left of it.
    fn measured(&self, error: ApiError) -> ApiError {
        match self.vault.free_bytes().filter(|_| error.code == ErrorCode::DiskFull) {
            Some(free) if !error.params.contains_key("free_bytes") => error.with("free_bytes", free),
            _ => error,
        }
    }

    pub(crate) fn note_failure(&self, error: &ApiError) {
        let full = error.code == ErrorCode::DiskFull;
        if full || error.code == ErrorCode::DiskFailed {
            self.cut_off.store(true, Ordering::Relaxed);
        }
        if std::mem::replace(&mut *held(&self.not_saved), full) != full {
            self.changed(&Changed::topic("sync"));
        }
    }
}

/// A unit variant's serde name.
pub(crate) fn code<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(crate) fn flags(codes: impl Iterator<Item = String>) -> Vec<PhotoFlag> {
    codes.filter_map(|code| serde_json::from_value(serde_json::Value::String(code)).ok()).collect()
}

fn tray_photo(kept: &Intake, source: &PhotoSource, imported_ms: i64) -> TrayPhoto {
    let facts = &kept.facts;
    TrayPhoto {
        hash: kept.original.hash.clone(),
        thumb: kept.thumb.as_ref().map(|s| s.hash.clone()),
        preview: kept.preview.as_ref().map(|s| s.hash.clone()),
        name: source.name.clone(),
        bytes: kept.original.bytes,
        width: facts.width,
        height: facts.height,
        media_type: facts.media_type.clone(),
        channel: source.channel,
        imported_ms,
        taken_raw: facts.taken_raw.clone(),
        taken_at: facts.taken_at.clone(),
        taken_basis: facts.taken_basis.clone(),
        camera: facts.camera.clone(),
        flags: flags(facts.flags.iter().cloned()),
        used_in: None,
        geo: xunju_domain::geo::of_photo(&facts.gps, facts.taken_at.as_deref()),
    }
}
