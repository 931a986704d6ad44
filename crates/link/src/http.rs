//! One request over HTTP and what came back, as the sync machine wants to see it.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Method, Response, Url};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_evidence::hash::to_hex;
use xunju_evidence::{Hash, Signer};
use xunju_photos::{PhotoError, Vault};
use xunju_sync::client::{Asked, Failure, Lane, Party, RawReply, Reply, Request, answer};
use xunju_sync::request::{self, Body};
use xunju_sync::{BackedReply, BackedRequest, LogReply, RecoverReply, RecoverRequest, limits, message, wire};

use crate::pulse::Pulse;

const CONNECT: Duration = Duration::from_secs(10);
/// No byte for this long is a stall; the whole may take as long as it likes.
pub const STALL: Duration = Duration::from_secs(30);
/// A held request is silent by design.
const HELD: Duration = Duration::from_millis(limits::WAIT_MS_MAX + 15_000);

/// Connections of a laptop: events never wait behind photos.
#[derive(Clone)]
pub struct Http {
    origin: Url,
    control: Client,
    bulk: Client,
    watch: Client,
    signer: Arc<Signer>,
    party: Party,
    vault: Arc<Vault>,
}

/// A client with our rules: no redirects (a captive portal's trick), no proxy guessing, our TLS.
pub fn client() -> Result<Client, ApiError> {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .user_agent(concat!("xunju/", env!("CARGO_PKG_VERSION")));
    if let Some(path) = std::env::var_os("XUNJU_CA") {
        let unreadable = |e: String| ApiError::new(ErrorCode::DiskFailed).with("op", "read XUNJU_CA").with("cause", e);
        let pem = std::fs::read(path).map_err(|e| unreadable(e.to_string()))?;
        let roots = reqwest::Certificate::from_pem_bundle(&pem).map_err(|e| unreadable(e.to_string()))?;
        for root in roots {
            builder = builder.add_root_certificate(root);
        }
    }
    builder.build().map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))
}

/// 32 random hex digits that the reply must repeat.
pub fn echo() -> Result<String, Failure> {
    let mut bytes = [0; limits::ECHO_DIGITS / 2];
    getrandom::fill(&mut bytes).map_err(|_| Failure::Local)?;
    Ok(to_hex(&bytes))
}

impl Http {
    /// # Errors
    /// A client that cannot be set up, such as an unreadable CA file.
    pub fn new(origin: Url, signer: Arc<Signer>, party: Party, vault: Arc<Vault>) -> Result<Self, ApiError> {
        Ok(Self { origin, control: client()?, bulk: client()?, watch: client()?, signer, party, vault })
    }

    pub fn party(&self) -> &Party {
        &self.party
    }

    /// Sends, and reads the reply against what was asked.
    pub async fn ask(&self, lane: Lane, asked: &Request, blob_bytes: u64) -> Result<Reply, Failure> {
        let echo = echo()?;
        let body = self.body(asked).await?;
        let raw = self.exchange(lane, asked, &echo, body).await?;
        let server = &self.party.server;
        answer::read(Asked { request: asked, echo: &echo, log: &self.party.log, server, blob_bytes }, raw)
    }

    /// What the log is now, for somebody who saw it at a size.
    pub async fn log(&self, seen: u64) -> Result<LogReply, Failure> {
        self.small("GET", &format!("/v1/log?seen={seen}"), None).await
    }

    /// Which of these files stand in a checked backup.
    pub async fn backed(&self, hashes: Vec<Hash>) -> Result<Vec<Hash>, Failure> {
        let asked = wire::encode(&BackedRequest { hashes: hashes.clone() }).map_err(|_| Failure::Local)?;
        let reply: BackedReply = self.small("POST", "/v1/blobs/backed", Some(asked)).await?;
        Ok(reply.hashes.into_iter().filter(|hash| hashes.contains(hash)).collect())
    }

    /// Brings a server that was put back from a backup what this laptop has.
    pub async fn recover(&self, request: &RecoverRequest) -> Result<RecoverReply, Failure> {
        let body = wire::encode(request).map_err(|_| Failure::Local)?;
        self.small("POST", "/v1/recover", Some(body)).await
    }

