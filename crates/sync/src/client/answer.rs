//! From what HTTP gave to a reply that counts, or to why it does not.
//!
//! A reply counts when its media type, its echo and its seal are right; for blobs, whose bytes vouch for
//! themselves, when the echo is. A status alone proves nothing: any box on the way can make one up.

use xunju_evidence::{BlobReceipt, Countersigned, PublicKey};

use super::request::Request;
use crate::message::{PullReply, PushReply, WaitReply, blob_receipt_from_header};
use crate::wire::{MEDIA_TYPE, Message, WireError, open};

/// The parts of an HTTP response this protocol looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawReply {
    pub status: u16,
    pub media_type: Option<String>,
    /// `Xunju-Echo`
    pub echo: Option<String>,
    /// `Upload-Offset`
    pub upload_offset: Option<u64>,
    /// `Xunju-Blob-Receipt`
    pub blob_receipt: Option<String>,
    /// `Retry-After`, as milliseconds.
    pub retry_ms: Option<u32>,
    pub body: Vec<u8>,
}

/// A reply that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    Push(PushReply),
    Pull(PullReply),
    Wait(WaitReply),
    /// Durable bytes of an upload, and the server's word once it is whole. The signature is still to be
    /// verified against what was sent.
    Blob {
        offset: u64,
        receipt: Option<Countersigned<BlobReceipt>>,
    },
    Part(Vec<u8>),
}

/// Why there is no reply that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No connection, a stall, a gateway without a server behind it.
    Unreachable,
    /// Somebody else answered: a login page, a proxy, another program.
    NotOurs,
    /// A Xunju server answered under another key.
    WrongKey,
    Busy {
        retry_ms: u32,
    },
    /// The server does not know this blob (yet).
    UnknownBlob,
    /// The server will not take or give this blob.
    RefusedBlob,
    /// The upload stands elsewhere: look again.
    OtherOffset,
    /// The whole file did not have its hash.
    HashMismatch,
    /// The vault does not hold the bytes.
    NotHere,
    /// This laptop cannot read or sign what it should send.
    Local,
}

/// What a reply is read against.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub request: &'a Request,
    pub echo: &'a str,
    pub log: &'a str,
    pub server: &'a PublicKey,
    /// Length of the blob asked about; 0 for others.
    pub blob_bytes: u64,
}

/// # Errors
/// [`Failure`] for anything that does not count.
pub fn read(asked: Asked<'_>, raw: RawReply) -> Result<Reply, Failure> {
    match asked.request {
        Request::Push(_) => sealed(asked, &raw).map(Reply::Push),
        Request::Pull(_) => fresh(asked, sealed(asked, &raw)?).map(Reply::Pull),
        Request::Wait { .. } => sealed(asked, &raw).map(Reply::Wait),
        Request::Create { hash, .. } | Request::Look { hash } | Request::Patch { hash, .. } => {
            blob_status(asked, &raw)?;
            let receipt = match &raw.blob_receipt {
                Some(text) => {
                    Some(blob_receipt_from_header(text, asked.log, hash, asked.blob_bytes).ok_or(Failure::NotOurs)?)
                }
                None => None,
            };
            Ok(Reply::Blob { offset: raw.upload_offset.ok_or(Failure::NotOurs)?, receipt })
        }
        Request::Fetch { offset, len, .. } => {
            blob_status(asked, &raw)?;
            part(raw, *offset, *len)
        }
    }
}

/// The seal of a page outlives its reply, so it names the echo once more.
fn fresh(asked: Asked<'_>, reply: PullReply) -> Result<PullReply, Failure> {
    match &reply {
        PullReply::Page(page) if page.seal.said.echo != asked.echo => Err(Failure::NotOurs),
        _ => Ok(reply),
    }
}

/// A `206` is the part; a `200` is the whole, of which the part is taken.
fn part(raw: RawReply, offset: u64, len: u32) -> Result<Reply, Failure> {
    let mut bytes = raw.body;
    if raw.status == 200 {
        let from = usize::try_from(offset).map_err(|_| Failure::NotOurs)?;
        bytes = bytes.split_at_checked(from).ok_or(Failure::NotOurs)?.1.to_vec();
        bytes.truncate(len as usize);
    }
    if bytes.is_empty() || bytes.len() > len as usize { Err(Failure::NotOurs) } else { Ok(Reply::Part(bytes)) }
}

fn sealed<M: Message>(asked: Asked<'_>, raw: &RawReply) -> Result<M, Failure> {
    if raw.status != 200 {
        return Err(unsealed(raw));
    }
    if raw.media_type.as_deref() != Some(MEDIA_TYPE) {
        return Err(Failure::NotOurs);
    }
    open(&raw.body, asked.echo, asked.server).map_err(|e| match e {
        WireError::Signature(_) => Failure::WrongKey,
        _ => Failure::NotOurs,
    })
}

fn unsealed(raw: &RawReply) -> Failure {
    match raw.status {
        408 | 500 | 502 | 504 => Failure::Unreachable,
        429 | 503 => Failure::Busy { retry_ms: raw.retry_ms.unwrap_or(5_000) },
        _ => Failure::NotOurs,
    }
}

fn blob_status(asked: Asked<'_>, raw: &RawReply) -> Result<(), Failure> {
    let ours = raw.echo.as_deref() == Some(asked.echo);
    match raw.status {
        200 | 201 | 204 | 206 if ours => Ok(()),
        404 | 410 if ours => Err(Failure::UnknownBlob),
        409 if ours => Err(Failure::OtherOffset),
        460 if ours => Err(Failure::HashMismatch),
        400 | 401 | 403 | 413 | 422 if ours => Err(Failure::RefusedBlob),
        _ => Err(unsealed(raw)),
    }
}
