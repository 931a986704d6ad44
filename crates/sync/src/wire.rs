//! The HTTP body: magic, length, zstd of a CBOR sequence (sync.md §7.1), inside `application/octet-stream`
//! so that no gateway takes the compression for its own.
//!
//! A reply carries the server's seal in front: a signature over the asking laptop's echo and over every
//! byte that follows. A login page of a hotel, an old reply played again and another server's answer all
//! fail there, before anything in them is read.

use ciborium::de::from_reader_with_recursion_limit;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use xunju_evidence::{Hash, PublicKey, SignatureError, Signer};

use crate::limits;

/// The one media type of these bodies.
pub const MEDIA_TYPE: &str = "application/octet-stream";
const MAGIC: &[u8; 4] = b"XJW1";
const HEAD_BYTES: usize = 8;
const SEAL_DOMAIN: &str = "xunju/reply/v1";
const DEPTH_MAX: usize = 16;

/// Why bytes are not the message they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WireError {
    /// No `XJW1`: somebody else's page.
    NotOurs,
    TooLarge {
        bytes: usize,
        bytes_max: usize,
    },
    /// Compressed data that is broken, or of another length than announced.
    Compression,
    /// Not the CBOR items of this message; the parser's words.
    Malformed(String),
    /// The reply to some other request.
    WrongEcho,
    Signature(SignatureError),
}

impl std::fmt::Display for WireError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotOurs => f.write_str("not a Xunju message"),
            Self::TooLarge { bytes, bytes_max } => write!(f, "message of {bytes} bytes, limit {bytes_max}"),
            Self::Compression => f.write_str("message does not decompress to its length"),
            Self::Malformed(why) => write!(f, "message: {why}"),
            Self::WrongEcho => f.write_str("reply to another request"),
            Self::Signature(e) => write!(f, "reply: {e}"),
        }
    }
}

impl std::error::Error for WireError {}

/// A message as a sequence of CBOR items.
pub trait Message: Sized {
    /// Bound before compression.
    const RAW_BYTES_MAX: usize;

    /// # Errors
    /// `Malformed` when a part cannot be written.
    fn write(&self, out: &mut Items) -> Result<(), WireError>;

    /// # Errors
    /// `Malformed` for items of another shape or beyond a limit.
    fn read(items: &mut Reader<'_>) -> Result<Self, WireError>;
}

/// Items being written.
#[derive(Debug, Default)]
pub struct Items(Vec<u8>);

impl Items {
    /// # Errors
    /// `Malformed` when the item cannot be written.
    pub fn push<T: Serialize>(&mut self, item: &T) -> Result<(), WireError> {
        ciborium::into_writer(item, &mut self.0).map_err(|e| WireError::Malformed(e.to_string()))
    }
}

/// Items being read.
#[derive(Debug)]
pub struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// # Errors
    /// `Malformed` when the next item is missing or of another shape.
    pub fn item<T: DeserializeOwned>(&mut self) -> Result<T, WireError> {
        from_reader_with_recursion_limit(&mut self.0, DEPTH_MAX).map_err(|e| WireError::Malformed(e.to_string()))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn finish(&self) -> Result<(), WireError> {
        if self.is_empty() { Ok(()) } else { Err(WireError::Malformed("items after the end".to_owned())) }
    }
}

/// Writes a request.
///
/// # Errors
/// `TooLarge`, or `Malformed`.
pub fn encode<M: Message>(message: &M) -> Result<Vec<u8>, WireError> {
    let mut items = Items::default();
    message.write(&mut items)?;
    pack::<M>(&items.0)
}

/// Reads a request.
///
/// # Errors
/// Every [`WireError`] but those of the seal.
pub fn decode<M: Message>(bytes: &[u8]) -> Result<M, WireError> {
    parse(&unpack(bytes, M::RAW_BYTES_MAX)?)
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seal {
    echo: String,
    sig: Bytes,
}

/// Writes a reply under the server's seal.
///
/// # Errors
/// `TooLarge`, or `Malformed`.
pub fn seal<M: Message>(message: &M, echo: &str, server: &Signer) -> Result<Vec<u8>, WireError> {
    let mut body = Items::default();
    message.write(&mut body)?;
    let sig = server.sign(SEAL_DOMAIN, &[echo.as_bytes(), &Hash::of(&body.0).0]);
    let mut items = Items::default();
    items.push(&Seal { echo: echo.to_owned(), sig: Bytes(sig) })?;
    items.0.extend_from_slice(&body.0);
    pack::<M>(&items.0)
}

/// Reads a reply: the echo is ours and the seal is the server's, or nothing in it counts.
///
/// # Errors
/// Every [`WireError`].
pub fn open<M: Message>(bytes: &[u8], echo: &str, server: &PublicKey) -> Result<M, WireError> {
    let raw = unpack(bytes, M::RAW_BYTES_MAX)?;
    let body = check(&raw, echo, server)?;
    parse(body)
}

/// Reads a reply whose signer is only known from the reply itself: enrolment.
///
/// # Errors
/// Every [`WireError`].
pub fn open_first<M: Message>(
    bytes: &[u8],
    echo: &str,
    key_of: impl FnOnce(&M) -> Option<Result<PublicKey, SignatureError>>,
) -> Result<M, WireError> {
    let raw = unpack(bytes, M::RAW_BYTES_MAX)?;
    let mut items = Reader(&raw);
    let seal: Seal = items.item()?;
    if seal.echo != echo {
        return Err(WireError::WrongEcho);
    }
    let message: M = parse(items.0)?;
    if let Some(key) = key_of(&message) {
        check(&raw, echo, &key.map_err(WireError::Signature)?)?;
    }
    Ok(message)
}

fn check<'a>(raw: &'a [u8], echo: &str, server: &PublicKey) -> Result<&'a [u8], WireError> {
    let mut items = Reader(raw);
    let seal: Seal = items.item()?;
    if seal.echo != echo {
        return Err(WireError::WrongEcho);
    }
    let parts: [&[u8]; 2] = [echo.as_bytes(), &Hash::of(items.0).0];
    server.verify(SEAL_DOMAIN, &parts, &seal.sig.0).map_err(WireError::Signature)?;
    Ok(items.0)
}