    /// One question beside the sync machine's own.
    async fn small<M: wire::Message>(&self, method: &str, path: &str, body: Option<Vec<u8>>) -> Result<M, Failure> {
        let echo = echo()?;
        let url = self.origin.join(path).map_err(|_| Failure::Local)?;
        let signed = body.as_deref().map_or(Body::Unsigned, Body::Whole);
        let sig = request::sign(&self.signer, method, path, &echo, signed);
        let method = Method::from_bytes(method.as_bytes()).map_err(|_| Failure::Local)?;
        let mut asked = self
            .control
            .request(method, url)
            .header(request::DEVICE_HEADER, &self.party.dev)
            .header(request::ECHO_HEADER, &echo)
            .header(request::SIGNATURE_HEADER, &sig);
        if let Some(body) = body {
            asked = asked.header("content-type", wire::MEDIA_TYPE).body(body);
        }
        let pulse = Pulse::new();
        let exchange = async { raw(asked.send().await.map_err(|e| unreachable(&e))?, &pulse).await };
        let raw = pulse.keep(STALL, exchange).await.unwrap_or(Err(Failure::Unreachable))?;
        wire::open(&raw.body, &echo, &self.party.server).map_err(|_| Failure::NotOurs)
    }

    async fn body(&self, asked: &Request) -> Result<Vec<u8>, Failure> {
        let Request::Patch { hash, offset, len } = *asked else { return asked.body().map_err(|_| Failure::Local) };
        let vault = Arc::clone(&self.vault);
        let read = tokio::task::spawn_blocking(move || vault.read_range(&hash.hex(), offset, u64::from(len)));
        match read.await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(PhotoError::Missing { .. } | PhotoError::Corrupt { .. } | PhotoError::OutOfRange { .. })) => {
                Err(Failure::NotHere)
            }
            _ => Err(Failure::Local),
        }
    }

    async fn exchange(&self, lane: Lane, asked: &Request, echo: &str, body: Vec<u8>) -> Result<RawReply, Failure> {
        let (method, path) = (asked.method(), asked.path());
        let url = self.origin.join(&path).map_err(|_| Failure::Local)?;
        let signed = if asked.signs_body() { Body::Whole(&body) } else { Body::Unsigned };
        let sig = request::sign(&self.signer, method, &path, echo, signed);
        let client = match lane {
            Lane::Control => &self.control,
            Lane::Bulk => &self.bulk,
            Lane::Watch => &self.watch,
        };
        let mut builder = client
            .request(Method::from_bytes(method.as_bytes()).map_err(|_| Failure::Local)?, url)
            .header(request::DEVICE_HEADER, &self.party.dev)
            .header(request::ECHO_HEADER, echo)
            .header(request::SIGNATURE_HEADER, sig);
        for (name, value) in asked.headers() {
            builder = builder.header(name, value);
        }
        let (pulse, stall) = (Pulse::new(), if lane == Lane::Watch { HELD } else { STALL });
        if !body.is_empty() {
            builder = builder.header("content-length", body.len()).body(pulse.body(body));
        }
        let exchange = async {
            let response = builder.send().await.map_err(|e| unreachable(&e))?;
            raw(response, &pulse).await
        };
        pulse.keep(stall, exchange).await.unwrap_or(Err(Failure::Unreachable))
    }
}

fn unreachable(e: &reqwest::Error) -> Failure {
    tracing::debug!(error = %e.to_string(), "no answer");
    Failure::Unreachable
}

async fn raw(response: Response, pulse: &Pulse) -> Result<RawReply, Failure> {
    let header = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let mut raw = RawReply {
        status: response.status().as_u16(),
        media_type: header("content-type"),
        echo: header(request::ECHO_HEADER),
        upload_offset: header("upload-offset").and_then(|v| v.parse().ok()),
        blob_receipt: header(message::BLOB_RECEIPT_HEADER),
        retry_ms: header("retry-after").and_then(|v| v.parse::<u32>().ok()).map(|s| s.saturating_mul(1000)),
        body: Vec::new(),
    };
    raw.body = bounded(response, pulse).await?;
    Ok(raw)
}

/// The body, given up on where it grows past anything the protocol allows.
pub async fn bounded(mut response: Response, pulse: &Pulse) -> Result<Vec<u8>, Failure> {
    let max = limits::PAGE_RAW_BYTES_MAX.max(limits::PIECE_BYTES_MAX as usize) * 2;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| unreachable(&e))? {
        pulse.beat();
        if body.len() + chunk.len() > max {
            return Err(Failure::NotOurs);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
