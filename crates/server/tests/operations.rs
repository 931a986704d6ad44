//! What those who run a server see of it: limits, numbers, readiness, a number on every request.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod town;
mod wire;

use std::io::{Read as _, Write as _};
use std::sync::Arc;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use town::{Town, accepted, recorded};
use wire::Wire;
use xunju_domain::permission::{Role, Scopes};
use xunju_server::Clock;
use xunju_server::http::rule::RULES;
use xunju_server::serve::{Config, Running, start};

const TOKEN: &str = "a-token-for-the-scraper";

async fn serve(town: &Town) -> Running {
    let config = Config {
        data: town.folder.path().to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        tls: None,
        clock: Clock::held(Arc::clone(&town.time)),
        metrics_token: Some(TOKEN.to_owned()),
    };
    start(config).await.unwrap()
}

/// A path that the route of this name serves.
fn example(path: &str) -> String {
    path.replace("{hash}", &"a".repeat(64))
        .replace("{command}", "today.show")
        .replace("{name}", "x")
        .replace("{id}", "x")
        .replace("{*rest}", "nothing")
        .replace("{level}", "0")
        .replace("{*index}", "000")
        .replace('*', "/nothing-here")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_refuses_more_than_it_may_carry() {
    let town = Town::new();
    let running = serve(&town).await;
    // Refused by what it says it will send, before any of it is taken.
    for rule in RULES {
        let (path, length) = (example(rule.path), rule.body_bytes_max + 1);
        let method = if rule.body_bytes_max == 0 { "GET" } else { "POST" };
        let mut stream = std::net::TcpStream::connect(running.addr).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n").unwrap();
        let mut status = [0; 12];
        stream.read_exact(&mut status).unwrap();
        assert_eq!(&status, b"HTTP/1.1 413", "{}", rule.path);
    }
    let http = wire::client();
    // The same without saying how much comes: cut off where the limit is.
    let rule = RULES.iter().find(|rule| rule.path == "/api/login").unwrap();
    let pieces = (0..rule.body_bytes_max / 1024 + 2).map(|_| Ok::<_, std::io::Error>(vec![b'x'; 1024]));
    let body = reqwest::Body::wrap_stream(futures_util::stream::iter(pieces));
    let reply = http.post(format!("{}/api/login", running.url)).header("x-xunju", "1").body(body).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::PAYLOAD_TOO_LARGE);
    running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_is_told_when_to_come_again_and_nobody_else_is() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, Scopes::All);
    let laptop = town.laptop("inspector1", 1);
    let running = serve(&town).await;
    let http = wire::client();
    let rule = RULES.iter().find(|rule| rule.path == "/api/setup").unwrap();
    let ask = || {
        let setup =
            json!({ "code": "x", "user": "x", "name": "x", "password": "x", "town_name": "x", "town_code": "x" });
        http.post(format!("{}/api/setup", running.url)).header("x-xunju", "1").json(&setup).send()
    };
    let mut refused = None;
    for _ in 0..=rule.per_minute {
        let reply = ask().await.unwrap();
        if reply.status() == StatusCode::TOO_MANY_REQUESTS && reply.headers().contains_key("retry-after") {
            refused = Some(reply);
            break;
        }
    }
    let reply = refused.expect("half of what a minute allows came at once, and more");
    assert!(reply.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
    assert_eq!(reply.json::<Value>().await.unwrap()["code"], "too_many_tries");
    let wire = Wire::new(&running.url, &laptop, running.journal.signer().public());
    let (_, seen) = wire.request(Method::GET, "/v1/log?seen=0", None);
    assert_eq!(seen.send().await.unwrap().status(), 200, "a laptop is served meanwhile");
    running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scraper_reads_what_the_town_holds_and_nobody_without_the_token_does() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, Scopes::All);
    let mut laptop = town.laptop("inspector1", 1);
    let running = serve(&town).await;
    accepted(&laptop.push(&running.journal, (0..7).map(|k| recorded(&k.to_string(), "cmp-1")).collect()));
    let http = wire::client();
    let metrics = format!("{}/metrics", running.url);
    for token in ["", "Bearer", "Bearer a-token", "Bearer a-token-for-the-scraper2"] {
        let reply = http.get(&metrics).header("authorization", token).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::NOT_FOUND, "{token}");
    }
    let scrape = || async {
        let reply = http.get(&metrics).bearer_auth(TOKEN).send().await.unwrap();
        assert_eq!(reply.status(), 200);
        reply.text().await.unwrap()
    };
    let text = scrape().await;
    let value = |text: &str, name: &str| -> f64 {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned));
        line.unwrap_or_else(|| panic!("no {name} in {text}")).parse().unwrap()
    };
    let tip = town.numbers("SELECT max(seq) FROM log")[0];
    assert!((value(&text, "xunju_events") - tip as f64).abs() < 0.5);
    assert!(value(&text, "xunju_memory_bytes") > 1e6);
    assert!((value(&text, "xunju_requests_total{route=\"/metrics\",status=\"4xx\"}") - 4.0).abs() < 0.5);
    // Every line is a comment or a name with a number.
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, number) = line.rsplit_once(' ').unwrap();
        assert!(name.starts_with("xunju_") && number.parse::<f64>().is_ok(), "{line}");
    }
    // A receipt without a checkpoint grows old, and is seen here and by whoever asks whether all is well.
    accepted(&laptop.push(&running.journal, vec![recorded("8", "cmp-1")]));
    let before = running.journal.write(xunju_server::journal::tree::sign).unwrap();
    assert!(before.is_some());
    accepted(&laptop.push(&running.journal, vec![recorded("9", "cmp-1")]));
    town.pass_ms(200_000);
    assert!(value(&scrape().await, "xunju_checkpoint_behind_seconds") >= 200.0);
    let ready = http.get(format!("{}/ready", running.url)).send().await.unwrap();
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.json::<Value>().await.unwrap()["checkpoint_in_time"], false);
    running.journal.write(xunju_server::journal::tree::sign).unwrap();
    let ready = http.get(format!("{}/ready", running.url)).send().await.unwrap();
    assert_eq!(ready.status(), 200);
    running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_the_number_it_is_found_by() {
    let town = Town::new();
    let running = serve(&town).await;
    let http = wire::client();
    let number = |given: Option<&'static str>| {
        let mut asked = http.get(format!("{}/health", running.url));
        if let Some(given) = given {
            asked = asked.header("x-request-id", given);
        }
        async { asked.send().await.unwrap().headers()["x-request-id"].to_str().unwrap().to_owned() }
    };
    assert_eq!(number(Some("gateway-0001-abc")).await, "gateway-0001-abc");
    let (one, two) = (number(None).await, number(None).await);
    assert!(one.len() == 16 && two.len() == 16 && one != two);
    assert_eq!(number(Some("no good, this one")).await.len(), 16, "what does not look like one is not taken over");
    running.stop().await.unwrap();
}
