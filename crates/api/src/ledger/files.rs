//! Files on their way in or out. They have no name on the disk: when the program ends, nothing of them is left.

use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom, Write as _};
use std::sync::Mutex;

use crate::error::{ApiError, ErrorCode};
use crate::present::id::new_id;
use crate::present::save_aside;
use crate::view::app::Host;
use crate::view::ledger::{ImportReport, LedgerImportRequest, LedgerUpload};
use crate::{Api, Caller, held};

/// Largest file that is taken in.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Files one person has at a time; the oldest goes first.
const FILES_MAX: usize = 4;

/// Where a person finds a file: on a laptop, or at an address.
pub(crate) struct HandedOut {
    pub path: Option<String>,
    pub url: Option<String>,
}

#[derive(Debug)]
struct Held {
    id: String,
    user: String,
    name: String,
    file: File,
}

#[derive(Debug, Default)]
pub struct Files(Mutex<Vec<Held>>);

impl Files {
    fn keep(&self, new: Held) {
        let mut all = held(&self.0);
        let own: Vec<usize> = all.iter().enumerate().filter(|(_, h)| h.user == new.user).map(|(at, _)| at).collect();
        if let Some(oldest) = own.first().filter(|_| own.len() >= FILES_MAX) {
            all.remove(*oldest);
        }
        all.push(new);
    }

    /// Nobody else's, and nobody's twice at a time.
    fn take(&self, caller: &Caller, id: &str) -> Result<Held, ApiError> {
        let mut all = held(&self.0);
        let at = all.iter().position(|h| h.id == id && h.user == caller.user);
        let missing = || ApiError::new(ErrorCode::NotFound).at("file").with("what", "file");
        at.map(|at| all.remove(at)).ok_or_else(missing)
    }
}

pub(super) fn on_disk(e: impl std::fmt::Display) -> ApiError {
    ApiError::new(ErrorCode::DiskFailed).with("op", "ledger file").with("cause", e).retryable()
}

impl Api {
    /// Takes a file in to be read: the same on laptop and server.
    ///
    /// # Errors
    /// `Invalid` for one that is too large; disk failures.
    pub fn ledger_upload(&self, caller: &Caller, name: &str, from: impl Read) -> Result<LedgerUpload, ApiError> {
        caller.require(xunju_domain::permission::Action::Import)?;
        let mut file = tempfile::tempfile().map_err(on_disk)?;
        let bytes = std::io::copy(&mut from.take(FILE_BYTES_MAX + 1), &mut file).map_err(on_disk)?;
        if bytes > FILE_BYTES_MAX {
            return Err(ApiError::new(ErrorCode::Invalid).at("file").with("problem", "too_large"));
        }
        file.flush().map_err(on_disk)?;
        let id = new_id(self.clock.wall_ms())?;
        let name: String = name.chars().take(200).collect();
        self.files.keep(Held { id: id.clone(), user: caller.user.clone(), name: name.clone(), file });
        Ok(LedgerUpload { file: id, name, bytes })
    }

    /// A file that was exported for this person, from its beginning; it can be fetched once.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn ledger_download(&self, caller: &Caller, id: &str) -> Result<(String, File), ApiError> {
        let Held { name, mut file, .. } = self.files.take(caller, id)?;
        file.seek(SeekFrom::Start(0)).map_err(on_disk)?;
        Ok((name, file))
    }

    /// Hands a whole file to the person: into the downloads of a laptop, or under an address a browser asks once.
    ///
    /// # Errors
    /// Disk failures.
    pub(crate) fn hand_out(&self, caller: &Caller, name: &str, bytes: &[u8]) -> Result<HandedOut, ApiError> {
        if caller.host != Host::Web {
            return Ok(HandedOut { path: Some(save_aside(name, bytes)?), url: None });
        }
        let mut file = tempfile::tempfile().map_err(on_disk)?;
        file.write_all(bytes).map_err(on_disk)?;
        Ok(HandedOut { path: None, url: Some(self.hold_export(caller, name, file)?) })
    }

    /// Keeps an exported file until it is fetched, and says where.
    pub(super) fn hold_export(&self, caller: &Caller, name: &str, file: File) -> Result<String, ApiError> {
        let id = new_id(self.clock.wall_ms())?;
        self.files.keep(Held { id: id.clone(), user: caller.user.clone(), name: name.to_owned(), file });
        Ok(format!("/api/ledger/file/{id}"))
    }

    /// Reads a file that was taken in; with `apply`, writes what is right in it.
    pub(crate) fn read_ledger(
        &self,
        caller: &Caller,
        asked: &LedgerImportRequest,
        apply: bool,
    ) -> Result<ImportReport, ApiError> {
        self.jobs.run(caller, &asked.job, |progress| {
            self.with_file(caller, &asked.file, |name, file| {
                self.import_file(caller, name, file, (apply, asked.duplicates), progress)
            })
        })
    }

    /// Runs a reading of a file that was taken in, and keeps the file for the next one.
    pub(super) fn with_file<T>(
        &self,
        caller: &Caller,
        id: &str,
        read: impl FnOnce(&str, File) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut kept = self.files.take(caller, id)?;
        kept.file.seek(SeekFrom::Start(0)).map_err(on_disk)?;
        let done = kept.file.try_clone().map_err(on_disk).and_then(|file| read(&kept.name, file));
        self.files.keep(kept);
        done
    }
}
