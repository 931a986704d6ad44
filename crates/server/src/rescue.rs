//! A rescue file (U盘包) taken in: the same intake as over the network, so that twice, or by both ways, is once.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use serde::Serialize;
use xunju_evidence::Hash;
use xunju_photos::Vault;
use xunju_photos::intake::FILE_BYTES_MAX;
use xunju_store::rescue::{About, Item, Reader, RescueError};
use xunju_sync::limits::{PROTO, PUSH_EVENT_BYTES_MAX, PUSH_EVENTS_MAX};
use xunju_sync::{PushReply, PushRequest};

use crate::blobs::register;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::directory::{self, Device};
use crate::journal::{Journal, town};

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Imported {
    #[serde(flatten)]
    pub about: About,
    /// Events the town holds now of those inside; the ones it held already among them.
    pub events_held: u64,
    /// Files likewise.
    pub files_held: u64,
    /// Files no received event of the device names: not kept.
    pub files_unknown: u64,
}

/// Takes a file in, beside a running server or none. Cut off anywhere, what was taken stays, and it can be begun again.
///
/// # Errors
/// `BadRequest` for another town's, another device's or a broken file, with how far it was good; `WrongPassword`;
/// `Recovering`; `Io`, `Photo`, `Sql`.
pub fn import(folder: &Folder, journal: &Journal, from: &Path, phrase: &str) -> Result<Imported> {
    let file = File::open(from).map_err(|e| ServerError::io("open rescue file", from, e))?;
    let mut reader = Reader::open(BufReader::new(file), phrase).map_err(unreadable)?;
    let about = reader.about.clone();
    let town = journal.read(town::read)?;
    if town.log != about.log {
        return Err(bad(format!("it is of another town: {}", about.town)));
    }
    let device = journal.read(|conn| directory::device(conn, &about.device))?;
    let device = device.ok_or_else(|| bad(format!("nobody enrolled {}", about.device)))?;
    let root = folder.blobs();
    fs::create_dir_all(root.join("tmp")).map_err(|e| ServerError::io("make folder", &root, e))?;
    let mut taking = Taking {
        journal,
        vault: Vault::beside(&root, None),
        device,
        log: town.log,
        epoch: town.epoch,
        batch: Vec::new(),
        file: None,
        done: Imported { about, events_held: 0, files_held: 0, files_unknown: 0 },
    };
    while let Some(item) = reader.next_item().map_err(unreadable)? {
        taking.take(item)?;
    }
    taking.flush()?;
    Ok(taking.done)
}

fn bad(what: String) -> ServerError {
    ServerError::BadRequest { what }
}

fn unreadable(e: RescueError) -> ServerError {
    match e {
        RescueError::WrongPassphrase => ServerError::WrongPassword,
        other => bad(format!("{other}; what was good before it is kept")),
    }
}

struct Taking<'a> {
    journal: &'a Journal,
    vault: Vault,
    device: Device,
    log: String,
    epoch: u32,
    /// Events in a row of one incarnation.
    batch: Vec<(u32, u64, xunju_evidence::SignedEvent)>,
    /// The file under way: its bytes, or none for one that is not wanted.
    file: Option<(Hash, u64, Option<Vec<u8>>)>,
    done: Imported,
}

impl Taking<'_> {
    fn take(&mut self, item: Item) -> Result<()> {
        match item {
            Item::Event { inc, n, event } => {
                let bytes: usize = self.batch.iter().map(|(.., event)| event.body.len()).sum();
                let follows = self.batch.last().is_none_or(|(last_inc, last_n, _)| *last_inc == inc && last_n + 1 == n);
                if !follows || self.batch.len() >= PUSH_EVENTS_MAX || bytes > PUSH_EVENT_BYTES_MAX / 2 {
                    self.flush()?;
                }
                self.batch.push((inc, n, event));
                Ok(())
            }
            Item::File { hash, bytes } => {
                self.flush()?;
                self.begin(hash, bytes)
            }
            Item::Piece(piece) => self.piece(&piece),
            Item::End => self.flush(),
        }
    }

    fn flush(&mut self) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        let Some((inc, from_n, _)) = batch.first() else { return Ok(()) };
        let (inc, from_n, count) = (*inc, *from_n, batch.len() as u64);
        let events = batch.into_iter().map(|(.., event)| event).collect();
        let (log, dev) = (self.log.clone(), self.device.dev.clone());
        let request = PushRequest { proto: PROTO, log, epoch: self.epoch, dev, inc, from_n, events, t0: 0 };
        match self.journal.push(&self.device, request)? {
            PushReply::Accepted { .. } | PushReply::Forked { .. } => {
                self.done.events_held += count;
                Ok(())
            }
            PushReply::Expected { n, .. } => {
                Err(bad(format!("events {n} to {} of this laptop are nowhere: bring its newest file", from_n - 1)))
            }
            PushReply::Recovering { .. } => Err(ServerError::Recovering),
            other => Err(bad(format!("the town does not take it: {other:?}"))),
        }
    }

    fn begin(&mut self, hash: Hash, bytes: u64) -> Result<()> {
        let dev = self.device.dev.clone();
        let (vouched, whole) = self
            .journal
            .read(|conn| Ok((register::vouched(conn, &dev, &hash)?, register::whole(conn, &hash)?.is_some())))?;
        if vouched != Some(bytes) || bytes > FILE_BYTES_MAX {
            self.done.files_unknown += 1;
            self.file = Some((hash, bytes, None));
        } else {
            self.done.files_held += u64::from(whole);
            self.file = Some((hash, bytes, (!whole).then(Vec::new)));
        }
        self.finish_file()
    }

    fn piece(&mut self, piece: &[u8]) -> Result<()> {
        if let Some((_, bytes, Some(held))) = &mut self.file {
            if held.len() as u64 + piece.len() as u64 > *bytes {
                return Err(bad("a file is longer than it says".to_owned()));
            }
            held.extend_from_slice(piece);
        }
        self.finish_file()
    }

    fn finish_file(&mut self) -> Result<()> {
        let Some((hash, _, Some(held))) =
            self.file.take_if(|(_, bytes, held)| held.as_ref().is_some_and(|held| held.len() as u64 == *bytes))
        else {
            return Ok(());
        };
        let bytes = held.len() as u64;
        self.vault.put_as(&hash.hex(), &held)?;
        self.journal.write(move |tx| register::note(tx, &hash, bytes))?;
        self.done.files_held += 1;
        Ok(())
    }
}
