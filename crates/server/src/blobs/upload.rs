//! One upload, from its announcement to the receipt.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt as _};
use tokio::fs::{File, OpenOptions};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use xunju_evidence::Hash;
use xunju_photos::PhotoError;
use xunju_sync::limits::{DURABLE_EVERY_BYTES, DURABLE_EVERY_MS};

use super::Blobs;
use super::register::{self, Whole};
use crate::error::ServerError;
use crate::journal::directory::Device;
use crate::stage;

/// No byte for this long ends a request (a stall, not a total: sync.md §7.3).
const STALL: Duration = Duration::from_secs(60);

/// How far an upload has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Durable bytes of `length`.
    Partial {
        offset: u64,
        length: u64,
    },
    Whole(Whole),
}

/// Why an upload does not go on.
#[derive(Debug)]
pub enum UploadError {
    /// No received event of this device names the file.
    NotVouched,
    /// The announced length is not the one the event names.
    OtherLength {
        vouched: u64,
    },
    /// It was never announced.
    Unknown,
    /// The file stands elsewhere.
    Offset {
        durable: u64,
    },
    /// More bytes than announced.
    TooLong,
    /// The whole file does not have its hash; it starts again from nothing.
    Mismatch,
    /// The body broke off; what came is durable.
    BrokenOff,
    Failed(ServerError),
}

impl<E: Into<ServerError>> From<E> for UploadError {
    fn from(e: E) -> Self {
        Self::Failed(e.into())
    }
}

impl Blobs {
    /// Announces an upload, or finds it where it stands.
    ///
    /// # Errors
    /// `NotVouched`, `OtherLength`, `Failed`.
    pub async fn create(self: &Arc<Self>, device: &Device, hash: Hash, length: u64) -> Result<Progress, UploadError> {
        let vouched = self.length(device, hash).await?;
        if vouched != length {
            return Err(UploadError::OtherLength { vouched });
        }
        match self.look(device, hash).await {
            Err(UploadError::Unknown) => {
                let path = self.path(&hash);
                let file = OpenOptions::new().create(true).append(true).open(&path).await;
                file.map_err(|e| ServerError::io("announce upload", &path, e))?;
                Ok(Progress::Partial { offset: 0, length })
            }
            other => other,
        }
    }

    /// Durable bytes. Whoever is writing at the moment is asked to stop first: who asks has lost the
    /// other connection.
    ///
    /// # Errors
    /// `NotVouched`, `Unknown`, `Failed`.
    pub async fn look(self: &Arc<Self>, device: &Device, hash: Hash) -> Result<Progress, UploadError> {
        let length = self.length(device, hash).await?;
        let slot = self.slot(&hash);
        let _stop = slot.claim();
        let _turn = slot.turn.lock().await;
        self.standing(hash, length).await
    }

    /// Takes bytes from `offset` on. Goes on even when the asker goes away, until the body ends.
    ///
    /// # Errors
    /// Every [`UploadError`].
    pub async fn patch<S, B, E>(
        self: &Arc<Self>,
        device: &Device,
        hash: Hash,
        offset: u64,
        body: S,
    ) -> Result<Progress, UploadError>
    where
        S: Stream<Item = Result<B, E>> + Unpin + Send + 'static,
        B: AsRef<[u8]> + Send + 'static,
        E: Send + 'static,
    {
        let length = self.length(device, hash).await?;
        let (blobs, slot) = (Arc::clone(self), self.slot(&hash));
        let stop = slot.claim();
        let taking = tokio::spawn(async move {
            let _turn = slot.turn.lock().await;
            match blobs.standing(hash, length).await? {
                Progress::Whole(whole) if offset == length => return Ok(Progress::Whole(whole)),
                Progress::Whole(_) => return Err(UploadError::Offset { durable: length }),
                Progress::Partial { offset: durable, .. } if durable != offset => {
                    return Err(UploadError::Offset { durable });
                }
                Progress::Partial { .. } => {}
            }
            let path = blobs.path(&hash);
            let taken = Taking::open(&path, offset, length).await?.run(body, stop).await;
            match taken {
                Ok(offset) if offset == length => blobs.finish(hash).await.map(Progress::Whole),
                Ok(offset) => Ok(Progress::Partial { offset, length }),
                Err(e) => Err(e),
            }
        });
        taking.await.map_err(|e| ServerError::inner("take upload", e))?
    }

    async fn length(self: &Arc<Self>, device: &Device, hash: Hash) -> Result<u64, UploadError> {
        let (blobs, dev) = (Arc::clone(self), device.dev.clone());
        let found = blocking(move || blobs.journal.read(|conn| register::vouched(conn, &dev, &hash))).await?;
        found.ok_or(UploadError::NotVouched)
    }

