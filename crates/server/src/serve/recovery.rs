//! A server that was put back from a backup: only laptops are heard, until the log is made again.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use tokio::task::JoinHandle;
use tokio::time::interval;

use super::{Config, GRACE, bind, tls};
use crate::error::{Result, ServerError};
use crate::folder::{Folder, ServeLock};
use crate::http::recovering;
use crate::journal::{Journal, town};

/// How often it is looked whether the recovery is over: another process may end it.
const LOOK: Duration = Duration::from_millis(500);

pub struct Recovering {
    pub addr: SocketAddr,
    pub url: String,
    journal: Arc<Journal>,
    handle: Handle,
    serving: JoinHandle<std::io::Result<()>>,
    _lock: ServeLock,
}

/// None where there is nothing to recover.
///
/// # Errors
/// As [`super::start`].
pub async fn start(config: &Config) -> Result<Option<Recovering>> {
    let (data, clock) = (config.data.clone(), config.clock.clone());
    let open = move || -> Result<Option<(ServeLock, Arc<Journal>)>> {
        let folder = Folder::open(&data)?;
        crate::db::refuse_newer(&folder.journal_db())?;
        if !folder.journal_db().is_file() {
            return Ok(None);
        }
        let lock = folder.lock()?;
        let journal = Journal::open(&folder, clock)?;
        let recovering = journal.read(town::read)?.recovering.is_some();
        Ok(recovering.then_some((lock, journal)))
    };
    let opened = tokio::task::spawn_blocking(open).await.map_err(|e| ServerError::inner("open folder", e))??;
    let Some((lock, journal)) = opened else { return Ok(None) };
    let tls = config.tls.as_ref().map(|(cert, key)| tls::config(cert, key)).transpose()?;
    let (addr, listener): (SocketAddr, TcpListener) = bind(config)?;
    let handle = Handle::new();
    let service = recovering(Arc::clone(&journal)).into_make_service_with_connect_info::<SocketAddr>();
    let scheme = if tls.is_some() { "https" } else { "http" };
    let serving = match tls {
        Some(tls) => tokio::spawn(axum_server::from_tcp_rustls(listener, tls).handle(handle.clone()).serve(service)),
        None => tokio::spawn(axum_server::from_tcp(listener).handle(handle.clone()).serve(service)),
    };
    tracing::warn!("put back from a backup: waiting for what laptops have seen since");
    Ok(Some(Recovering { addr, url: format!("{scheme}://{addr}"), journal, handle, serving, _lock: lock }))
}

impl Recovering {
    /// Ends when the recovery is over.
    ///
    /// # Errors
    /// `Sql`.
    pub async fn over(&self) -> Result<()> {
        let mut look = interval(LOOK);
        loop {
            look.tick().await;
            let journal = Arc::clone(&self.journal);
            let town = tokio::task::spawn_blocking(move || journal.read(town::read)).await;
            if town.map_err(|e| ServerError::inner("look", e))??.recovering.is_none() {
                return Ok(());
            }
        }
    }

    /// Lets requests finish and the folder go.
    ///
    /// # Errors
    /// `Io` of the listener, `Sql`.
    pub async fn stop(self) -> Result<()> {
        self.handle.graceful_shutdown(Some(GRACE));
        let served = self.serving.await.map_err(|e| ServerError::inner("serve", e))?;
        served.map_err(|e| ServerError::inner("serve", e))?;
        let journal = self.journal;
        tokio::task::spawn_blocking(move || journal.checkpoint())
            .await
            .map_err(|e| ServerError::inner("checkpoint", e))?
    }
}
