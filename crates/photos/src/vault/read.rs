//! Taking a picture out, whole or in part.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use super::Vault;
use super::seal::{CHUNK_BYTES, HEADER_BYTES, Header, Sealer, TAG_BYTES};
use crate::digest::Digest;
use crate::error::PhotoError;

impl Vault {
    /// Length of the plain bytes.
    ///
    /// # Errors
    /// [`PhotoError::Missing`], [`PhotoError::Corrupt`], [`PhotoError::Disk`].
    pub fn len(&self, hash: &str) -> Result<u64, PhotoError> {
        Ok(Opened::new(self, &Digest::parse(hash)?)?.plain_bytes)
    }

    /// The whole picture, checked: never bytes that do not have this hash.
    ///
    /// # Errors
    /// [`PhotoError::Missing`], [`PhotoError::Corrupt`], [`PhotoError::Disk`].
    pub fn read(&self, hash: &str) -> Result<Vec<u8>, PhotoError> {
        let digest = Digest::parse(hash)?;
        let mut opened = Opened::new(self, &digest)?;
        let bytes = opened.range(0, opened.plain_bytes)?;
        // A sealed file is bound to its hash by the key; a plain one has only the hash itself.
        if self.key.is_none() && Digest::of(&bytes) != digest {
            return Err(opened.corrupt("hash"));
        }
        Ok(bytes)
    }

    /// `len` bytes from `offset`; fewer when the picture ends sooner. In a vault without a key a part
    /// cannot be checked against the hash of the whole.
    ///
    /// # Errors
    /// [`PhotoError::OutOfRange`] when `offset` lies beyond the end; as [`Vault::read`] otherwise.
    pub fn read_range(&self, hash: &str, offset: u64, len: u64) -> Result<Vec<u8>, PhotoError> {
        let mut opened = Opened::new(self, &Digest::parse(hash)?)?;
        let total = opened.plain_bytes;
        if offset > total {
            return Err(PhotoError::OutOfRange { hash: hash.to_owned(), offset, len, total });
        }
        opened.range(offset, len.min(total - offset))
    }

    /// Reads everything and says whether it has its hash.
    ///
    /// # Errors
    /// [`PhotoError::Missing`] when there is nothing to check; [`PhotoError::Disk`] when it cannot be read.
    pub fn verify(&self, hash: &str) -> Result<bool, PhotoError> {
        match self.read(hash) {
            Ok(bytes) => Ok(Digest::of(&bytes) == Digest::parse(hash)?),
            Err(PhotoError::Corrupt { .. }) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

struct Opened {
    file: File,
    digest: Digest,
    plain_bytes: u64,
    sealer: Option<Sealer>,
}

impl Opened {
    fn new(vault: &Vault, digest: &Digest) -> Result<Self, PhotoError> {
        let path = vault.place(digest);
        let failed = |e: io::Error| match e.kind() {
            io::ErrorKind::NotFound => PhotoError::Missing { hash: digest.hex() },
            _ => PhotoError::disk("read picture", &path, e),
        };
        let mut file = File::open(&path).map_err(failed)?;
        let file_bytes = file.metadata().map_err(failed)?.len();
        let Some(key) = &vault.key else {
            return Ok(Self { file, digest: *digest, plain_bytes: file_bytes, sealer: None });
        };
        let corrupt = |what| PhotoError::Corrupt { hash: digest.hex(), what };
        let mut head = [0u8; HEADER_BYTES];
        file.read_exact(&mut head).map_err(|e| short(e, corrupt("cut short"), failed))?;
        let header = Header::parse(&head).map_err(corrupt)?;
        if header.file_bytes() != Some(file_bytes) {
            return Err(corrupt("length"));
        }
        let sealer = Sealer::new(key, header, digest);
        Ok(Self { file, digest: *digest, plain_bytes: header.plain_bytes, sealer: Some(sealer) })
    }

    /// Exactly `len` bytes from `offset`; the caller has checked that they exist.
    fn range(&mut self, offset: u64, len: u64) -> Result<Vec<u8>, PhotoError> {
        if self.sealer.is_none() {
            return self.exact(offset, len);
        }
        let chunk = CHUNK_BYTES as u64;
        let last = if len == 0 { offset / chunk } else { (offset + len - 1) / chunk };
        let mut out = Vec::with_capacity(usize::try_from(len).unwrap_or(0));
        for number in offset / chunk..=last {
            let plain = self.chunk(number)?;
            let start = number * chunk;
            let from = usize::try_from(offset.saturating_sub(start)).unwrap_or(usize::MAX);
            let to = usize::try_from((offset + len).saturating_sub(start)).unwrap_or(usize::MAX).min(plain.len());
            out.extend_from_slice(plain.get(from..to).unwrap_or_default());
        }
        if out.len() as u64 == len { Ok(out) } else { Err(self.corrupt("length")) }
    }

    fn chunk(&mut self, number: u64) -> Result<Vec<u8>, PhotoError> {
        let start = number * CHUNK_BYTES as u64;
        let plain = self.plain_bytes.saturating_sub(start).min(CHUNK_BYTES as u64);
        if plain == 0 && number > 0 {
            return Ok(Vec::new());
        }
        let at = HEADER_BYTES as u64 + number * (CHUNK_BYTES + TAG_BYTES) as u64;
        let sealed = self.exact(at, plain + TAG_BYTES as u64)?;
        match &self.sealer {
            Some(sealer) => sealer.open(number, &sealed).map_err(|what| self.corrupt(what)),
            None => Err(self.corrupt("no key")),
        }
    }

    fn exact(&mut self, at: u64, len: u64) -> Result<Vec<u8>, PhotoError> {
        let mut bytes = vec![0u8; usize::try_from(len).map_err(|_| self.corrupt("length"))?];
        let read = self.file.seek(SeekFrom::Start(at)).and_then(|_| self.file.read_exact(&mut bytes));
        let failed = |e| PhotoError::disk("read picture", self.digest.hex().as_ref(), e);
        read.map_err(|e| short(e, self.corrupt("cut short"), failed))?;
        Ok(bytes)
    }

    fn corrupt(&self, what: &'static str) -> PhotoError {
        PhotoError::Corrupt { hash: self.digest.hex(), what }
    }
}

fn short(e: io::Error, cut: PhotoError, other: impl Fn(io::Error) -> PhotoError) -> PhotoError {
    if e.kind() == io::ErrorKind::UnexpectedEof { cut } else { other(e) }
}
