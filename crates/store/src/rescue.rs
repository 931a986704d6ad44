//! U盘包: everything undelivered as one sealed file, carried by hand to the town server (sync.md §12.5).
//!
//! ```text
//! "XJUSB" 0 0 1
//! u32 length, JSON           what it is, in clear: town, device, counts, how the passphrase is stretched
//! u32 length, sealed item …  XChaCha20-Poly1305; nonce: prefix ‖ number of the item ‖ 1 for the last, else 0;
//!                            bound to it: SHA-256 of everything before the first item
//! item: kind ‖ content       1 event: inc u32, n u64, suite, length of signature, signature, body
//!                            2 file: SHA-256, length u64    3 piece of it, at most 1 MiB    0 the end
//! ```
//!
//! Numbers are big-endian. An item that was changed, moved, left out or cut off does not open; nothing of it is held in
//! memory but one item. Events and files vouch for themselves besides, by signature and hash.

use std::io::{Read, Write};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use xunju_evidence::hash::{from_hex, to_hex};
use xunju_evidence::{Hash, SignedEvent};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::keys::{Wrapped, unwrap_secret, wrap_secret};

const MAGIC: &[u8; 8] = b"XJUSB\0\0\x01";
const HEADER_BYTES_MAX: usize = 64 * 1024;
/// A piece of a file.
pub const PIECE_BYTES: usize = 1024 * 1024;
const ITEM_BYTES_MAX: usize = PIECE_BYTES + 1024;
const PREFIX_BYTES: usize = 19;

/// What the file says of itself to anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub town: String,
    pub log: String,
    pub device: String,
    pub device_name: String,
    /// Device's clock, milliseconds since 1970.
    pub made_ms: i64,
    pub events: u64,
    pub files: u64,
    /// Bytes of the files.
    pub bytes: u64,
}

#[derive(Serialize, Deserialize)]
struct Header {
    about: About,
    key: Wrapped,
    prefix: String,
}

/// One thing inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Event {
        inc: u32,
        n: u64,
        event: SignedEvent,
    },
    /// Its pieces follow.
    File {
        hash: Hash,
        bytes: u64,
    },
    Piece(Vec<u8>),
    End,
}

/// Why a file cannot be read.
#[derive(Debug)]
pub enum RescueError {
    /// Not such a file, or one of a newer program.
    Foreign,
    WrongPassphrase,
    /// Changed, or cut off: from this item on nothing can be believed.
    Broken {
        item: u32,
    },
    Io(std::io::Error),
}

impl std::fmt::Display for RescueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Foreign => f.write_str("not a rescue file of this program"),
            Self::WrongPassphrase => f.write_str("another passphrase"),
            Self::Broken { item } => write!(f, "changed or cut off at item {item}"),
            Self::Io(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for RescueError {}

struct Sealing {
    cipher: XChaCha20Poly1305,
    prefix: [u8; PREFIX_BYTES],
    bound: Hash,
    item: u32,
}

impl Sealing {
    fn new(key: &[u8; 32], prefix: [u8; PREFIX_BYTES], header: &[u8]) -> Self {
        let cipher = XChaCha20Poly1305::new(key.into());
        Self { cipher, prefix, bound: Hash::of_parts(&[MAGIC, header]), item: 0 }
    }

    fn nonce(&self, last: bool) -> XNonce {
        let mut nonce = [0; 24];
        let parts = self.prefix.iter().copied().chain(self.item.to_be_bytes()).chain([u8::from(last)]);
        nonce.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        nonce.into()
    }
}

/// Writes one, item by item; without [`Writer::finish`] it is no such file.
pub struct Writer<W: Write> {
    out: W,
    sealing: Sealing,
}

impl<W: Write> Writer<W> {
    /// # Errors
    /// What the disk says; no randomness.
    pub fn begin(mut out: W, about: &About, phrase: &str) -> Result<Self, StoreError> {
        let (mut key, mut prefix) = (Zeroizing::new([0; 32]), [0; PREFIX_BYTES]);
        let drawn = getrandom::fill(key.as_mut()).and_then(|()| getrandom::fill(&mut prefix));
        drawn.map_err(|e| StoreError::KeyStore(e.to_string()))?;
        let header = Header { about: about.clone(), key: wrap_secret(&key, phrase)?, prefix: to_hex(&prefix) };
        let header = serde_json::to_vec(&header).map_err(|e| StoreError::Corrupt { what: e.to_string() })?;
        let length = u32::try_from(header.len()).unwrap_or(u32::MAX).to_be_bytes();
        [&MAGIC[..], &length, &header].into_iter().try_for_each(|part| out.write_all(part)).map_err(on_stick)?;
        Ok(Self { sealing: Sealing::new(&key, prefix, &header), out })
    }

    /// # Errors
    /// What the disk says.
    pub fn event(&mut self, inc: u32, n: u64, event: &SignedEvent) -> Result<(), StoreError> {
        let sig_len = u8::try_from(event.sig.len()).map_err(|_| StoreError::Corrupt { what: "signature".into() })?;
        let head = [&[1][..], &inc.to_be_bytes(), &n.to_be_bytes(), &[event.suite, sig_len], &event.sig].concat();
        self.item(&[&head, &event.body], false)
    }

    /// Begins a file; its pieces follow.
    ///
    /// # Errors
    /// What the disk says.
    pub fn file(&mut self, hash: &Hash, bytes: u64) -> Result<(), StoreError> {
        self.item(&[&[2], &hash.0, &bytes.to_be_bytes()], false)
    }

    /// # Errors
    /// What the disk says.
    pub fn piece(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        bytes.chunks(PIECE_BYTES).try_for_each(|piece| self.item(&[&[3], piece], false))
    }

    /// # Errors
    /// What the disk says.
    pub fn finish(mut self) -> Result<W, StoreError> {
        self.item(&[&[0]], true)?;
        self.out.flush().map_err(on_stick)?;
        Ok(self.out)
    }

    fn item(&mut self, parts: &[&[u8]], last: bool) -> Result<(), StoreError> {
        let plain = parts.concat();
        let payload = Payload { msg: &plain, aad: &self.sealing.bound.0 };
        let sealed = self.sealing.cipher.encrypt(&self.sealing.nonce(last), payload);
        let sealed = sealed.map_err(|_| StoreError::KeyStore("seal".into()))?;
        self.sealing.item += 1;
        let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX).to_be_bytes();
        self.out.write_all(&length).and_then(|()| self.out.write_all(&sealed)).map_err(on_stick)
    }
}

