//! The index on disk: one record a picture, only ever appended, so that a power cut costs at most the
//! record being written. A laptop seals each record; the server's are plain, like its photos.
//!
//! ```text
//! header   "XJRECYC1" · 0 plain, 1 sealed
//! record   SHA-256 of the original, 32 · PDQ, 32 · dHash, 32 · quality, 1 (255: forgotten)
//!          plain: and the first 8 bytes of the record's SHA-256
//!          sealed: nonce, 24, in front; XChaCha20-Poly1305 with the header as associated data
//! ```

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use sha2::{Digest as _, Sha256};

use super::index::{Entry, Index};
use super::{Bits, Fingerprint};
use crate::error::PhotoError;
use crate::vault::VaultKey;

const MAGIC: &[u8; 8] = b"XJRECYC1";
const BODY_BYTES: usize = 97;
const CHECK_BYTES: usize = 8;
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
const FORGOTTEN: u8 = 255;

/// The index, in memory and on disk.
pub struct Kept {
    index: Index,
    file: File,
    path: PathBuf,
    seal: Seal,
    unreadable: usize,
}

impl Kept {
    /// Reads the index at `path`, or begins one. A record cut short by a power cut is cut off; records
    /// that are spoilt are left out and counted: their pictures are to be added again.
    ///
    /// # Errors
    /// [`PhotoError::Disk`]; [`PhotoError::Corrupt`] for a file of another kind.
    pub fn open(path: &Path, key: Option<&VaultKey>) -> Result<Self, PhotoError> {
        let failed = |e| PhotoError::disk("open index", path, e);
        let seal = Seal(key.map(|key| XChaCha20Poly1305::new(key.bytes().into())));
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let header = seal.header();
        if bytes.len() < header.len() {
            file.set_len(0).and_then(|()| file.write_all(&header)).and_then(|()| file.sync_all()).map_err(failed)?;
            return Ok(Self { index: Index::default(), file, path: path.to_owned(), seal, unreadable: 0 });
        }
        let Some(records) = bytes.strip_prefix(header.as_slice()) else {
            return Err(PhotoError::Corrupt { hash: path.display().to_string(), what: "not an index of this kind" });
        };
        let (mut index, mut unreadable) = (Index::default(), 0);
        let whole = records.chunks_exact(seal.record_bytes());
        let torn = whole.remainder().len() as u64;
        for record in whole {
            match seal.open(record) {
                Some(entry) if entry.fingerprint.quality == FORGOTTEN => _ = index.remove(&entry.hash),
                Some(entry) => _ = index.add(&entry),
                None => unreadable += 1,
            }
        }
        file.set_len(bytes.len() as u64 - torn).and_then(|()| file.seek(SeekFrom::End(0)).map(drop)).map_err(failed)?;
        Ok(Self { index, file, path: path.to_owned(), seal, unreadable })
    }

    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Records that could not be read.
    #[must_use]
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Adds pictures, durable when this returns. Says how many were new.
    ///
    /// # Errors
    /// [`PhotoError::DiskFull`], [`PhotoError::Disk`]: the index in memory stays as the disk has it.
    pub fn add(&mut self, entries: &[Entry]) -> Result<usize, PhotoError> {
        let fresh: Vec<&Entry> = entries.iter().filter(|entry| !self.index.has(&entry.hash)).collect();
        self.append(&fresh)?;
        Ok(fresh.into_iter().filter(|entry| self.index.add(entry)).count())
    }

    /// Forgets a picture whose keeping is over.
    ///
    /// # Errors
    /// As [`Kept::add`].
    pub fn forget(&mut self, hash: &[u8; 32]) -> Result<(), PhotoError> {
        if self.index.has(hash) {
            let none = Fingerprint { pdq: [0; 4], quality: FORGOTTEN, dhash: [0; 4] };
            self.append(&[&Entry { hash: *hash, fingerprint: none }])?;
            self.index.remove(hash);
        }
        Ok(())
    }

    fn append(&mut self, entries: &[&Entry]) -> Result<(), PhotoError> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut records = Vec::with_capacity(entries.len() * self.seal.record_bytes());
        for entry in entries {
            self.seal.seal(entry, &mut records)?;
        }
        let failed = |e| PhotoError::disk("write index", &self.path, e);
        let end = self.file.stream_position().map_err(failed)?;
        let written = self.file.write_all(&records).and_then(|()| self.file.sync_data());
        if written.is_err() {
            // Half a record would put every later one out of step.
            let _ = self.file.set_len(end).and_then(|()| self.file.seek(SeekFrom::Start(end)));
        }
        written.map_err(|e| PhotoError::disk("write index", &self.path, e))
    }
}

struct Seal(Option<XChaCha20Poly1305>);

impl Seal {
    fn header(&self) -> Vec<u8> {
        [MAGIC.as_slice(), &[u8::from(self.0.is_some())]].concat()
    }

    fn record_bytes(&self) -> usize {
        if self.0.is_some() { NONCE_BYTES + BODY_BYTES + TAG_BYTES } else { BODY_BYTES + CHECK_BYTES }
    }

    fn seal(&self, entry: &Entry, out: &mut Vec<u8>) -> Result<(), PhotoError> {
        let body = body(entry);
        let Some(cipher) = &self.0 else {
            out.extend_from_slice(&body);
            out.extend(Sha256::digest(&body).iter().take(CHECK_BYTES));
            return Ok(());
        };
        let mut nonce = [0u8; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|e| PhotoError::Random { cause: e.to_string() })?;
        let sealed = cipher
            .encrypt(&nonce.into(), Payload { msg: &body, aad: &self.header() })
            .map_err(|_| PhotoError::Random { cause: "seal".into() })?;
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(())
    }

    fn open(&self, record: &[u8]) -> Option<Entry> {
        let Some(cipher) = &self.0 else {
            let (body, check) = record.split_at_checked(BODY_BYTES)?;
            return (Sha256::digest(body).get(..CHECK_BYTES)? == check).then(|| entry(body))?;
        };
        let (nonce, sealed) = record.split_first_chunk::<NONCE_BYTES>()?;
        entry(&cipher.decrypt(nonce.into(), Payload { msg: sealed, aad: &self.header() }).ok()?)
    }
}

fn body(entry: &Entry) -> Vec<u8> {
    let bits = |bits: &Bits| bits.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let Fingerprint { pdq, quality, dhash } = &entry.fingerprint;
    [entry.hash.as_slice(), &bits(pdq), &bits(dhash), &[*quality]].concat()
}

fn entry(body: &[u8]) -> Option<Entry> {
    let (hash, rest) = body.split_first_chunk::<32>()?;
    let (pdq, rest) = rest.split_first_chunk::<32>()?;
    let (dhash, rest) = rest.split_first_chunk::<32>()?;
    let words = |bytes: &[u8; 32]| -> Bits {
        let mut words = bytes.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word));
        std::array::from_fn(|_| words.next().unwrap_or(0))
    };
    let fingerprint = Fingerprint { pdq: words(pdq), quality: *rest.first()?, dhash: words(dhash) };
    Some(Entry { hash: *hash, fingerprint })
}
