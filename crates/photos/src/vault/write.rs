//! Putting a picture in: nothing stands under its name before every byte of it is safe.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::seal::{CHUNK_BYTES, Header, Sealer};
use super::{Stored, Vault};
use crate::digest::Digest;
use crate::error::PhotoError;

/// The points of a write at which the power may go or the disk may refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    CreateTemp,
    /// Before every chunk of 64 KiB.
    WriteChunk,
    SyncTemp,
    MakeFolders,
    Rename,
    SyncFolder,
    /// After the last step: everything is durable, nobody has been told.
    Done,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 7] = [
        Self::CreateTemp,
        Self::WriteChunk,
        Self::SyncTemp,
        Self::MakeFolders,
        Self::Rename,
        Self::SyncFolder,
        Self::Done,
    ];
}

impl Vault {
    /// Puts `bytes` in and returns once they are durable. The same bytes twice are one file; a file
    /// that stands is never written to. One that no longer matches its name is put aside first.
    ///
    /// # Errors
    /// [`PhotoError::DiskFull`], [`PhotoError::Disk`], [`PhotoError::Random`].
    pub fn put(&self, bytes: &[u8]) -> Result<Stored, PhotoError> {
        self.put_digest(bytes, Digest::of(bytes))
    }

    /// Like [`Vault::put`], for bytes that were announced under `hash`.
    ///
    /// # Errors
    /// [`PhotoError::HashMismatch`] and nothing written when they are other bytes.
    pub fn put_as(&self, hash: &str, bytes: &[u8]) -> Result<Stored, PhotoError> {
        let found = Digest::of(bytes);
        if Digest::parse(hash)? != found {
            return Err(PhotoError::HashMismatch { expected: hash.to_owned(), found: found.hex() });
        }
        self.put_digest(bytes, found)
    }

    /// Takes over a finished upload: checks its hash, then moves it under its name. Where the picture
    /// stands already the upload is thrown away. Only in a vault without a key.
    ///
    /// # Errors
    /// [`PhotoError::PlainVaultOnly`]; [`PhotoError::HashMismatch`] with the upload left where it is;
    /// [`PhotoError::Disk`].
    pub fn adopt(&self, tmp: &Path, hash: &str) -> Result<Stored, PhotoError> {
        if self.key.is_some() {
            return Err(PhotoError::PlainVaultOnly { op: "adopt" });
        }
        let digest = Digest::parse(hash)?;
        let (found, bytes) = hash_file(tmp)?;
        if found != digest {
            return Err(PhotoError::HashMismatch { expected: hash.to_owned(), found: found.hex() });
        }
        let stored = Stored { hash: digest.hex(), bytes };
        if self.stands_whole(&digest)? {
            fs::remove_file(tmp).map_err(|e| PhotoError::disk("remove upload", tmp, e))?;
            return Ok(stored);
        }
        self.fault(Step::SyncTemp, tmp)?;
        File::open(tmp).and_then(|file| file.sync_all()).map_err(|e| PhotoError::disk("sync upload", tmp, e))?;
        self.settle(tmp, &digest)?;
        Ok(stored)
    }

    fn put_digest(&self, bytes: &[u8], digest: Digest) -> Result<Stored, PhotoError> {
        let stored = Stored { hash: digest.hex(), bytes: bytes.len() as u64 };
        if self.stands_whole(&digest)? {
            return Ok(stored);
        }
        let tmp = self.tmp().join(format!("{}-{}", stored.hash, random_hex()?));
        let written = self.write_temp(&tmp, bytes, &digest).and_then(|()| self.settle(&tmp, &digest));
        if written.is_err() {
            // Best effort: what stays is swept at the next open.
            let _ = fs::remove_file(&tmp);
        }
        written.map(|()| stored)
    }

    /// Whether the picture stands and is whole; a damaged one is moved out of the way.
    fn stands_whole(&self, digest: &Digest) -> Result<bool, PhotoError> {
        let hash = digest.hex();
        if !self.has(&hash) {
            return Ok(false);
        }
        if self.verify(&hash)? {
            return Ok(true);
        }
        let folder = self.root.join("damaged");
        let aside = folder.join(format!("{hash}-{}", random_hex()?));
        fs::create_dir_all(&folder)
            .and_then(|()| fs::rename(self.place(digest), &aside))
            .map_err(|e| PhotoError::disk("put damaged picture aside", &aside, e))?;
        Ok(false)
    }

