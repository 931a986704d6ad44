//! Uploads by tus 1.0: announce, resume, finish; and who may fetch what arrived.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;
mod wire;

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Arc;

use town::{Laptop, Town, accepted, only, recorded};
use wire::{Wire, blob, bytes, offset};
use xunju_domain::permission::Role;
use xunju_evidence::Hash;
use xunju_server::Clock;
use xunju_server::serve::{Config, Running, start};
use xunju_sync::message::{BLOB_RECEIPT_HEADER, blob_receipt_from_header};

struct Served {
    town: Town,
    running: Running,
    laptop: Laptop,
    stranger: Laptop,
}

impl Served {
    async fn new() -> Self {
        let town = Town::new();
        town.user("inspector1", Role::Ins, only("cmp-1"));
        town.user("inspector2", Role::Ins, only("cmp-2"));
        let (laptop, stranger) = (town.laptop("inspector1", 1), town.laptop("inspector2", 2));
        let running = serve(&town).await;
        Self { town, running, laptop, stranger }
    }

    /// A case whose event names these bytes.
    fn record(&mut self, case: &str, bytes: &[u8]) -> Hash {
        let mut event = recorded(case, "cmp-1");
        event.blobs = vec![blob(bytes)];
        accepted(&self.laptop.push(&self.running.journal, vec![event]));
        Hash::of(bytes)
    }

    fn wire<'a>(&self, laptop: &'a Laptop) -> Wire<'a> {
        Wire::new(&self.running.url, laptop, self.running.journal.signer().public())
    }
}

