//! `outbox.journal`: a second, independent copy of this device's own events, fsynced before the database
//! commits. It survives a broken database; it is rolled forward when the plug was pulled in between.
//!
//! Frame: u32 BE length, u32 BE CRC-32C, then nonce (24) and XChaCha20-Poly1305 of `suite, sig length, sig, body`
//! (a plain store leaves out nonce and sealing). A frame that does not check ends the journal; the bytes
//! behind it are kept aside, never thrown away.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce, aead::Aead as _};
use xunju_evidence::{Hash, SignedEvent};

use crate::error::StoreError;
use crate::keys::DataKey;

const MAGIC: &[u8; 8] = b"XJOUT\0\0\x01";
const FRAME_BYTES_MAX: usize = 128 * 1024;

pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    cipher: Option<XChaCha20Poly1305>,
    len: u64,
}

impl Journal {
    /// Opens the journal and returns every event in it, oldest first.
    pub(crate) fn open(dir: &Path, key: Option<&DataKey>) -> Result<(Self, Vec<SignedEvent>), StoreError> {
        let path = dir.join("outbox.journal");
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(StoreError::io("open", &path))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(StoreError::io("read", &path))?;
        let cipher = key.map(|key| XChaCha20Poly1305::new(&key.derive("xunju/key/outbox/v1").into()));
        let mut journal = Self { path, file, cipher, len: 0 };
        if bytes.is_empty() {
            journal.append_bytes(MAGIC)?;
            journal.sync()?;
            crate::folder::sync_dir(dir)?;
            return Ok((journal, Vec::new()));
        }
        let rest =
            bytes.strip_prefix(MAGIC).ok_or_else(|| StoreError::Corrupt { what: "outbox.journal".to_owned() })?;
        let (events, used) = journal.read_frames(rest);
        let good = (MAGIC.len() + used) as u64;
        if good < bytes.len() as u64 {
            journal.set_aside(bytes.get(good as usize..).unwrap_or_default())?;
        }
        journal.len = good;
        journal.cut_back(good)?;
        Ok((journal, events))
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// Puts a journal of these events in this one's place: written whole beside it, then renamed.
    pub(crate) fn replace(&mut self, dir: &Path, events: &[SignedEvent]) -> Result<(), StoreError> {
        let path = self.path.with_extension("journal.new");
        let file = File::options()
            .create(true)
            .truncate(true)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(StoreError::io("open", &path))?;
        let mut fresh = Self { path, file, cipher: self.cipher.clone(), len: 0 };
        fresh.append_bytes(MAGIC)?;
        events.iter().try_for_each(|event| fresh.append(event))?;
        fresh.sync()?;
        std::fs::rename(&fresh.path, &self.path).map_err(StoreError::io("rename", &self.path))?;
        crate::folder::sync_dir(dir)?;
        (self.file, self.len) = (fresh.file, fresh.len);
        Ok(())
    }

    /// Appends without waiting for the disk.
    pub(crate) fn append(&mut self, event: &SignedEvent) -> Result<(), StoreError> {
        let payload = self.seal(&encode(event))?;
        let mut frame = Vec::with_capacity(payload.len() + 8);
        frame.extend_from_slice(&(payload.len() as u32).to_be_bytes());
        frame.extend_from_slice(&crc32c::crc32c(&payload).to_be_bytes());
        frame.extend_from_slice(&payload);
        self.append_bytes(&frame)
    }

    pub(crate) fn sync(&mut self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(StoreError::io("sync", &self.path))
    }

    /// Takes back what was appended behind `len`, when the database did not follow.
    pub(crate) fn cut_back(&mut self, len: u64) -> Result<(), StoreError> {
        self.file.set_len(len).and_then(|()| self.file.sync_data()).map_err(StoreError::io("truncate", &self.path))?;
        self.len = len;
        Ok(())
    }

    fn append_bytes(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.file
            .seek(SeekFrom::Start(self.len))
            .and_then(|_| self.file.write_all(bytes))
            .map_err(StoreError::io("write", &self.path))?;
        self.len += bytes.len() as u64;
        Ok(())
    }

    fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let Some(cipher) = &self.cipher else { return Ok(plain.to_vec()) };
        let mut out = vec![0; 24];
        getrandom::fill(&mut out).map_err(|e| StoreError::KeyStore(e.to_string()))?;
        let sealed =
            cipher.encrypt(XNonce::from_slice(&out), plain).map_err(|_| StoreError::KeyStore("seal".to_owned()))?;
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    fn unseal(&self, payload: &[u8]) -> Option<Vec<u8>> {
        let Some(cipher) = &self.cipher else { return Some(payload.to_vec()) };
        let (nonce, sealed) = payload.split_at_checked(24)?;
        cipher.decrypt(XNonce::from_slice(nonce), sealed).ok()
    }

    fn read_frames(&self, mut rest: &[u8]) -> (Vec<SignedEvent>, usize) {
        let (mut events, mut used) = (Vec::new(), 0);
        while let Some((payload, after)) = split_frame(rest) {
            let Some(event) = self.unseal(payload).as_deref().and_then(decode) else { break };
            events.push(event);
            used += rest.len() - after.len();
            rest = after;
        }
        (events, used)
    }

    fn set_aside(&self, tail: &[u8]) -> Result<(), StoreError> {
        let path = self.path.with_extension("journal.tail");
        let mut file = File::options().create(true).append(true).open(&path).map_err(StoreError::io("open", &path))?;
        file.write_all(tail).and_then(|()| file.sync_all()).map_err(StoreError::io("write", &path))
    }
}

/// Keeps only the events of which it is said; untouched where all stay.
pub(crate) fn keep(
    journal: &mut Journal,
    dir: &Path,
    stays: impl Fn(&Hash) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let bytes = std::fs::read(&journal.path).map_err(StoreError::io("read", &journal.path))?;
    let (events, _) = journal.read_frames(bytes.get(MAGIC.len()..).unwrap_or_default());
    let total = events.len();
    let mut kept = Vec::new();
    for event in events {
        kept.extend(stays(&event.id())?.then_some(event));
    }
    if kept.len() == total { Ok(()) } else { journal.replace(dir, &kept) }
}

fn split_frame(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.split_first_chunk::<4>()?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    let len = u32::from_be_bytes(*len) as usize;
    let (payload, after) = (len <= FRAME_BYTES_MAX).then(|| rest.split_at_checked(len)).flatten()?;
    (crc32c::crc32c(payload) == u32::from_be_bytes(*crc)).then_some((payload, after))
}

fn encode(event: &SignedEvent) -> Vec<u8> {
    let mut out = vec![event.suite, event.sig.len() as u8];
    out.extend_from_slice(&event.sig);
    out.extend_from_slice(&event.body);
    out
}

fn decode(plain: &[u8]) -> Option<SignedEvent> {
    let ([suite, sig_len], rest) = plain.split_first_chunk::<2>()?;
    let (sig, body) = rest.split_at_checked(*sig_len as usize)?;
    Some(SignedEvent { body: body.to_vec(), suite: *suite, sig: sig.to_vec() })
}
