//! The server's whole surface on a free port: devices beside browsers, on one journal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;
mod wire;

use std::sync::Arc;

use serde_json::{Value, json};
use town::{Town, accepted, only, recorded};
use wire::Wire;
use xunju_domain::permission::{Role, Scopes};
use xunju_server::Clock;
use xunju_server::accounts::user;
use xunju_server::serve::{Config, Running, start};
use xunju_sync::{PullReply, PullRequest, PushReply};

const PASSWORD: &str = "correct horse";

async fn serve(town: &Town) -> Running {
    let clock = Clock::held(Arc::clone(&town.time));
    let listen = "127.0.0.1:0".parse().unwrap();
    start(Config { data: town.folder.path().to_owned(), listen, tls: None, clock, metrics_token: None }).await.unwrap()
}

struct Browser {
    url: String,
    http: reqwest::Client,
}

impl Browser {
    fn new(running: &Running) -> Self {
        Self { url: running.url.clone(), http: wire::client() }
    }

    async fn signed_in(running: &Running, user: &str) -> Self {
        let browser = Self::new(running);
        let (status, body) = browser.post("/api/login", json!({ "user": user, "password": PASSWORD })).await;
        assert_eq!(status, 200, "{body}");
        browser
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let reply =
            self.http.post(format!("{}{path}", self.url)).header("x-xunju", "1").json(&body).send().await.unwrap();
        (reply.status().as_u16(), reply.json().await.unwrap())
    }

    async fn call(&self, command: &str, args: Value) -> (u16, Value) {
        self.post(&format!("/api/call/{command}"), args).await
    }

