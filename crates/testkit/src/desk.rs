//! A browser on the town server's own address, as far as a test needs one.

use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(30);

/// A signed-in session.
pub struct Desk {
    url: String,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
}

impl Desk {
    #[must_use]
    pub fn sign_in(url: &str, user: &str, password: &str) -> Self {
        let _already_set = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let desk = Self { url: url.to_owned(), client, runtime };
        let (status, body) = desk.post("/api/login", &json!({ "user": user, "password": password }));
        assert_eq!(status, 200, "{body}");
        desk
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.runtime.block_on(async {
            let url = format!("{}{path}", self.url);
            let sent = self.client.post(url).header("x-xunju", "1").json(body).send().await.unwrap();
            let status = sent.status().as_u16();
            (status, sent.json().await.unwrap_or(Value::Null))
        })
    }

    /// Runs a command.
    ///
    /// # Errors
    /// The refusal, as JSON.
    pub fn call(&self, name: &str, args: &Value) -> Result<Value, Value> {
        let (status, body) = self.post(&format!("/api/call/{name}"), args);
        if status == 200 { Ok(body) } else { Err(body) }
    }

    /// Runs a command that must succeed.
    #[must_use]
    pub fn ask<T: DeserializeOwned>(&self, name: &str, args: &Value) -> T {
        let answer = self.call(name, args).unwrap_or_else(|e| panic!("{name}: {e}"));
        serde_json::from_value(answer).unwrap()
    }

    /// Asks again until the answer is so: the desk follows the journal a moment after a laptop's receipt.
    ///
    /// # Panics
    /// Where it is not within half a minute.
    #[must_use]
    pub fn ask_until<T: DeserializeOwned>(&self, name: &str, args: &Value, so: impl Fn(&T) -> bool) -> T {
        let begun = Instant::now();
        loop {
            match self.call(name, args).map(|answer| serde_json::from_value::<T>(answer).unwrap()) {
                Ok(answer) if so(&answer) => return answer,
                other => assert!(begun.elapsed() < PATIENCE, "{name}: {:?}", other.err()),
            }
        }
    }

    /// Hands over a ledger's file to be read; gives its name there.
    #[must_use]
    pub fn upload_ledger(&self, bytes: Vec<u8>) -> String {
        self.runtime.block_on(async {
            let url = format!("{}/api/ledger/file", self.url);
            let sent = self.client.post(url).header("x-xunju", "1").header("x-file-name", "ledger.xlsx").body(bytes);
            let taken: Value = sent.send().await.unwrap().json().await.unwrap();
            taken["file"].as_str().unwrap_or_else(|| panic!("{taken}")).to_owned()
        })
    }

    /// Bytes and status of a photo.
    #[must_use]
    pub fn photo(&self, hash: &str) -> (u16, Vec<u8>) {
        self.get(&format!("/photo/{hash}"))
    }

    /// Bytes and status of any address of the server.
    #[must_use]
    pub fn get(&self, path: &str) -> (u16, Vec<u8>) {
        self.runtime.block_on(async {
            let sent = self.client.get(format!("{}{path}", self.url)).send().await.unwrap();
            (sent.status().as_u16(), sent.bytes().await.unwrap().to_vec())
        })
    }
}
