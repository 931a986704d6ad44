//! U盘包: everything this laptop has not delivered, sealed under a passphrase, onto a stick. Nothing counts as delivered
//! by it; the server's receipt does that, when the two next meet.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use xunju_evidence::Hash;
use xunju_store::rescue::{About, Item, PIECE_BYTES, Reader, Writer};

use crate::Api;
use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;

/// Shorter ones are guessed (NIST SP 800-63B asks for eight).
const PHRASE_CHARS_MIN: usize = 8;
const ENDING: &str = "xunju";

impl Api {
    /// Writes the file into a folder: under another name first, read back whole before it takes its own.
    ///
    /// # Errors
    /// `Invalid` for a short passphrase, `NotFound` where nothing is undelivered, `PhotoMissing`, `DiskFull`,
    /// `DiskFailed` (a stick pulled out): then there is no such file, and everything here is as it was.
    pub fn rescue(&self, folder: &Path, phrase: &str) -> Result<(PathBuf, About), ApiError> {
        if phrase.chars().count() < PHRASE_CHARS_MIN {
            let min = PHRASE_CHARS_MIN.to_string();
            return Err(ApiError::new(ErrorCode::Invalid)
                .at("passphrase")
                .with("problem", "too_short")
                .with("min", min));
        }
        let me = self.store.identity().refused()?.ok_or_else(|| ApiError::new(ErrorCode::NotEnrolled))?;
        let (events, files) = (self.store.undelivered_events().refused()?, self.store.undelivered_files().refused()?);
        if events.is_empty() && files.is_empty() {
            return Err(ApiError::new(ErrorCode::NotFound).with("what", "undelivered"));
        }
        let about = About {
            town: me.town_name.clone(),
            log: me.log.clone(),
            device: me.device.clone(),
            device_name: me.device_name.clone(),
            made_ms: self.clock.wall_ms(),
            events: events.len() as u64,
            files: files.len() as u64,
            bytes: files.iter().map(|(_, bytes)| bytes).sum(),
        };
        let name = format!("{}-{}.{ENDING}", me.device.get(..10).unwrap_or(&me.device), about.made_ms);
        let (path, draft) = (folder.join(&name), folder.join(format!(".{name}.part")));
        let written = self.write_rescue(&draft, &about, phrase, (&events, &files));
        let checked = written.and_then(|()| check(&draft, phrase, &about));
        if let Err(e) = checked.and_then(|()| place(&draft, &path)) {
            // A stick that is gone cannot be tidied either.
            let _ = fs::remove_file(&draft);
            return Err(e);
        }
        Ok((path, about))
    }

    fn write_rescue(
        &self,
        draft: &Path,
        about: &About,
        phrase: &str,
        (events, files): (&[xunju_store::Queued], &[(Hash, u64)]),
    ) -> Result<(), ApiError> {
        let file = File::create(draft).map_err(|e| on_disk("create", draft, &e))?;
        let mut out = Writer::begin(BufWriter::new(file), about, phrase).refused()?;
        for own in events {
            out.event(own.inc, own.n, &own.event).refused()?;
        }
        for (hash, bytes) in files {
            out.file(hash, *bytes).refused()?;
            let mut at = 0;
            while at < *bytes {
                let piece = self.vault.read_range(&hash.hex(), at, (PIECE_BYTES as u64).min(bytes - at)).refused()?;
                out.piece(&piece).refused()?;
                at += piece.len() as u64;
            }
        }
        let file = out.finish().refused()?.into_inner().map_err(|e| on_disk("write", draft, e.error()))?;
        file.sync_all().map_err(|e| on_disk("write", draft, &e))
    }
}

/// Reads it back, every item and every file against its hash, before it counts.
fn check(path: &Path, phrase: &str, about: &About) -> Result<(), ApiError> {
    let broken = |cause: String| {
        ApiError::new(ErrorCode::DiskFailed).with("op", "read back").with("path", path.display()).with("cause", cause)
    };
    let file = File::open(path).map_err(|e| on_disk("read", path, &e))?;
    let mut reader = Reader::open(BufReader::new(file), phrase).map_err(|e| broken(e.to_string()))?;
    let (mut events, mut files, mut under_way) = (0, 0, None::<(Hash, u64, Vec<u8>)>);
    let mut last = None;
    while let Some(item) = reader.next_item().map_err(|e| broken(e.to_string()))? {
        match &item {
            Item::Event { .. } => events += 1,
            Item::File { hash, bytes } => under_way = Some((*hash, *bytes, Vec::new())),
            Item::Piece(piece) => {
                if let Some((hash, bytes, held)) = &mut under_way {
                    held.extend_from_slice(piece);
                    if held.len() as u64 == *bytes {
                        if Hash::of(held) != *hash {
                            return Err(broken(hash.hex()));
                        }
                        files += 1;
                        under_way = None;
                    }
                }
            }
            Item::End => {}
        }
        last = Some(item);
    }
    let whole = last == Some(Item::End) && (events, files) == (about.events, about.files);
    if whole { Ok(()) } else { Err(broken("incomplete".to_owned())) }
}

fn place(draft: &Path, path: &Path) -> Result<(), ApiError> {
    fs::rename(draft, path).map_err(|e| on_disk("rename", path, &e))?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| on_disk("write", folder, &e))?;
    }
    Ok(())
}

fn on_disk(op: &str, path: &Path, e: &std::io::Error) -> ApiError {
    let full = e.kind() == std::io::ErrorKind::StorageFull;
    let code = if full { ErrorCode::DiskFull } else { ErrorCode::DiskFailed };
    ApiError::new(code).with("op", op).with("path", path.display()).with("cause", e)
}
