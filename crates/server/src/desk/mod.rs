//! The web desk: an ordinary store with the same `api` as any laptop, beside the journal and kept in step
//! with it by the same push and pull, in this process. A browser's command is signed by the desk's key
//! with the signed-in person as actor.

mod exchange;
mod recount;

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;
use xunju_api::clock::{Clock as _, SystemClock, times};
use xunju_api::{Api, Caller};
use xunju_evidence::Anchor;
use xunju_store::{Changed, Enrolled, NewKey, OpenOptions, Peek, Store, StoreError, Unlock, peek};

use crate::blobs::Blobs;
use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::directory::{self, Device, DeviceKind};
use crate::journal::{Journal, town};

/// Whom the desk's device belongs to: nobody. Its events name the signed-in person.
const DESK: &str = "desk";
/// Changes a slow browser may fall behind by before it is told that everything may have changed.
const CHANGES_MAX: usize = 256;

/// The open desk.
pub struct Desk {
    api: Api,
    device: Device,
    journal: Arc<Journal>,
    blobs: Arc<Blobs>,
    /// What was last counted again, and by which calendar.
    recounted: Mutex<recount::Recounted>,
    /// One exchange at a time.
    turn: Mutex<()>,
    changes: broadcast::Sender<Changed>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("device", &self.device.dev).finish_non_exhaustive()
    }
}

impl Desk {
    /// Opens the desk of a folder, making and enrolling it on first use.
    ///
    /// # Errors
    /// Whatever the store says; `Sql`.
    pub fn open(folder: &Folder, journal: Arc<Journal>, blobs: Arc<Blobs>) -> Result<Arc<Self>> {
        let store = Arc::new(open_store(folder)?);
        let device = enrol(&store, &journal)?;
        pin_clock(&store)?;
        let api = Api::open_desk(store, Arc::clone(blobs.vault()), Arc::new(SystemClock));
        let changes = broadcast::Sender::new(CHANGES_MAX);
        let tell = changes.clone();
        api.on_change(move |changed| {
            // Nobody listening is no fault.
            let _ = tell.send(changed.clone());
        });
        let desk =
            Arc::new(Self { api, device, journal, blobs, recounted: Mutex::default(), turn: Mutex::new(()), changes });
        desk.push_all(&mut Changed::default())?;
        Ok(desk)
    }

    #[must_use]
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// Everything that changes from here on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Changed> {
        self.changes.subscribe()
    }

    /// Runs a person's command, then carries what it wrote to the journal, so that the next read shows
    /// the ruling.
    ///
    /// # Errors
    /// The command's own refusal. What the journal says comes with the next change.
    pub fn call(
        &self,
        caller: &Caller,
        command: &str,
        args: serde_json::Value,
    ) -> std::result::Result<serde_json::Value, xunju_api::error::ApiError> {
        let answer = xunju_api::command::dispatch(&self.api, caller, command, args)?;
        if self.api.store().pending().is_ok_and(|pending| pending.events > 0) {
            self.settle();
        }
        Ok(answer)
    }

    /// Releases decisions whose grace is over.
    pub fn tick(&self) {
        if let Err(error) = self.api.tick() {
            tracing::warn!(%error, "desk: held decisions");
        }
        if self.api.store().pending().is_ok_and(|pending| pending.events > 0) {
            self.settle();
        }
    }

    /// Exchanges with the journal. A failure is logged: the next round tries again.
    pub fn settle(&self) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = self.exchange() {
            tracing::error!(%error, "desk: exchange with the journal");
        }
    }
}

fn stored(op: &'static str) -> impl FnOnce(StoreError) -> ServerError {
    move |e| ServerError::inner(op, e)
}

fn open_store(folder: &Folder) -> Result<Store> {
    let dir = folder.desk()?;
    let options = OpenOptions { state_dir: Some(folder.root().join("desk-state")), ..OpenOptions::default() };
    match peek(&dir).map_err(stored("look at desk"))? {
        Peek::Empty => Store::create(&dir, NewKey::Plain, &options).map_err(stored("make desk")),
        Peek::Locked(_) => Store::open(&dir, Unlock::Automatic, &options).map_err(stored("open desk")),
    }
}

/// The desk enrols like any device, without a code: it stands in the server's own folder.
fn enrol(store: &Arc<Store>, journal: &Arc<Journal>) -> Result<Device> {
    let key = store.device_key().map_err(stored("read desk key"))?;
    let device = journal.write(move |tx| match directory::device(tx.conn, &key.device_id())? {
        Some(known) => Ok(known),
        None => directory::enrol_device(tx, &key, DESK, "web desk", DeviceKind::Desk),
    })?;
    if store.identity().map_err(stored("read desk identity"))?.is_none() {
        let town = journal.read(town::read)?;
        let enrolled = Enrolled {
            device_name: "web desk".to_owned(),
            user: DESK.to_owned(),
            user_name: DESK.to_owned(),
            server_url: String::new(),
            server_key: journal.signer().public().text(),
            log: town.log,
            epoch: town.epoch,
            town_name: town.name,
            town_code: town.code,
        };
        store.enrol(&enrolled, times(&SystemClock, None)).map_err(stored("enrol desk"))?;
    }
    Ok(device)
}

/// The desk stands on the server's own clock: no offset, no error.
fn pin_clock(store: &Store) -> Result<()> {
    let clock = SystemClock;
    let anchor = Anchor { srv: clock.wall_ms(), mono: clock.mono_ms(), err: 0 };
    store.set_anchor(&clock.boot(), &anchor).map_err(stored("pin desk clock"))
}