fn parse<M: Message>(raw: &[u8]) -> Result<M, WireError> {
    let mut items = Reader(raw);
    let message = M::read(&mut items)?;
    items.finish()?;
    Ok(message)
}

fn pack<M: Message>(raw: &[u8]) -> Result<Vec<u8>, WireError> {
    let too_large = || WireError::TooLarge { bytes: raw.len(), bytes_max: M::RAW_BYTES_MAX };
    let bytes = u32::try_from(raw.len()).map_err(|_| too_large())?;
    if raw.len() > M::RAW_BYTES_MAX {
        return Err(too_large());
    }
    let packed = zstd::bulk::compress(raw, 3).map_err(|_| WireError::Compression)?;
    Ok([MAGIC.as_slice(), &bytes.to_be_bytes(), &packed].concat())
}

/// The announced length is checked before a byte is set aside for it, and is all the decompressor gets.
fn unpack(bytes: &[u8], bytes_max: usize) -> Result<Vec<u8>, WireError> {
    let (head, packed) = bytes.split_at_checked(HEAD_BYTES).ok_or(WireError::NotOurs)?;
    let length = head.strip_prefix(MAGIC).ok_or(WireError::NotOurs)?;
    let length = u32::from_be_bytes(length.try_into().map_err(|_| WireError::NotOurs)?) as usize;
    if length > bytes_max {
        return Err(WireError::TooLarge { bytes: length, bytes_max });
    }
    let raw = zstd::bulk::decompress(packed, length).map_err(|_| WireError::Compression)?;
    if raw.len() == length { Ok(raw) } else { Err(WireError::Compression) }
}

/// A CBOR byte string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Bytes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a byte string")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }
        }
        deserializer.deserialize_byte_buf(Visitor)
    }
}

/// Refuses a text that is longer than any honest one.
pub(crate) fn short(text: &str, what: &str) -> Result<(), WireError> {
    within(text.len(), limits::TEXT_BYTES_MAX, what)
}

/// Refuses a count or length beyond its limit.
pub(crate) fn within(count: usize, max: usize, what: &str) -> Result<(), WireError> {
    if count <= max { Ok(()) } else { Err(WireError::Malformed(format!("{what}: {count}, limit {max}"))) }
}
