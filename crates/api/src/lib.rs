//! One function per thing a person can do, the same for window, browser and command line.
//!
//! Owns: the table of commands ([`command`]), the views and their TypeScript, the closed list of error
//! codes, change events. Must never: know Tauri or axum, speak SQL, or decide a rule of the town's work
//! (that is `domain`). A write: `act` → `domain::case::decide` → `store.commit`. A read: `act` → `store`
//! → `present`.
//!
//! Start reading at [`command`], then `act/case.rs` and `present/case.rs`.

pub mod act;
mod bundle;
pub mod clock;
pub mod command;
pub mod error;
mod import;
mod leave;
pub mod ledger;
mod looks;
mod orphan;
mod present;
mod refuse;
mod rendition;
mod rescue;
mod room;
pub mod typescript;
pub mod view;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard};

use xunju_domain::case::CaseState;
use xunju_domain::deadline::Calendar;
use xunju_domain::permission::{Action, Role, Scopes, may, may_know, roles_from_codes, sees_own_orders_only};
use xunju_domain::user::UserState;
use xunju_photos::Vault;
use xunju_photos::folder::Watch;
use xunju_store::{Changed, Protection, Query, RecordRow, Store};

use clock::Clock;
use error::{ApiError, ErrorCode};
use refuse::Refused;
use view::app::{Host, PrefsView};

pub use bundle::Bundle;
pub use import::PhotoSource;
/// Checking an evidence bundle needs nothing but its bytes.
pub use xunju_evidence::bundle as evidence_bundle;
/// What a photo's file says of itself, without taking it in.
pub use xunju_photos::inspect as photo_inspect;
/// The decoder process: the first call of every `main` that takes pictures in.
pub use xunju_photos::worker as photo_worker;
/// What a rescue file says of itself.
pub use xunju_store::rescue as rescue_file;

/// Who is asking. On a laptop the enrolled person; on the web desk the signed-in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub user: String,
    pub roles: Vec<String>,
    pub scopes: Scopes,
    /// Department id; empty for those of no department.
    pub unit: String,
    pub host: Host,
}

impl Caller {
    fn roles(&self) -> Vec<Role> {
        roles_from_codes(&self.roles)
    }

    fn require(&self, action: Action) -> Result<(), ApiError> {
        if may(&self.roles(), action) {
            return Ok(());
        }
        Err(ApiError::new(ErrorCode::NotAllowed).with("action", format!("{action:?}").to_lowercase()))
    }

    /// Whether the caller may be told whom a case is about (domain.md §7).
    fn knows(&self, case: &CaseState) -> bool {
        may_know(&self.roles(), case.author == self.user, case.is_open())
    }

    /// Cases of this kind that the caller may see: within their compounds, and for an officer of a department those
    /// given to it.
    fn cases(&self, facets: Vec<(&str, String)>) -> Query {
        let own = sees_own_orders_only(&self.roles()).then(|| ("unit", self.unit.clone()));
        let facets = facets.into_iter().chain(own).map(|(key, value)| (key.to_owned(), value));
        Query { kind: "case".into(), facets: facets.collect(), scopes: self.scope_list(), ..Query::default() }
    }

    /// Scopes as a query takes them: all, or just these.
    fn scope_list(&self) -> Option<Vec<String>> {
        match &self.scopes {
            Scopes::All => None,
            Scopes::Some(list) => Some(list.iter().cloned().collect()),
        }
    }
}

/// What the link knows and the store does not: is there a network, is something on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    pub online: bool,
    /// Items done and items in all, while sending.
    pub sending: Option<(u32, u32)>,
}

type Listener = Box<dyn Fn(&Changed) + Send + Sync>;