async fn serve(town: &Town) -> Running {
    let config = Config {
        data: town.folder.path().to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        tls: None,
        clock: Clock::held(Arc::clone(&town.time)),
        metrics_token: None,
    };
    start(config).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_announcement_to_receipt() {
    let mut served = Served::new().await;
    let photo = bytes(1, 700_000);
    let (hash, len) = (Hash::of(&photo), photo.len() as u64);
    let wire = served.wire(&served.laptop);
    assert_eq!(wire.create(&hash, len).await.status(), 403, "no event names it yet");
    drop(wire);
    served.record("a", &photo);
    let wire = served.wire(&served.laptop);

    assert_eq!(wire.look(&hash).await.status(), 404, "not announced yet");
    assert_eq!(wire.create(&hash, len + 1).await.status(), 422);
    let created = wire.create(&hash, len).await;
    assert_eq!((created.status().as_u16(), offset(&created)), (201, 0));
    assert_eq!(created.headers()["location"], format!("/v1/blobs/u/{hash}"));
    assert_eq!(created.headers()["tus-resumable"], "1.0.0");

    let first = wire.patch(&hash, 0, photo[..300_000].to_vec()).await.unwrap();
    assert_eq!((first.status().as_u16(), offset(&first)), (204, 300_000));
    assert!(!first.headers().contains_key(BLOB_RECEIPT_HEADER), "nothing is promised of a part");
    assert_eq!(wire.fetch(&hash, None).await.status(), 404, "nothing is served of a part");
    let ahead = wire.patch(&hash, 400_000, photo[400_000..].to_vec()).await.unwrap();
    assert_eq!((ahead.status().as_u16(), offset(&ahead)), (409, 300_000));
    let again = wire.create(&hash, len).await;
    assert_eq!((again.status().as_u16(), offset(&again)), (201, 300_000));
    let looked = wire.look(&hash).await;
    assert_eq!((looked.status().as_u16(), offset(&looked)), (200, 300_000));
    assert_eq!(looked.headers()["cache-control"], "no-store");

    let last = wire.patch(&hash, 300_000, photo[300_000..].to_vec()).await.unwrap();
    assert_eq!((last.status().as_u16(), offset(&last)), (204, len));
    let (log, _) = served.town.log_and_epoch();
    let word = last.headers()[BLOB_RECEIPT_HEADER].to_str().unwrap().to_owned();
    let receipt = blob_receipt_from_header(&word, &log, &hash, len).unwrap();
    receipt.verify(&wire.server).unwrap();
    served.town.pass_ms(60_000);
    for reply in [wire.look(&hash).await, wire.create(&hash, len).await] {
        assert_eq!(reply.status(), 200);
        assert_eq!(reply.headers()[BLOB_RECEIPT_HEADER], word, "a receipt says the same for ever");
    }

    let whole = wire.fetch(&hash, None).await;
    assert_eq!(whole.headers()["etag"], format!("\"{hash}\""));
    assert_eq!(whole.bytes().await.unwrap(), photo);
    let part = wire.fetch(&hash, Some("bytes=262140-262150")).await;
    assert_eq!(
        (part.status().as_u16(), part.headers()["content-range"].to_str().unwrap()),
        (206, "bytes 262140-262150/700000")
    );
    assert_eq!(part.bytes().await.unwrap(), photo[262_140..=262_150]);
    assert_eq!(wire.fetch(&hash, Some("bytes=700000-")).await.status(), 416);
    served.running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_follows_a_scope_gets_its_photos() {
    let mut served = Served::new().await;
    let photo = bytes(2, 5_000);
    let hash = served.record("a", &photo);
    let wire = served.wire(&served.laptop);
    wire.create(&hash, 5_000).await;
    assert_eq!(wire.patch(&hash, 0, photo.clone()).await.unwrap().status(), 204);
    let other = served.wire(&served.stranger);
    assert_eq!(other.fetch(&hash, None).await.status(), 404);
    assert_eq!(other.look(&hash).await.status(), 403);
    assert_eq!(other.create(&hash, 5_000).await.status(), 403);

    // Naming a file in an event of one's own is no way to it.
    let mut forged = recorded("forged", "cmp-1");
    forged.blobs = vec![blob(&photo)];
    accepted(&served.stranger.push(&served.running.journal, vec![forged]));
    let other = served.wire(&served.stranger);
    assert_eq!(other.fetch(&hash, None).await.status(), 404);

    let mut unsigned = served.wire(&served.laptop);
    unsigned.signer = &served.stranger.signer;
    assert_eq!(unsigned.fetch(&hash, None).await.status(), 401);
    served.running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn other_bytes_than_announced_are_thrown_away() {
    let mut served = Served::new().await;
    let photo = bytes(3, 100_000);
    let hash = served.record("a", &photo);
    let wire = served.wire(&served.laptop);
    wire.create(&hash, 100_000).await;
    let mut other = photo.clone();
    other[77_777] ^= 1;
    assert_eq!(wire.patch(&hash, 0, other).await.unwrap().status().as_u16(), 460);
    assert_eq!(wire.fetch(&hash, None).await.status(), 404);
    assert_eq!(wire.look(&hash).await.status(), 404);
    let created = wire.create(&hash, 100_000).await;
    assert_eq!((created.status().as_u16(), offset(&created)), (201, 0));
    let long = wire.patch(&hash, 0, bytes(3, 100_001)).await.unwrap();
    assert_eq!(long.status(), 413);
    let at = offset(&wire.look(&hash).await);
    assert_eq!(wire.patch(&hash, at, photo[at as usize..].to_vec()).await.unwrap().status(), 204);
    served.running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_connection_leaves_what_came() {
    let mut served = Served::new().await;
    let photo = bytes(4, 3_000_000);
    let hash = served.record("a", &photo);
    let wire = served.wire(&served.laptop);
    wire.create(&hash, 3_000_000).await;
    let sent = 1_300_000;
    let (_, request) = wire.request(reqwest::Method::PATCH, &format!("/v1/blobs/u/{hash}"), None);
    let request = request.header("tus-resumable", "1.0.0").header("upload-offset", 0).build().unwrap();
    let mut line = format!("PATCH {} HTTP/1.1\r\nhost: x\r\ncontent-length: 3000000\r\n", request.url().path());
    for (name, value) in request.headers() {
        line.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
    }
    line.push_str("content-type: application/offset+octet-stream\r\n\r\n");
    let mut socket = TcpStream::connect(served.running.addr).unwrap();
    socket.write_all(line.as_bytes()).unwrap();
    socket.write_all(&photo[..sent]).unwrap();
    drop(socket);
    // A look takes the upload over from the dead request, wherever that stands.
    let mut at = offset(&wire.look(&hash).await);
    assert!(at <= sent as u64);
    while at < 3_000_000 {
        let to = (at as usize + 500_000).min(photo.len());
        let reply = wire.patch(&hash, at, photo[at as usize..to].to_vec()).await.unwrap();
        at = if reply.status() == 409 {
            offset(&reply)
        } else {
            assert_eq!(reply.status(), 204);
            offset(&reply)
        };
    }
    assert_eq!(wire.fetch(&hash, None).await.bytes().await.unwrap(), photo);
    served.running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn tus_headers_are_asked_for() {
    let mut served = Served::new().await;
    let photo = bytes(5, 1_000);
    let hash = served.record("a", &photo);
    let wire = served.wire(&served.laptop);
    wire.create(&hash, 1_000).await;
    let path = format!("/v1/blobs/u/{hash}");
    let (_, bare) = wire.request(reqwest::Method::HEAD, &path, None);
    let refused = bare.send().await.unwrap();
    assert_eq!((refused.status().as_u16(), refused.headers()["tus-version"].to_str().unwrap()), (412, "1.0.0"));
    let (_, untyped) = wire.request(reqwest::Method::PATCH, &path, None);
    let untyped = untyped.header("tus-resumable", "1.0.0").header("upload-offset", 0).body(photo.clone());
    assert_eq!(untyped.send().await.unwrap().status(), 415);
    let options = wire.http.request(reqwest::Method::OPTIONS, format!("{}/v1/blobs", wire.url)).send().await.unwrap();
    assert_eq!(options.headers()["tus-extension"], "creation");
    // Through a gateway that knows no PATCH.
    let (_, post) = wire.request(reqwest::Method::POST, &path, None);
    let post =
        post.header("x-http-method-override", "PATCH").header("tus-resumable", "1.0.0").header("upload-offset", 0);
    let post = post.header("content-type", "application/offset+octet-stream").body(photo.clone());
    assert_eq!(post.send().await.unwrap().status(), 204);
    assert_eq!(wire.fetch(&hash, None).await.bytes().await.unwrap(), photo);
    served.running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_goes_on_after_a_restart() {
    let mut served = Served::new().await;
    let photo = bytes(6, 400_000);
    let hash = served.record("a", &photo);
    let wire = served.wire(&served.laptop);
    wire.create(&hash, 400_000).await;
    wire.patch(&hash, 0, photo[..150_000].to_vec()).await.unwrap();
    let Served { town, running, laptop, .. } = served;
    let key = running.journal.signer().public();
    running.stop().await.unwrap();
    let running = serve(&town).await;
    let wire = Wire::new(&running.url, &laptop, key);
    assert_eq!(offset(&wire.look(&hash).await), 150_000);
    assert_eq!(wire.patch(&hash, 150_000, photo[150_000..].to_vec()).await.unwrap().status(), 204);
    assert_eq!(wire.fetch(&hash, None).await.bytes().await.unwrap(), photo);
    running.stop().await.unwrap();
}
