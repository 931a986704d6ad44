//! A device at the other end of HTTP, and the server's own program as a process.
#![allow(dead_code)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::{Method, Response};
use xunju_evidence::hash::to_hex;
use xunju_evidence::{Blob, Hash, PublicKey, Signer};
use xunju_sync::message::blob_metadata;
use xunju_sync::request::{self, Body, DEVICE_HEADER, ECHO_HEADER, SIGNATURE_HEADER};
use xunju_sync::wire::{Message, encode, open};
use xunju_sync::{PullReply, PullRequest, PushReply, PushRequest};

use crate::town::Laptop;

pub fn client() -> reqwest::Client {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().cookie_store(true).build().unwrap()
}

pub fn echo() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    to_hex(&bytes)
}

/// Signed requests of one device.
pub struct Wire<'a> {
    pub url: String,
    pub dev: String,
    pub signer: &'a Signer,
    pub server: PublicKey,
    pub http: reqwest::Client,
}

impl<'a> Wire<'a> {
    pub fn new(url: &str, laptop: &'a Laptop, server: PublicKey) -> Self {
        Self { url: url.to_owned(), dev: laptop.device.dev.clone(), signer: &laptop.signer, server, http: client() }
    }

    pub fn request(&self, method: Method, path: &str, body: Option<&[u8]>) -> (String, reqwest::RequestBuilder) {
        let echo = echo();
        let signed = body.map_or(Body::Unsigned, Body::Whole);
        let sig = request::sign(self.signer, method.as_str(), path, &echo, signed);
        let builder = self.http.request(method, format!("{}{path}", self.url));
        let builder = builder.header(DEVICE_HEADER, &self.dev).header(ECHO_HEADER, &echo).header(SIGNATURE_HEADER, sig);
        (echo, builder)
    }

    pub async fn ask<Q: Message, A: Message>(&self, path: &str, message: &Q) -> reqwest::Result<A> {
        let body = encode(message).unwrap();
        let (echo, request) = self.request(Method::POST, path, Some(&body));
        let reply = request.body(body).send().await?;
        assert_eq!(reply.status(), 200);
        assert_eq!(reply.headers()["content-type"], xunju_sync::wire::MEDIA_TYPE);
        assert_eq!(reply.headers()[ECHO_HEADER], echo);
        Ok(open(&reply.bytes().await?, &echo, &self.server).unwrap())
    }

    pub async fn push(&self, request: &PushRequest) -> reqwest::Result<PushReply> {
        self.ask("/v1/push", request).await
    }

    pub async fn pull(&self, request: &PullRequest) -> reqwest::Result<PullReply> {
        self.ask("/v1/pull", request).await
    }

    pub async fn create(&self, hash: &Hash, bytes: u64) -> Response {
        let (_, request) = self.request(Method::POST, "/v1/blobs", Some(b""));
        let request = request.header("tus-resumable", "1.0.0").header("upload-length", bytes);
        request.header("upload-metadata", blob_metadata(hash)).send().await.unwrap()
    }

    pub async fn look(&self, hash: &Hash) -> Response {
        let (_, request) = self.request(Method::HEAD, &format!("/v1/blobs/u/{hash}"), None);
        request.header("tus-resumable", "1.0.0").send().await.unwrap()
    }

    pub async fn patch(&self, hash: &Hash, offset: u64, bytes: Vec<u8>) -> reqwest::Result<Response> {
        let (_, request) = self.request(Method::PATCH, &format!("/v1/blobs/u/{hash}"), None);
        let request = request.header("tus-resumable", "1.0.0").header("upload-offset", offset);
        request.header("content-type", "application/offset+octet-stream").body(bytes).send().await
    }

    pub async fn fetch(&self, hash: &Hash, range: Option<&str>) -> Response {
        let (_, request) = self.request(Method::GET, &format!("/v1/blobs/{hash}"), None);
        let request = range.map_or(request.try_clone().unwrap(), |range| request.header("range", range));
        request.send().await.unwrap()
    }
}

pub fn offset(reply: &Response) -> u64 {
    reply.headers()["upload-offset"].to_str().unwrap().parse().unwrap()
}

pub fn blob(bytes: &[u8]) -> Blob {
    let facts = std::collections::BTreeMap::new();
    Blob {
        h: Hash::of(bytes),
        n: bytes.len() as u64,
        m: "image/jpeg".into(),
        role: "photo".into(),
        thumb: None,
        preview: None,
        facts,
    }
}

/// Bytes that no two tests share.
pub fn bytes(seed: u8, len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 31 + i / 251) as u8 ^ seed).collect()
}

/// The program, serving a folder.
pub struct Program {
    pub child: Child,
    pub url: String,
}

impl Program {
    pub fn start(data: &Path, kill_at: Option<&str>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xunju-server"));
        command
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .env_remove("XUNJU_KILL_AT");
        if let Some(stage) = kill_at {
            command.env("XUNJU_KILL_AT", stage);
        }
        let mut child = command.env("XUNJU_LOG", "error").spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        Self { child, url: said["listening"].as_str().unwrap().to_owned() }
    }

    /// Asks it to stop, as an init system does.
    #[cfg(unix)]
    pub fn terminate(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Stops it gently and waits.
    #[cfg(unix)]
    pub fn settled(self) {
        self.terminate();
        assert!(self.gone().success());
    }

    /// Waits until it is gone.
    pub fn gone(mut self) -> std::process::ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _waited = self.child.wait();
    }
}