/// The program behind the screens: one store, one vault, one clock.
pub struct Api {
    store: Arc<Store>,
    vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
    listeners: Mutex<Vec<Listener>>,
    live: Mutex<Live>,
    watch: Mutex<Option<Watch>>,
    /// The calendar that counts here, until another version comes in.
    calendar: Mutex<Option<Arc<Calendar>>>,
    /// Set while the last write failed for want of disk: the only red state of the sync chip.
    not_saved: Mutex<bool>,
    /// One number is picked and committed at a time.
    numbering: Mutex<()>,
    /// Long work that is watched.
    jobs: ledger::Jobs,
    /// Ledgers on their way in or out.
    files: ledger::Files,
    /// An import ended between file and row: the next start is to look for it.
    cut_off: Arc<AtomicBool>,
    /// What pictures look like.
    looks: Mutex<looks::Looks>,
}

impl Api {
    /// Over a laptop's store.
    #[must_use]
    pub fn open(store: Arc<Store>, vault: Arc<Vault>, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            vault,
            clock,
            listeners: Mutex::default(),
            live: Mutex::default(),
            watch: Mutex::default(),
            calendar: Mutex::default(),
            not_saved: Mutex::default(),
            numbering: Mutex::default(),
            jobs: ledger::Jobs::default(),
            files: ledger::Files::default(),
            cut_off: Arc::default(),
            looks: Mutex::default(),
        }
    }

    /// Over the town server's own replica: the web desk.
    #[must_use]
    pub fn open_desk(store: Arc<Store>, vault: Arc<Vault>, clock: Arc<dyn Clock>) -> Self {
        let api = Self::open(store, vault, clock);
        api.set_live(Live { online: true, sending: None });
        api
    }

    #[must_use]
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    #[must_use]
    pub fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }

    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Calls back after every change, on the thread that made it.
    pub fn on_change(&self, listener: impl Fn(&Changed) + Send + Sync + 'static) {
        held(&self.listeners).push(Box::new(listener));
    }

    /// Tells everybody listening. The link calls this for what came over the network.
    pub fn changed(&self, changed: &Changed) {
        if changed.topics.contains("calendar") {
            *held(&self.calendar) = None;
        }
        if !changed.is_empty() {
            held(&self.listeners).iter().for_each(|listener| listener(changed));
        }
    }

    pub fn set_live(&self, live: Live) {
        let before = std::mem::replace(&mut *held(&self.live), live.clone());
        if before != live {
            self.changed(&Changed::topic("sync"));
        }
    }

    /// Set once an import failed after its file was written, so that [`Api::take_in_orphans`] has something to do.
    #[must_use]
    pub fn cut_off(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cut_off)
    }

    fn live(&self) -> Live {
        held(&self.live).clone()
    }

    fn is_desk(&self) -> bool {
        self.store.protection() == Protection::Plain
    }

    /// Who the laptop's enrolled person is, with the roles and scopes the server last told.
    ///
    /// # Errors
    /// `NotEnrolled`, disk failures.
    pub fn laptop_caller(&self) -> Result<Caller, ApiError> {
        let me = self.store.identity().refused()?.ok_or_else(|| ApiError::new(ErrorCode::NotEnrolled))?;
        let known = self.user(&me.user)?;
        let defined = known.map(|user| user.defined).unwrap_or_default();
        let scopes = Scopes::from(&defined.scopes);
        Ok(Caller { user: me.user, roles: defined.roles, scopes, unit: defined.unit, host: Host::Desktop })
    }

    /// # Errors
    /// Disk failures.
    pub fn prefs(&self, user: &str) -> Result<PrefsView, ApiError> {
        let text = self.store.setting(user, "prefs").refused()?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    fn user(&self, id: &str) -> Result<Option<UserState>, ApiError> {
        let row = self.store.record(&format!("user:{id}")).refused()?;
        row.map(|row| doc(&row)).transpose()
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A projection read back as the type that was projected.
fn doc<T: serde::de::DeserializeOwned>(row: &RecordRow) -> Result<T, ApiError> {
    serde_json::from_value(row.doc.clone())
        .map_err(|e| ApiError::new(ErrorCode::Corrupt).with("what", &row.id).with("cause", e))
}
