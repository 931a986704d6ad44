//! A bad network between laptops and the server: each request may be cut, lost after it was done, sent twice, answered by
//! somebody else, or stripped of what this program put on it. Which, follows from one seed; what happened is counted.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What can happen to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Cut before all of it arrived.
    CutRequest,
    /// Done, and the answer cut.
    CutAnswer,
    /// Done, and nothing heard of it.
    LostAnswer,
    /// The network sends it twice.
    Twice,
    /// A sign-in page of somebody's network answers.
    Portal,
    /// A gateway answers with an error of its own.
    Gateway,
    /// A gateway takes this program's headers off the answer.
    Stripped,
    /// Nobody answers at all.
    Refused,
}

const ALL: [Fault; 8] = [
    Fault::CutRequest,
    Fault::CutAnswer,
    Fault::LostAnswer,
    Fault::Twice,
    Fault::Portal,
    Fault::Gateway,
    Fault::Stripped,
    Fault::Refused,
];
const PORTAL: &str = "<html><title>登录</title>请登录无线网络</html>";
const GATEWAY: [&str; 5] = [
    "408 Request Timeout",
    "413 Content Too Large",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "504 Gateway Timeout",
];

struct Shared {
    upstream: String,
    seed: u64,
    requests: AtomicU64,
    /// Of a hundred requests, so many meet a fault.
    percent: AtomicU64,
    injected: Mutex<BTreeMap<Fault, u64>>,
    stopped: AtomicBool,
}

/// Listens on a port of its own until dropped.
pub struct BadNetwork {
    pub url: String,
    addr: SocketAddr,
    shared: Arc<Shared>,
}

impl BadNetwork {
    /// Good until told otherwise.
    #[must_use]
    pub fn to(upstream: &str, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            upstream: upstream.to_owned(),
            seed,
            requests: AtomicU64::new(0),
            percent: AtomicU64::new(0),
            injected: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let ours = Arc::clone(&shared);
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if ours.stopped.load(Ordering::Relaxed) {
                    return;
                }
                let shared = Arc::clone(&ours);
                // A connection that breaks is what this is for.
                std::thread::spawn(move || drop(carry(client, &shared)));
            }
        });
        Self { url: format!("http://{addr}"), addr, shared }
    }

    /// Of a hundred requests, so many meet a fault from here on.
    pub fn set(&self, percent: u64) {
        self.shared.percent.store(percent, Ordering::Relaxed);
    }

    /// How often each fault happened.
    #[must_use]
    pub fn injected(&self) -> BTreeMap<Fault, u64> {
        self.shared.injected.lock().unwrap().clone()
    }
}

impl Drop for BadNetwork {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        let _wakes_the_listener = TcpStream::connect(self.addr);
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a stream of its own for each request.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1)
    }
}

/// One request of a connection; the next has a connection of its own.
fn carry(mut client: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let head = head(&mut client)?;
    let nth = shared.requests.fetch_add(1, Ordering::Relaxed);
    let mut random = Random(shared.seed ^ nth.wrapping_mul(0xd6e8_feb8_6659_fd93));
    let meets = random.below(100) < shared.percent.load(Ordering::Relaxed);
    let fault = meets.then(|| ALL[usize::try_from(random.below(ALL.len() as u64)).unwrap_or(0)]);
    if let Some(fault) = fault {
        *shared.injected.lock().unwrap().entry(fault).or_default() += 1;
    }
    match fault {
        Some(Fault::Refused) => return Ok(()),
        Some(Fault::Portal) => return answer(&mut client, "200 OK", "text/html; charset=utf-8", PORTAL),
        Some(Fault::Gateway) => {
            let status = GATEWAY[usize::try_from(random.below(GATEWAY.len() as u64)).unwrap_or(0)];
            return answer(&mut client, status, "text/html", "<html>gateway</html>");
        }
        _ => {}
    }
    let length = header(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    client.read_exact(&mut body)?;
    let once = with_close(&head);
    if fault == Some(Fault::CutRequest) {
        let mut upstream = TcpStream::connect(&shared.upstream)?;
        let whole = [once, body].concat();
        let cut = usize::try_from(random.below(whole.len() as u64)).unwrap_or(0);
        return upstream.write_all(&whole[..cut]);
    }
    if fault == Some(Fault::Twice) {
        ask(shared, &once, &body)?;
    }
    let mut reply = ask(shared, &once, &body)?;
    match fault {
        Some(Fault::LostAnswer) => reply.clear(),
        Some(Fault::CutAnswer) => reply.truncate(usize::try_from(random.below(reply.len() as u64)).unwrap_or(0)),
        Some(Fault::Stripped) => reply = stripped(&reply),
        _ => {}
    }
    client.write_all(&reply)
}

/// To the end of the headers.
fn head(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(head)
}

fn header<'a>(head: &'a [u8], name: &str) -> Option<&'a str> {
    let text = std::str::from_utf8(head).ok()?;
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// The server is to close after its answer: so the end of the answer is the end of the connection.
fn with_close(head: &[u8]) -> Vec<u8> {
    let end = head.len().saturating_sub(2);
    [&head[..end], b"connection: close\r\n\r\n"].concat()
}

fn ask(shared: &Shared, head: &[u8], body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut upstream = TcpStream::connect(&shared.upstream)?;
    upstream.write_all(head)?;
    upstream.write_all(body)?;
    let mut reply = Vec::new();
    upstream.read_to_end(&mut reply)?;
    Ok(reply)
}

fn stripped(reply: &[u8]) -> Vec<u8> {
    let end = reply.windows(4).position(|window| window == b"\r\n\r\n").map_or(reply.len(), |at| at + 2);
    let (head, rest) = reply.split_at(end);
    let kept = String::from_utf8_lossy(head);
    let lines = kept.split_inclusive("\r\n").filter(|line| !line.to_ascii_lowercase().starts_with("xunju-"));
    [lines.collect::<String>().as_bytes(), rest].concat()
}

fn answer(client: &mut TcpStream, status: &str, kind: &str, body: &str) -> std::io::Result<()> {
    let length = body.len();
    write!(
        client,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
