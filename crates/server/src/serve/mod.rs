//! Running: the listener, the two background tasks, and a stop that loses nothing.

mod background;
pub mod recovery;
mod tls;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::accounts::setup;
use crate::blobs::Blobs;
use crate::clock::Clock;
use crate::desk::Desk;
use crate::error::{Result, ServerError};
use crate::folder::{Folder, ServeLock};
use crate::http::metrics::Metrics;
use crate::http::{App, router};
use crate::journal::Journal;

/// Requests under way get this long to finish.
const GRACE: Duration = Duration::from_secs(20);

/// How to serve.
#[derive(Debug, Clone)]
pub struct Config {
    pub data: PathBuf,
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Certificate chain and key, PEM files.
    pub tls: Option<(PathBuf, PathBuf)>,
    pub clock: Clock,
    /// What a scraper of `/metrics` must bring; without one there are none.
    pub metrics_token: Option<String>,
}

/// A server that runs. Stop it with [`Running::stop`]; dropped, it ends like a killed one.
pub struct Running {
    pub addr: SocketAddr,
    pub url: String,
    /// Set while there is no administrator; valid until the next start or its use.
    pub setup_code: Option<String>,
    pub journal: Arc<Journal>,
    pub blobs: Arc<Blobs>,
    pub desk: Arc<Desk>,
    stopping: watch::Sender<bool>,
    handle: Handle,
    serving: JoinHandle<std::io::Result<()>>,
    background: Vec<JoinHandle<()>>,
    _lock: ServeLock,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").field("addr", &self.addr).finish_non_exhaustive()
    }
}

/// Opens the folder and begins to serve it.
///
/// # Errors
/// `PlainListener` for an address beyond this machine without TLS; `FolderInUse`; `NewerDatabase`; `Tls`; `Io`.
pub async fn start(config: Config) -> Result<Running> {
    let tls = config.tls.as_ref().map(|(cert, key)| tls::config(cert, key)).transpose()?;
    let (data, clock) = (config.data.clone(), config.clone().clock);
    let opened = tokio::task::spawn_blocking(move || open(&data, clock)).await;
    let (lock, journal, blobs, desk, setup_code) = opened.map_err(|e| ServerError::inner("open folder", e))??;

    let (addr, listener) = bind(&config)?;
    let (stopping, stop) = watch::channel(false);
    let app = App {
        journal: Arc::clone(&journal),
        blobs: Arc::clone(&blobs),
        desk: Arc::clone(&desk),
        tls: tls.is_some(),
        metrics: Arc::new(Metrics::new(config.metrics_token.clone())),
        stopping: stop.clone(),
    };
    let background = background::start(&journal, &blobs, &desk, &stop);
    let handle = Handle::new();
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let scheme = if tls.is_some() { "https" } else { "http" };
    let serving = match tls {
        Some(tls) => tokio::spawn(axum_server::from_tcp_rustls(listener, tls).handle(handle.clone()).serve(service)),
        None => tokio::spawn(axum_server::from_tcp(listener).handle(handle.clone()).serve(service)),
    };
    let url = format!("{scheme}://{addr}");
    Ok(Running { addr, url, setup_code, journal, blobs, desk, stopping, handle, serving, background, _lock: lock })
}

/// Takes the address; a plain one only on this machine.
fn bind(config: &Config) -> Result<(SocketAddr, TcpListener)> {
    if config.tls.is_none() && !config.listen.ip().is_loopback() {
        return Err(ServerError::PlainListener { addr: config.listen.to_string() });
    }
    let listener = TcpListener::bind(config.listen).and_then(|listener| {
        listener.set_nonblocking(true)?;
        Ok((listener.local_addr()?, listener))
    });
    listener.map_err(|e| ServerError::inner("listen", format!("{}: {e}", config.listen)))
}

type Opened = (ServeLock, Arc<Journal>, Arc<Blobs>, Arc<Desk>, Option<String>);

fn open(data: &std::path::Path, clock: Clock) -> Result<Opened> {
    let folder = Folder::open(data)?;
    // Before the lock is taken or a key drawn: a newer folder stays as it is.
    crate::db::refuse_newer(&folder.journal_db())?;
    let lock = folder.lock()?;
    let journal = Journal::open(&folder, clock)?;
    let blobs = Blobs::open(&folder, Arc::clone(&journal))?;
    let desk = Desk::open(&folder, Arc::clone(&journal), Arc::clone(&blobs))?;
    let setup_code = setup::code_if_needed(&journal)?;
    Ok((lock, journal, blobs, desk, setup_code))
}

impl Running {
    /// Lets requests finish, lets those who wait go, and folds the WAL into the database.
    ///
    /// # Errors
    /// `Io` of the listener, `Sql` of the last checkpoint.
    pub async fn stop(self) -> Result<()> {
        let _ = self.stopping.send(true);
        self.handle.graceful_shutdown(Some(GRACE));
        let served = self.serving.await.map_err(|e| ServerError::inner("serve", e))?;
        served.map_err(|e| ServerError::inner("serve", e))?;
        for task in self.background {
            task.await.map_err(|e| ServerError::inner("background", e))?;
        }
        let journal = self.journal;
        tokio::task::spawn_blocking(move || journal.checkpoint())
            .await
            .map_err(|e| ServerError::inner("checkpoint", e))?
    }

    /// Ends when the listener fails.
    ///
    /// # Errors
    /// Why it failed.
    pub async fn failed(&mut self) -> Result<()> {
        let served = (&mut self.serving).await.map_err(|e| ServerError::inner("serve", e))?;
        served.map_err(|e| ServerError::inner("serve", e))
    }
}
