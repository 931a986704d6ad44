//! A laptop, whole: data folder, program, network. What a window or a command line holds.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use xunju_api::clock::{Clock, SystemClock, times};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::app::{AppStateView, DeviceView, EnrolRequest, Host, KeyProtection, Phase, PrefsView, UserView};
use xunju_api::view::photo::{Channel, TrayPhoto};
use xunju_api::{Api, Caller, PhotoSource, command};
use xunju_photos::{Vault, VaultKey};
use xunju_store::{Changed, Enrolled, Faults, NewKey, OpenOptions, Peek, Protection, Store, StoreError, Unlock, peek};
use xunju_sync::client::Status;

use crate::bell::Bell;
use crate::chores::Chores;
use crate::driver::{Driver, Said, hopeless};
use crate::running::Running;
use crate::{enrol, origin};

/// What may differ from the usual.
#[derive(Clone)]
pub struct Options {
    pub clock: Arc<dyn Clock>,
    /// Opens a folder whose key is wrapped by a passphrase.
    pub passphrase: Option<String>,
    /// Where key files live, outside the data folder; the platform's place when none.
    pub state_dir: Option<PathBuf>,
    pub faults: Faults,
    /// Free bytes of the disk as a test has them.
    pub disk_free: Option<DiskFree>,
}

/// Says how many bytes of the disk are free.
pub type DiskFree = Arc<dyn Fn() -> u64 + Send + Sync>;

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            passphrase: None,
            state_dir: None,
            faults: Faults::default(),
            disk_free: None,
        }
    }
}

/// How a `sync` ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was exchanged, every photo verified.
    Drained,
    /// It cannot go on now, and why.
    Stuck(ApiError),
}

type Listener = Arc<dyn Fn(&Changed) + Send + Sync>;

enum Inside {
    Setup,
    Locked(Protection),
    Ready(Ready),
}

struct Ready {
    bell: Arc<Bell>,
    // Stopped before the store is let go, in this order.
    driver: Option<Driver>,
    _chores: Option<Chores>,
    api: Arc<Api>,
    _running: Running,
}