fn on_stick(source: std::io::Error) -> StoreError {
    StoreError::io("write", std::path::Path::new("rescue file"))(source)
}

/// What a file says of itself, without a passphrase.
///
/// # Errors
/// `Foreign`, `Io`.
pub fn about(mut from: impl Read) -> Result<About, RescueError> {
    header(&mut from).map(|(header, _)| header.about)
}

fn header(from: &mut impl Read) -> Result<(Header, Vec<u8>), RescueError> {
    let mut magic = [0; 8];
    exact(from, &mut magic, RescueError::Foreign)?;
    let mut length = [0; 4];
    exact(from, &mut length, RescueError::Foreign)?;
    let length = u32::from_be_bytes(length) as usize;
    if &magic != MAGIC || length > HEADER_BYTES_MAX {
        return Err(RescueError::Foreign);
    }
    let mut bytes = vec![0; length];
    exact(from, &mut bytes, RescueError::Foreign)?;
    let header = serde_json::from_slice(&bytes).map_err(|_| RescueError::Foreign)?;
    Ok((header, bytes))
}

fn exact(from: &mut impl Read, into: &mut [u8], short: RescueError) -> Result<(), RescueError> {
    from.read_exact(into)
        .map_err(|e| if e.kind() == std::io::ErrorKind::UnexpectedEof { short } else { RescueError::Io(e) })
}

/// Reads one, item by item.
pub struct Reader<R: Read> {
    from: R,
    sealing: Sealing,
    pub about: About,
    ended: bool,
}

impl<R: Read> Reader<R> {
    /// # Errors
    /// [`RescueError`].
    pub fn open(mut from: R, phrase: &str) -> Result<Self, RescueError> {
        let (header, bytes) = header(&mut from)?;
        let key = unwrap_secret(&header.key, phrase).map_err(|e| match e {
            StoreError::WrongPassphrase => RescueError::WrongPassphrase,
            _ => RescueError::Foreign,
        })?;
        let prefix = from_hex(&header.prefix).and_then(|prefix| prefix.try_into().ok()).ok_or(RescueError::Foreign)?;
        Ok(Self { from, sealing: Sealing::new(&key, prefix, &bytes), about: header.about, ended: false })
    }

    /// The next item; none after the end.
    ///
    /// # Errors
    /// `Broken`, `Io`.
    pub fn next_item(&mut self) -> Result<Option<Item>, RescueError> {
        if self.ended {
            return Ok(None);
        }
        let at = self.sealing.item;
        let broken = || RescueError::Broken { item: at };
        let mut length = [0; 4];
        exact(&mut self.from, &mut length, broken())?;
        let length = u32::from_be_bytes(length) as usize;
        if length > ITEM_BYTES_MAX {
            return Err(broken());
        }
        let mut sealed = vec![0; length];
        exact(&mut self.from, &mut sealed, broken())?;
        let open = |last| {
            let payload = Payload { msg: &sealed, aad: &self.sealing.bound.0 };
            self.sealing.cipher.decrypt(&self.sealing.nonce(last), payload).ok()
        };
        let plain = match open(false) {
            Some(plain) => plain,
            None => {
                self.ended = true;
                open(true).filter(|plain| plain == &[0]).ok_or_else(broken)?
            }
        };
        self.sealing.item += 1;
        read(&plain).ok_or_else(broken).map(Some)
    }
}

fn read(plain: &[u8]) -> Option<Item> {
    let (kind, rest) = plain.split_first()?;
    Some(match kind {
        0 => Item::End,
        1 => {
            let (inc, rest) = rest.split_first_chunk::<4>()?;
            let (n, rest) = rest.split_first_chunk::<8>()?;
            let ([suite, sig_len], rest) = rest.split_first_chunk::<2>()?;
            let (sig, body) = rest.split_at_checked(*sig_len as usize)?;
            let event = SignedEvent { body: body.to_vec(), suite: *suite, sig: sig.to_vec() };
            Item::Event { inc: u32::from_be_bytes(*inc), n: u64::from_be_bytes(*n), event }
        }
        2 => {
            let (hash, rest) = rest.split_first_chunk::<32>()?;
            Item::File { hash: Hash(*hash), bytes: u64::from_be_bytes(rest.try_into().ok()?) }
        }
        3 => Item::Piece(rest.to_vec()),
        _ => return None,
    })
}