    fn write_temp(&self, tmp: &Path, bytes: &[u8], digest: &Digest) -> Result<(), PhotoError> {
        self.fault(Step::CreateTemp, tmp)?;
        let failed = |e| PhotoError::disk("write picture", tmp, e);
        let mut file = create_private(tmp).map_err(failed)?;
        match &self.key {
            None => {
                for chunk in bytes.chunks(CHUNK_BYTES) {
                    self.fault(Step::WriteChunk, tmp)?;
                    file.write_all(chunk).map_err(failed)?;
                }
            }
            Some(key) => {
                let header = Header { plain_bytes: bytes.len() as u64, prefix: random()? };
                let sealer = Sealer::new(key, header, digest);
                file.write_all(&header.to_bytes()).map_err(failed)?;
                for number in 0..header.chunks() {
                    self.fault(Step::WriteChunk, tmp)?;
                    let from = usize::try_from(number).unwrap_or(usize::MAX).saturating_mul(CHUNK_BYTES);
                    let chunk = bytes.get(from..bytes.len().min(from.saturating_add(CHUNK_BYTES))).unwrap_or_default();
                    let sealed =
                        sealer.seal(number, chunk).map_err(|what| PhotoError::Corrupt { hash: digest.hex(), what })?;
                    file.write_all(&sealed).map_err(failed)?;
                }
            }
        }
        self.fault(Step::SyncTemp, tmp)?;
        file.sync_all().map_err(|e| PhotoError::disk("sync picture", tmp, e))
    }

    /// Moves whole, synced bytes under their name and makes the name durable.
    fn settle(&self, tmp: &Path, digest: &Digest) -> Result<(), PhotoError> {
        let place = self.place(digest);
        self.fault(Step::MakeFolders, &place)?;
        let folder = place.parent().map(Path::to_owned).unwrap_or_default();
        let made = make_folders(&self.root, &folder)?;
        self.fault(Step::Rename, &place)?;
        set_read_only(tmp).map_err(|e| PhotoError::disk("protect picture", tmp, e))?;
        fs::rename(tmp, &place).map_err(|e| PhotoError::disk("name picture", &place, e))?;
        self.fault(Step::SyncFolder, &place)?;
        for folder in made {
            sync_folder(&folder).map_err(|e| PhotoError::disk("sync folder", &folder, e))?;
        }
        self.fault(Step::Done, &place)
    }

    fn fault(&self, step: Step, path: &Path) -> Result<(), PhotoError> {
        match &self.faults {
            None => Ok(()),
            Some(fault) => fault(step).map_err(|e| PhotoError::disk("write picture", path, e)),
        }
    }
}

/// Makes `folder` and returns every folder whose entries a write into it may change, innermost first.
fn make_folders(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, PhotoError> {
    fs::create_dir_all(folder).map_err(|e| PhotoError::disk("make folder", folder, e))?;
    Ok(folder.ancestors().take_while(|part| part.starts_with(root)).map(Path::to_owned).collect())
}

fn hash_file(path: &Path) -> Result<(Digest, u64), PhotoError> {
    let failed = |e| PhotoError::disk("read upload", path, e);
    let mut file = File::open(path).map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0u8; CHUNK_BYTES];
    let mut total = 0u64;
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => return Ok((Digest(hasher.finalize().into()), total)),
            n => {
                hasher.update(buffer.get(..n).unwrap_or_default());
                total += n as u64;
            }
        }
    }
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn set_read_only(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o400))
}

/// Windows refuses to remove a read-only file, and cached renditions are removed.
#[cfg(not(unix))]
fn set_read_only(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// NTFS journals names by itself and a folder cannot be opened for syncing.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn random<const N: usize>() -> Result<[u8; N], PhotoError> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|e| PhotoError::Random { cause: e.to_string() })?;
    Ok(bytes)
}

fn random_hex() -> Result<String, PhotoError> {
    Ok(format!("{:016x}", u64::from_le_bytes(random::<8>()?)))
}