    /// What is durable: a whole file, or the synced bytes of the upload. A file that became whole just
    /// before a crash is noticed here.
    async fn standing(self: &Arc<Self>, hash: Hash, length: u64) -> Result<Progress, UploadError> {
        let blobs = Arc::clone(self);
        if let Some(whole) = blocking(move || blobs.vouch(&hash)).await? {
            return Ok(Progress::Whole(whole));
        }
        let path = self.path(&hash);
        let file = match OpenOptions::new().append(true).open(&path).await {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(UploadError::Unknown),
            Err(e) => return Err(ServerError::io("open upload", &path, e).into()),
        };
        file.sync_data().await.map_err(|e| ServerError::io("sync upload", &path, e))?;
        let offset = file.metadata().await.map_err(|e| ServerError::io("read upload", &path, e))?.len();
        if offset >= length {
            return self.finish(hash).await.map(Progress::Whole);
        }
        Ok(Progress::Partial { offset, length })
    }

    /// Whole-file hash, then the file's name, then the row, then the answer.
    async fn finish(self: &Arc<Self>, hash: Hash) -> Result<Whole, UploadError> {
        let blobs = Arc::clone(self);
        let done = blocking(move || {
            stage::reach("blob_synced");
            let path = blobs.path(&hash);
            let stored = match blobs.vault.adopt(&path, &hash.hex()) {
                Err(PhotoError::HashMismatch { .. }) => {
                    std::fs::remove_file(&path).map_err(|e| ServerError::io("drop upload", &path, e))?;
                    return Ok(None);
                }
                other => other?,
            };
            stage::reach("blob_adopted");
            blobs.journal.write(move |tx| register::note(tx, &hash, stored.bytes)).map(Some)
        });
        let whole = done.await?.ok_or(UploadError::Mismatch)?;
        self.arrived();
        Ok(whole)
    }

    fn path(&self, hash: &Hash) -> PathBuf {
        self.vault.stage(&hash.hex())
    }
}

async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, ServerError> + Send + 'static,
) -> Result<T, ServerError> {
    tokio::task::spawn_blocking(act).await.map_err(|e| ServerError::inner("upload", e))?
}

/// Bytes going into the file.
struct Taking {
    file: File,
    path: PathBuf,
    offset: u64,
    length: u64,
    unsynced: u64,
    synced_at: Instant,
}

impl Taking {
    async fn open(path: &Path, offset: u64, length: u64) -> Result<Self, ServerError> {
        let failed = |e| ServerError::io("open upload", path, e);
        let mut file = OpenOptions::new().write(true).open(path).await.map_err(failed)?;
        file.set_len(offset).await.map_err(failed)?;
        file.seek(std::io::SeekFrom::Start(offset)).await.map_err(failed)?;
        Ok(Self { file, path: path.to_owned(), offset, length, unsynced: 0, synced_at: Instant::now() })
    }

    /// Until the body ends, breaks, stalls, or somebody else asks for the upload. Whatever came is
    /// durable when this returns.
    async fn run<S, B, E>(mut self, mut body: S, mut stop: watch::Receiver<u64>) -> Result<u64, UploadError>
    where
        S: Stream<Item = Result<B, E>> + Unpin,
        B: AsRef<[u8]>,
    {
        let ended = loop {
            let next = tokio::select! {
                next = timeout(STALL, body.next()) => next,
                _ = stop.changed() => break Err(UploadError::BrokenOff),
            };
            match next {
                Ok(Some(Ok(bytes))) => {
                    if let Err(e) = self.take(bytes.as_ref()).await {
                        break Err(e);
                    }
                }
                Ok(None) => break Ok(()),
                Ok(Some(Err(_))) | Err(_) => break Err(UploadError::BrokenOff),
            }
        };
        self.sync().await?;
        ended.map(|()| self.offset)
    }

    async fn take(&mut self, bytes: &[u8]) -> Result<(), UploadError> {
        let count = bytes.len() as u64;
        if self.offset + count > self.length {
            return Err(UploadError::TooLong);
        }
        self.file.write_all(bytes).await.map_err(|e| ServerError::io("write upload", &self.path, e))?;
        self.offset += count;
        self.unsynced += count;
        if self.unsynced >= DURABLE_EVERY_BYTES || self.synced_at.elapsed() >= Duration::from_millis(DURABLE_EVERY_MS) {
            self.sync().await?;
        }
        Ok(())
    }

    async fn sync(&mut self) -> Result<(), ServerError> {
        let failed = |path: &Path, e| ServerError::io("sync upload", path, e);
        self.file.flush().await.map_err(|e| failed(&self.path, e))?;
        self.file.sync_data().await.map_err(|e| failed(&self.path, e))?;
        (self.unsynced, self.synced_at) = (0, Instant::now());
        stage::reach("blob_part");
        Ok(())
    }
}
