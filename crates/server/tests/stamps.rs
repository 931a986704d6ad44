//! Time stamps over checkpoints, by a time-stamp authority of our own made with `openssl`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod town;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;

use town::{Town, accepted, recorded};
use xunju_domain::permission::{Role, Scopes};
use xunju_server::journal::level;
use xunju_server::stamp::{Service, once};
use xunju_server::{Folder, ServerError};

fn openssl(folder: &Path, args: &[&str]) {
    let done = Command::new("openssl").args(args).current_dir(folder).output().expect("openssl is installed");
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A root, and a certificate of its own for time stamping.
fn authority(folder: &Path, name: &str) -> PathBuf {
    let folder = folder.join(name);
    std::fs::create_dir(&folder).unwrap();
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
    let root = ["req", "-x509", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=root"];
    openssl(&folder, &[&root[..], &key].concat());
    let stamps = ["req", "-new", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=tsa"];
    openssl(&folder, &[&stamps[..], &key[..5]].concat());
    std::fs::write(folder.join("ext"), "extendedKeyUsage=critical,timeStamping\n").unwrap();
    let sign = ["x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
    openssl(&folder, &[&sign[..], &["-out", "tsa.pem", "-days", "30", "-extfile", "ext"]].concat());
    std::fs::write(
        folder.join("tsa.cnf"),
        "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\n\
         default_policy=1.2.3.4.1\ndigests=sha256\nordering=yes\ness_cert_id_alg=sha256\n",
    )
    .unwrap();
    std::fs::write(folder.join("serial"), "01").unwrap();
    folder
}

/// Answers every query over HTTP; `with` may put another answer in its place.
fn serve(folder: PathBuf, with: impl Fn(Vec<u8>) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/tsa", listener.local_addr().unwrap());
    let (ready, began) = mpsc::channel();
    std::thread::spawn(move || {
        ready.send(()).unwrap();
        for mut stream in listener.incoming().map_while(Result::ok) {
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") {
                stream.read_exact(&mut byte).unwrap();
                head.push(byte[0]);
            }
            let head = String::from_utf8(head).unwrap().to_lowercase();
            let length = head.split("content-length: ").nth(1).unwrap().split_whitespace().next().unwrap();
            let mut query = vec![0; length.parse().unwrap()];
            stream.read_exact(&mut query).unwrap();
            std::fs::write(folder.join("query"), query).unwrap();
            let reply = ["ts", "-reply", "-config", "tsa.cnf", "-section", "t", "-queryfile", "query"];
            openssl(&folder, &[&reply[..], &["-chain", "ca.pem", "-out", "reply"]].concat());
            let token = with(std::fs::read(folder.join("reply")).unwrap());
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", token.len()).unwrap();
            stream.write_all(&token).unwrap();
        }
    });
    began.recv().unwrap();
    url
}

fn stamped(town: &Town, service: &Service) -> Result<Option<u64>, ServerError> {
    let folder = Folder::open(town.folder.path()).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(once(&folder, &town.journal, service))
}

#[test]
fn a_checkpoint_is_stamped_once_and_anybody_can_check_the_stamp() {
    let (town, home) = (Town::new(), tempfile::tempdir().unwrap());
    town.user("inspector1", Role::Ins, Scopes::All);
    let mut laptop = town.laptop("inspector1", 1);
    accepted(&laptop.push(&town.journal, vec![recorded("1", "cmp-1")]));
    let tsa = authority(home.path(), "tsa");
    let service = Service { url: serve(tsa.clone(), |token| token), ca: tsa.join("ca.pem") };
    let size = stamped(&town, &service).unwrap().expect("the log has something in it");
    assert_eq!(stamped(&town, &service).unwrap(), None, "it has not grown");
    let reach = town.journal.read(level::stamped).unwrap().unwrap();
    assert_eq!(reach.size, size);

    // As an expert would, with what the server gives to everybody.
    let (note, token) = town.journal.read(|conn| level::stamp(conn, size)).unwrap().unwrap();
    std::fs::write(home.path().join("note"), &note).unwrap();
    std::fs::write(home.path().join("token"), &token).unwrap();
    openssl(home.path(), &["ts", "-verify", "-data", "note", "-in", "token", "-CAfile", "tsa/ca.pem"]);
    assert!(note.starts_with("xunju/log_"), "the stamp is over the checkpoint itself");

    accepted(&laptop.push(&town.journal, vec![recorded("2", "cmp-1")]));
    assert!(stamped(&town, &service).unwrap().unwrap() > size);
}

#[test]
fn a_stamp_of_another_authority_an_old_one_and_a_broken_one_are_not_kept() {
    let (town, home) = (Town::new(), tempfile::tempdir().unwrap());
    town.user("inspector1", Role::Ins, Scopes::All);
    let (tsa, other) = (authority(home.path(), "tsa"), authority(home.path(), "other"));
    let refused = |service: &Service| assert!(stamped(&town, service).is_err(), "{service:?}");
    refused(&Service { url: serve(tsa.clone(), |token| token), ca: other.join("ca.pem") });
    refused(&Service {
        url: serve(tsa.clone(), |mut token| {
            *token.last_mut().unwrap() ^= 1;
            token
        }),
        ca: tsa.join("ca.pem"),
    });
    refused(&Service {
        url: serve(tsa.clone(), |_| b"<html>sign in to the network</html>".to_vec()),
        ca: tsa.join("ca.pem"),
    });
    refused(&Service { url: "http://127.0.0.1:1/tsa".into(), ca: tsa.join("ca.pem") });
    let first = std::sync::Mutex::new(None);
    let again = serve(tsa.clone(), move |token| first.lock().unwrap().get_or_insert(token).clone());
    let service = Service { url: again, ca: tsa.join("ca.pem") };
    let size = stamped(&town, &service).unwrap().unwrap();
    town.user("inspector2", Role::Ins, Scopes::All);
    refused(&service);
    assert_eq!(town.journal.read(level::stamped).unwrap().unwrap().size, size, "only the first was kept");
    assert_eq!(
        std::fs::read_dir(town.folder.path())
            .unwrap()
            .filter(|e| { e.as_ref().unwrap().file_name().to_string_lossy().starts_with("stamp-") })
            .count(),
        0,
        "nothing is left lying about"
    );
}