    async fn state(&self) -> Value {
        self.http.get(format!("{}/api/state", self.url)).send().await.unwrap().json().await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_setup_code_makes_one_administrator() {
    let town = Town::new();
    let running = serve(&town).await;
    let browser = Browser::new(&running);
    let code = running.setup_code.clone().expect("a first start");
    let setup = |code: &str, user: &str| json!({ "code": code, "user": user, "password": PASSWORD, "town_name": "新镇", "town_code": "XZ" });
    assert_eq!(browser.post("/api/setup", setup("2222-2222-2222-2222", "eve")).await.0, 403);
    assert_eq!(browser.post("/api/setup", setup(&code, "boss")).await.0, 200);
    assert_eq!(browser.post("/api/setup", setup(&code, "eve")).await.0, 403);
    let (status, state) = browser.post("/api/login", json!({ "user": "boss", "password": PASSWORD })).await;
    assert_eq!((status, state["user"]["roles"].clone(), state["town"].clone()), (200, json!(["R-ADM"]), json!("新镇")));
    running.stop().await.unwrap();
    let again = serve(&town).await;
    assert_eq!(again.setup_code, None);
    again.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_from_a_laptop_is_filed_in_a_browser() {
    let town = Town::new();
    user::add(&town.journal, "reviewer1", Role::Lxb, user::Post::default(), PASSWORD).unwrap();
    user::add(&town.journal, "admin1", Role::Adm, user::Post::default(), PASSWORD).unwrap();
    town.user("inspector1", Role::Ins, only("cmp-1"));
    let mut laptop = town.laptop("inspector1", 1);
    let running = serve(&town).await;
    let wire = Wire::new(&running.url, &laptop, running.journal.signer().public());
    let (reviewer, admin) =
        (Browser::signed_in(&running, "reviewer1").await, Browser::signed_in(&running, "admin1").await);

    drop(wire);
    let event = laptop.sign(recorded("0192-a", "cmp-1"));
    let wire = Wire::new(&running.url, &laptop, running.journal.signer().public());
    let mut changes = reviewer.http.get(format!("{}/api/events", running.url)).send().await.unwrap();
    assert_eq!(changes.headers()["content-type"], "text/event-stream");
    accepted(&wire.push(&laptop.request(1, vec![event])).await.unwrap());
    // The desk hears of it and says so.
    let mut heard = String::new();
    while !heard.contains("\"case\"") {
        heard.push_str(std::str::from_utf8(&changes.chunk().await.unwrap().unwrap()).unwrap());
    }
    let (status, queue) = reviewer.call("review.queue", json!({ "queue": "to_review" })).await;
    assert_eq!((status, queue["rows"][0]["id"].clone()), (200, json!("0192-a")), "{queue}");

    let (status, refused) = admin.call("case.get", json!({ "id": "0192-a" })).await;
    assert_eq!((status, refused["code"].clone()), (403, json!("not_allowed")), "no case content for administrators");
    let (status, written) = reviewer.call("case.act", json!({ "id": "0192-a", "action": "accept" })).await;
    assert_eq!(status, 200, "{written}");
    let (_, case) = reviewer.call("case.get", json!({ "id": "0192-a" })).await;
    assert_eq!(
        (case["card"]["status"].clone(), case["card"]["no"].clone()),
        (json!("ACCEPTED"), json!("XJ-2026-WJ-000001"))
    );

    // And back to the laptop.
    let (log, epoch) = town.log_and_epoch();
    let request = PullRequest { proto: 1, log, epoch, cursors: vec![], max_bytes: 1 << 20, t0: 0 };
    let PullReply::Page(page) = wire.pull(&request).await.unwrap() else { panic!() };
    let kinds: Vec<_> = page.frames.iter().filter(|f| f.scope == "cmp-1").map(|f| f.event.body.clone()).collect();
    let kinds: Vec<String> = kinds
        .iter()
        .map(|b| xunju_evidence::EventBody::parse(b).unwrap())
        .map(|b| format!("{} {}", b.kind, b.actor))
        .collect();
    assert_eq!(kinds, ["case.recorded inspector1", "case.ruled server", "case.act reviewer1", "case.ruled server"]);
    let looks =
        town.texts("SELECT user || ' ' || action || ' ' || object FROM access WHERE action LIKE 'case.%' ORDER BY id");
    assert_eq!(looks, ["admin1 case.get 0192-a", "reviewer1 case.act 0192-a", "reviewer1 case.get 0192-a"]);
    running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_added_in_a_browser_is_seen_by_those_who_may() {
    let town = Town::new();
    user::add(&town.journal, "inspector1", Role::Ins, user::Post::default(), PASSWORD).unwrap();
    user::add(&town.journal, "inspector2", Role::Ins, user::Post::default(), PASSWORD).unwrap();
    town.user("inspector2", Role::Ins, only("cmp-2"));
    let mut laptop = town.laptop("inspector1", 1);
    accepted(&laptop.push(&town.journal, vec![recorded("0192-b", "cmp-1")]));
    let running = serve(&town).await;
    running.desk.settle();
    let (one, two) =
        (Browser::signed_in(&running, "inspector1").await, Browser::signed_in(&running, "inspector2").await);
    let photo = xunju_photos::sample::scene("stall", 3, 640, 480);
    let request = one
        .http
        .post(format!("{}/api/photo", running.url))
        .header("x-xunju", "1")
        .header("x-photo-name", "%E7%8E%B0%E5%9C%BA.jpg");
    let reply = request
        .header("x-photo-channel", "drop")
        .header("x-photo-mtime", "1795406400000")
        .body(photo.clone())
        .send()
        .await
        .unwrap();
    assert_eq!(reply.status(), 200);
    let tray: Value = reply.json().await.unwrap();
    assert_eq!((tray["name"].clone(), tray["bytes"].clone()), (json!("现场.jpg"), json!(photo.len())));
    let hash = tray["hash"].as_str().unwrap().to_owned();
    let add = json!({ "id": "0192-b", "photos": [{ "hash": hash, "slot": "near" }] });
    let (status, written) = one.call("case.add_photos", add).await;
    assert_eq!(status, 200, "{written}");
    let show = |browser: &Browser| browser.http.get(format!("{}/photo/{hash}", running.url)).send();
    let shown = show(&one).await.unwrap();
    assert_eq!(shown.headers()["content-type"], "image/jpeg");
    assert_eq!(shown.headers()["cache-control"], "private, max-age=31536000, immutable");
    assert_eq!(shown.bytes().await.unwrap(), photo);
    assert_ne!(show(&two).await.unwrap().status(), 200);
    assert_eq!(show(&Browser::new(&running)).await.unwrap().status(), 401);
    // Registered with a receipt, and to be had by the laptops of the scope.
    assert_eq!(town.numbers("SELECT count(*) FROM blob"), [3]);
    let wire = Wire::new(&running.url, &laptop, running.journal.signer().public());
    assert_eq!(wire.fetch(&hash.parse().unwrap(), None).await.bytes().await.unwrap(), photo);
    running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_held_to_their_own_pages() {
    let town = Town::new();
    user::add(&town.journal, "reviewer1", Role::Lxb, user::Post::default(), PASSWORD).unwrap();
    let running = serve(&town).await;
    let browser = Browser::new(&running);
    let login = json!({ "user": "reviewer1", "password": PASSWORD });
    let foreign = browser.http.post(format!("{}/api/login", running.url)).json(&login).send().await.unwrap();
    assert_eq!(foreign.status(), 400, "without the header");
    let reply = browser
        .http
        .post(format!("{}/api/login", running.url))
        .header("x-xunju", "1")
        .json(&login)
        .send()
        .await
        .unwrap();
    let cookie = reply.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("; HttpOnly; SameSite=Strict") && !cookie.contains("Secure"), "{cookie}");
    let policy = reply.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("connect-src 'self'") && policy.contains("require-trusted-types-for 'script'"));
    assert_eq!(reply.headers()["x-content-type-options"], "nosniff");
    assert_eq!(browser.state().await["phase"], "ready");
    assert_eq!(browser.call("no.such", json!({})).await.1["code"], "bad_request");
    town.pass_ms(13 * 3_600_000);
    assert_eq!(browser.state().await["phase"], "signed_out", "a working day is over");
    let (status, refused) = browser.call("today.show", json!({})).await;
    assert_eq!((status, refused["code"].clone()), (401, json!("signed_out")));
    assert_eq!(browser.post("/api/login", login).await.0, 200);
    browser.post("/api/logout", json!({})).await;
    assert_eq!(browser.state().await["phase"], "signed_out");
    running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_hears_of_another_process() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, only("cmp-1"));
    let mut laptop = town.laptop("inspector1", 1);
    let running = serve(&town).await;
    let event = laptop.sign(recorded("a", "cmp-1"));
    let pushed = laptop.request(1, vec![event]);
    let tip = town.numbers("SELECT max(seq) FROM log")[0];
    let server = running.journal.signer().public();
    let wire = Wire::new(&running.url, &laptop, server.clone());
    let (echo, waiting) = wire.request(reqwest::Method::GET, &format!("/v1/wait?after={tip}"), None);
    let waiting = tokio::spawn(waiting.send());
    let beside = town.beside();
    accepted(&beside.push(&laptop.device, pushed).unwrap());
    let body = waiting.await.unwrap().unwrap().bytes().await.unwrap();
    let heard: xunju_sync::WaitReply = xunju_sync::wire::open(&body, &echo, &server).unwrap();
    assert_eq!(heard.dirty, ["cmp-1"]);
    running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_nobody_enrolled_gets_nothing() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, Scopes::All);
    let (other_town, running) = (Town::new(), serve(&town).await);
    other_town.user("inspector1", Role::Ins, Scopes::All);
    let mut stranger = other_town.laptop("inspector1", 7);
    let event = stranger.sign(recorded("a", "cmp-1"));
    let mut request = stranger.request(1, vec![event]);
    let wire = Wire::new(&running.url, &stranger, running.journal.signer().public());
    assert!(matches!(wire.push(&request).await.unwrap(), PushReply::OtherLog { .. }));
    request.log = town.log_and_epoch().0;
    assert_eq!(wire.push(&request).await.unwrap(), PushReply::Revoked);
    assert!(town.texts("SELECT record FROM log WHERE record LIKE 'case:%'").is_empty());
    let again = start(Config {
        data: town.folder.path().to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        tls: None,
        clock: Clock::system(),
        metrics_token: None,
    });
    assert_eq!(again.await.unwrap_err().code(), "folder_in_use");
    running.stop().await.unwrap();
}