pub struct Laptop {
    dir: PathBuf,
    options: Options,
    inside: Mutex<Inside>,
    listeners: Arc<Mutex<Vec<Listener>>>,
    started: Mutex<bool>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Laptop {
    /// Opens a data folder as far as it opens without a person: an empty one is for enrolling, one whose key
    /// is wrapped by a passphrase waits for it.
    ///
    /// # Errors
    /// `FolderInUse`, `NewerDatabase`, `Corrupt`, `WrongPassphrase`, disk failures.
    pub fn open(dir: &Path, options: Options) -> Result<Self, ApiError> {
        let laptop = Self {
            dir: dir.to_owned(),
            inside: Mutex::new(Inside::Setup),
            options,
            listeners: Arc::default(),
            started: Mutex::new(false),
        };
        if let Peek::Locked(protection) = peek(dir)? {
            let passphrase = laptop.options.passphrase.clone();
            let unlock = passphrase.as_deref().map_or(Unlock::Automatic, Unlock::Passphrase);
            match Store::open(dir, unlock, &laptop.store_options()) {
                Ok(store) => laptop.take(store)?,
                Err(StoreError::NeedsPassphrase) => *held(&laptop.inside) = Inside::Locked(protection),
                Err(e) => return Err(e.into()),
            }
        }
        Ok(laptop)
    }

    fn store_options(&self) -> OpenOptions {
        OpenOptions { state_dir: self.options.state_dir.clone(), faults: self.options.faults.clone() }
    }

    /// A store that is open: with an identity the laptop is ready, without one it is still to be enrolled.
    fn take(&self, store: Store) -> Result<(), ApiError> {
        if store.identity()?.is_none() {
            return Ok(());
        }
        let mut vault = Vault::open(&self.dir.join("photos"), store.vault_key().map(VaultKey::from_bytes))?;
        if let Some(free) = self.options.disk_free.clone() {
            vault = vault.with_free(move || free());
        }
        let api = Arc::new(Api::open(Arc::new(store), Arc::new(vault), Arc::clone(&self.options.clock)));
        let listeners = Arc::clone(&self.listeners);
        api.on_change(move |changed| {
            let all = held(&listeners).clone();
            all.iter().for_each(|listener| listener(changed));
        });
        let bell = Arc::new(Bell::default());
        let rings = Arc::clone(&bell);
        api.on_change(move |changed| rings.changed(changed));
        let (running, cut_off) = Running::begin(&self.dir, api.cut_off());
        if cut_off {
            match api.laptop_caller().and_then(|caller| api.take_in_orphans(&caller)) {
                Ok(came_back) => tracing::warn!(came_back, "the last run was cut off"),
                Err(error) => {
                    tracing::warn!(%error, "what the last run left waits for the next start");
                    api.cut_off().store(true, Ordering::Relaxed);
                }
            }
        }
        let mut ready = Ready { bell, driver: None, _chores: None, api, _running: running };
        if *held(&self.started) {
            ready.start()?;
        }
        *held(&self.inside) = Inside::Ready(ready);
        Ok(())
    }

    /// Starts the network and the chores, now or as soon as the laptop is ready.
    ///
    /// # Errors
    /// What [`Driver::start`] says.
    pub fn start(&self) -> Result<(), ApiError> {
        *held(&self.started) = true;
        if let Inside::Ready(ready) = &mut *held(&self.inside)
            && ready.driver.is_none()
        {
            ready.start()?;
        }
        Ok(())
    }

    /// Lets go of the network; the folder stays open.
    pub fn stop(&self) {
        *held(&self.started) = false;
        let taken = match &mut *held(&self.inside) {
            Inside::Ready(ready) => (ready.driver.take(), ready._chores.take()),
            _ => (None, None),
        };
        drop(taken);
    }

    /// Calls back after every change, on the thread that made it.
    pub fn on_change(&self, listener: impl Fn(&Changed) + Send + Sync + 'static) {
        held(&self.listeners).push(Arc::new(listener));
    }

    /// # Errors
    /// `NotEnrolled` or `Locked` until there is a program to ask.
    pub fn api(&self) -> Result<Arc<Api>, ApiError> {
        match &*held(&self.inside) {
            Inside::Ready(ready) => Ok(Arc::clone(&ready.api)),
            Inside::Locked(_) => Err(ApiError::new(ErrorCode::Locked)),
            Inside::Setup => Err(ApiError::new(ErrorCode::NotEnrolled)),
        }
    }

    /// # Errors
    /// Disk failures.
    pub fn state(&self) -> Result<AppStateView, ApiError> {
        let mut view = AppStateView {
            phase: Phase::Setup,
            host: Host::Desktop,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            town: None,
            server_url: None,
            user: None,
            device: None,
            key_protection: None,
            prefs: PrefsView::default(),
        };
        let api = match &*held(&self.inside) {
            Inside::Setup => return Ok(view),
            Inside::Locked(protection) => {
                view.phase = Phase::Locked;
                view.key_protection = Some(shown(*protection));
                return Ok(view);
            }
            Inside::Ready(ready) => Arc::clone(&ready.api),
        };
        let me = api.store().identity()?.ok_or_else(|| ApiError::new(ErrorCode::NotEnrolled))?;
        view.phase = Phase::Ready;
        view.user = Some(UserView { name: me.user_name, roles: api.laptop_caller()?.roles, id: me.user.clone() });
        view.prefs = api.prefs(&me.user)?;
        view.town = Some(me.town_name);
        view.server_url = Some(me.server_url);
        view.device = Some(DeviceView { id: me.device, name: me.device_name });
        view.key_protection = Some(shown(api.store().protection()));
        Ok(view)
    }

    /// Enrols this laptop, making its data folder. Nothing is left behind when the server refuses.
    ///
    /// # Errors
    /// `AlreadyEnrolled`, `Invalid`, `Offline`, `NotOurServer`, `CodeRefused`, disk failures.
    pub fn enrol(&self, asked: &EnrolRequest) -> Result<AppStateView, ApiError> {
        if !matches!(&*held(&self.inside), Inside::Setup) {
            return Err(ApiError::new(ErrorCode::AlreadyEnrolled));
        }
        let origin = origin::origin(&asked.server_url)?;
        let fresh = peek(&self.dir)? == Peek::Empty;
        let store = self.new_store(fresh, asked.passphrase.as_deref())?;
        match self.ask_for_enrolment(&origin, &store, asked) {
            Ok(enrolled) => {
                store.enrol(&enrolled, times(self.options.clock.as_ref(), None))?;
                self.take(store)?;
                self.state()
            }
            Err(e) => {
                drop(store);
                if fresh {
                    self.clear();
                }
                Err(e)
            }
        }
    }

    fn new_store(&self, fresh: bool, passphrase: Option<&str>) -> Result<Store, ApiError> {
        let passphrase = passphrase.or(self.options.passphrase.as_deref()).filter(|p| !p.is_empty());
        let options = self.store_options();
        if fresh {
            return Ok(Store::create(&self.dir, passphrase.map_or(NewKey::Automatic, NewKey::Passphrase), &options)?);
        }
        Ok(Store::open(&self.dir, passphrase.map_or(Unlock::Automatic, Unlock::Passphrase), &options)?)
    }

    fn ask_for_enrolment(
        &self,
        origin: &reqwest::Url,
        store: &Store,
        asked: &EnrolRequest,
    ) -> Result<Enrolled, ApiError> {
        let device_name = asked.device_name.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(host_name);
        let key = store.device_key()?;
        let welcome = blocking(enrol::enrol(origin, &asked.code, &key, &device_name))??;
        if welcome.device != key.device_id() {
            return Err(ApiError::new(ErrorCode::NotOurServer));
        }
        Ok(Enrolled {
            device_name,
            user: welcome.user,
            user_name: welcome.user_name,
            server_url: origin.origin().ascii_serialization(),
            server_key: welcome.server_public_key,
            log: welcome.log,
            epoch: welcome.epoch,
            town_name: welcome.town_name,
            town_code: welcome.town_code,
        })
    }

    /// A folder made a moment ago for an enrolment that did not happen.
    fn clear(&self) {
        for file in ["key.json", "folder.json", "app.db", "app.db-wal", "app.db-shm", "outbox.journal"] {
            let _absent = std::fs::remove_file(self.dir.join(file));
        }
    }

    /// # Errors
    /// `WrongPassphrase`.
    pub fn unlock(&self, passphrase: &str) -> Result<AppStateView, ApiError> {
        if matches!(&*held(&self.inside), Inside::Locked(_)) {
            self.take(Store::open(&self.dir, Unlock::Passphrase(passphrase), &self.store_options())?)?;
        }
        self.state()
    }

    /// Runs one command of the table as the enrolled person.
    ///
    /// # Errors
    /// What the command says; `NotEnrolled` or `Locked` before there is anybody.
    pub fn call(&self, name: &str, args: Value) -> Result<Value, ApiError> {
        let (api, caller) = self.caller()?;
        command::dispatch(&api, &caller, name, args)
    }

    /// The program and the enrolled person: for what needs more than JSON in and out, such as files.
    ///
    /// # Errors
    /// `NotEnrolled` or `Locked` before there is anybody.
    pub fn caller(&self) -> Result<(Arc<Api>, Caller), ApiError> {
        let api = self.api()?;
        let caller = api.laptop_caller()?;
        Ok((api, caller))
    }

    /// 现在同步.
    pub fn sync_now(&self) {
        if let Inside::Ready(Ready { driver: Some(driver), .. }) = &*held(&self.inside) {
            let _wish = driver.now();
        }
    }

    /// # Errors
    /// What [`Api::import`] says.
    pub fn import(
        &self,
        bytes: &[u8],
        name: &str,
        mtime_ms: Option<i64>,
        channel: Channel,
    ) -> Result<TrayPhoto, ApiError> {
        let (api, caller) = self.caller()?;
        api.import(&caller, bytes, &PhotoSource { name: name.to_owned(), mtime_ms, channel })
    }

    /// # Errors
    /// `PhotoMissing`, `NotAllowed`.
    pub fn photo(&self, hash: &str) -> Result<Vec<u8>, ApiError> {
        let (api, caller) = self.caller()?;
        api.photo(&caller, hash)
    }

    /// Exchanges everything, or says why it cannot. Returns when nothing moves any more.
    ///
    /// # Errors
    /// `NotEnrolled`, `Locked`.
    pub fn sync_until_quiet(&self, at_most: Duration) -> Result<Outcome, ApiError> {
        self.api()?;
        self.start()?;
        let (mut said, wish) = match &*held(&self.inside) {
            Inside::Ready(Ready { driver: Some(driver), .. }) => {
                let wish = driver.now();
                (driver.said(), wish)
            }
            _ => return Err(ApiError::new(ErrorCode::NotEnrolled)),
        };
        blocking(async move {
            match tokio::time::timeout(at_most, quiet(&mut said, wish)).await {
                Ok(Some(last)) => ended(&last),
                Ok(None) => Outcome::Stuck(ApiError::new(ErrorCode::Internal).with("op", "sync")),
                Err(_) => Outcome::Stuck(ApiError::new(ErrorCode::Offline).with("reason", "slow").retryable()),
            }
        })
    }
}

/// The first status after the wish in which nothing moves; none when the driver has ended.
async fn quiet(said: &mut tokio::sync::watch::Receiver<Said>, wish: u64) -> Option<Status> {
    let still = |s: &Said| s.heard >= wish && ((s.status.drained && !s.status.working) || hopeless(&s.status));
    said.wait_for(still).await.ok().map(|s| s.status.clone())
}

fn ended(status: &Status) -> Outcome {
    match &status.trouble {
        Some(trouble) => Outcome::Stuck(crate::trouble::told(trouble)),
        None if status.refused_files > 0 => Outcome::Stuck(
            ApiError::new(ErrorCode::NotAllowed).with("action", "send_photos").with("files", status.refused_files),
        ),
        None => Outcome::Drained,
    }
}

impl Ready {
    fn start(&mut self) -> Result<(), ApiError> {
        let chores = Chores::start(&self.api).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
        self.driver = Some(Driver::start(&self.api, &self.bell)?);
        self._chores = Some(chores);
        Ok(())
    }
}

fn shown(protection: Protection) -> KeyProtection {
    match protection {
        Protection::OsKeyStore => KeyProtection::OsKeyStore,
        Protection::Passphrase => KeyProtection::Passphrase,
        Protection::UserFile => KeyProtection::UserFile,
        Protection::Plain => KeyProtection::Server,
    }
}

fn host_name() -> String {
    std::fs::read_to_string("/etc/hostname")
        .map(|name| name.trim().to_owned())
        .ok()
        .filter(|n| !n.is_empty())
        .unwrap_or_else(|| "laptop".to_owned())
}

/// Runs to its end on a runtime of its own: callers are plain threads.
fn blocking<T>(work: impl Future<Output = T>) -> Result<T, ApiError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Ok(runtime.map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?.block_on(work))
}
