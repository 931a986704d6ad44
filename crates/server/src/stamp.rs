//! Somebody else's word for when the log was what it was: a time stamp (RFC 3161) over a checkpoint's note.
//!
//! Query and answer are made and checked by the `openssl` program, which knows the whole standard and which a court's
//! expert has, too (ADR 42): the answer must fit the query's hash and nonce, be signed for time stamping, and lead to
//! the authority that was configured. What does not is not kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::error::{Result, ServerError};
use crate::folder::Folder;
use crate::journal::{Journal, level, tree};

const ANSWER: Duration = Duration::from_secs(30);
/// Longer than any token with its certificates.
const TOKEN_BYTES_MAX: usize = 64 * 1024;

/// A time-stamp service, and the certificate of the authority it must lead to.
#[derive(Debug, Clone)]
pub struct Service {
    pub url: String,
    /// PEM.
    pub ca: PathBuf,
}

/// Stamps the newest checkpoint, where the log has grown since the last stamp. The size that is stamped now, if any.
///
/// # Errors
/// `BadRequest` for a service that is not reached or answers something else; `NotFound` without `openssl`; `Io`, `Sql`.
pub async fn once(folder: &Folder, journal: &Journal, service: &Service) -> Result<Option<u64>> {
    let newest = journal.write(tree::sign)?.map(|_| journal.read(tree::newest)).transpose()?.flatten();
    let stamped = journal.read(level::stamped)?.map(|stamped| stamped.size);
    let Some((size, note)) = newest.filter(|(size, _)| stamped.is_none_or(|stamped| *size > stamped)) else {
        return Ok(None);
    };
    let desk = Desk::make(folder)?;
    let query = desk.query(&note)?;
    let token = ask(service, query).await?;
    desk.check(&token, &service.ca)?;
    journal.write(move |tx| level::note_stamp(tx, size, &token))?;
    Ok(Some(size))
}

async fn ask(service: &Service, query: Vec<u8>) -> Result<Vec<u8>> {
    let failed = |e: String| ServerError::BadRequest { what: format!("time-stamp service {}: {e}", service.url) };
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().timeout(ANSWER).redirect(reqwest::redirect::Policy::none()).build();
    let client = client.map_err(|e| ServerError::inner("set up client", e))?;
    let asked = client.post(&service.url).header("content-type", "application/timestamp-query").body(query);
    let answer = asked.send().await.and_then(reqwest::Response::error_for_status).map_err(|e| failed(e.to_string()))?;
    let token = answer.bytes().await.map_err(|e| failed(e.to_string()))?;
    if token.len() > TOKEN_BYTES_MAX {
        return Err(failed("its answer is too long".to_owned()));
    }
    Ok(token.to_vec())
}

/// A folder for the files `openssl` reads and writes; gone afterwards.
struct Desk(PathBuf);

impl Desk {
    fn make(folder: &Folder) -> Result<Self> {
        let path = folder.root().join(format!("stamp-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).map_err(|e| ServerError::io("make folder", &path, e))?;
        Ok(Self(path))
    }

    fn query(&self, note: &str) -> Result<Vec<u8>> {
        self.write("note", note.as_bytes())?;
        self.run(&["ts", "-query", "-data", "note", "-sha256", "-cert", "-out", "query.tsq"])?;
        let path = self.0.join("query.tsq");
        fs::read(&path).map_err(|e| ServerError::io("read query", &path, e))
    }

    fn check(&self, token: &[u8], ca: &Path) -> Result<()> {
        let ca = fs::canonicalize(ca).map_err(|e| ServerError::io("read certificate", ca, e))?;
        self.write("token.tsr", token)?;
        let ca = ca.display().to_string();
        self.run(&["ts", "-verify", "-queryfile", "query.tsq", "-in", "token.tsr", "-CAfile", &ca])
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.0.join(name);
        fs::write(&path, bytes).map_err(|e| ServerError::io("write", &path, e))
    }

    fn run(&self, args: &[&str]) -> Result<()> {
        let done = Command::new("openssl").args(args).current_dir(&self.0).output();
        let done = done.map_err(|e| ServerError::NotFound { what: format!("openssl: {e}") })?;
        if done.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&done.stderr);
        let line = said.lines().find(|line| line.contains("error:")).unwrap_or("refused").to_owned();
        Err(ServerError::BadRequest { what: format!("the time stamp does not hold: {line}") })
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
