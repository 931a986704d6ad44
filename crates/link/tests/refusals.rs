//! Servers that are not there, not ours, or not to be talked to: told apart, and nothing left behind.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;

use xunju_api::error::ErrorCode;
use xunju_api::view::app::{EnrolRequest, Phase};
use xunju_link::{Laptop, Options};

/// Answers every connection with these bytes once something was asked; gives its address.
fn answering(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut asked = [0; 4096];
            let _some = stream.read(&mut asked);
            let _gone = stream.write_all(answer.as_bytes());
        }
    });
    url
}

fn laptop(at: &Path) -> Laptop {
    let options = Options { state_dir: Some(at.join("state")), ..Options::default() };
    Laptop::open(&at.join("data"), options).unwrap()
}

fn enrol(laptop: &Laptop, url: &str) -> ErrorCode {
    let asked = EnrolRequest {
        server_url: url.to_owned(),
        code: "K7QF-2M9X".to_owned(),
        passphrase: Some("correct horse".to_owned()),
        device_name: None,
    };
    laptop.enrol(&asked).unwrap_err().code
}

#[test]
fn who_is_not_our_server_is_told_apart() {
    let at = tempfile::tempdir().unwrap();
    let laptop = laptop(at.path());
    let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 21\r\n\r\n<html>Hotel WiFi</html>";
    let aside = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/login\r\ncontent-length: 0\r\n\r\n";
    let noise = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: 5\r\n\r\nhello";
    for answer in [page, aside, noise] {
        assert_eq!(enrol(&laptop, &answering(answer)), ErrorCode::NotOurServer, "{answer}");
    }
    assert_eq!(enrol(&laptop, &answering("")), ErrorCode::Offline, "hung up");
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(enrol(&laptop, &format!("http://{nobody}")), ErrorCode::Offline, "nobody there");
    for bad in ["http://192.0.2.7:8080", "http://example.com", "ftp://localhost", "九亭", ""] {
        assert_eq!(enrol(&laptop, bad), ErrorCode::Invalid, "{bad}");
    }
}

#[test]
fn a_refused_enrolment_leaves_the_folder_as_it_was() {
    let at = tempfile::tempdir().unwrap();
    let laptop = laptop(at.path());
    enrol(&laptop, &answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
    assert_eq!(laptop.state().unwrap().phase, Phase::Setup);
    assert_eq!(laptop.call("case.page", serde_json::json!({})).unwrap_err().code, ErrorCode::NotEnrolled);
    let left: Vec<_> =
        std::fs::read_dir(at.path().join("data")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| name == "lock"), "{left:?}");
    drop(laptop);
    let again = self::laptop(at.path());
    assert_eq!(again.state().unwrap().phase, Phase::Setup, "it can be tried again");
}
