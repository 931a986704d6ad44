//! A TCP proxy between a laptop and the server that cuts connections where a test wants it.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What to do with bytes on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Let everything through.
    Never,
    /// Cut once this many more bytes have gone up to the server.
    AfterUp(u64),
    /// Let requests through and cut every answer: what was asked happened, and nobody hears of it.
    Answers,
    /// Refuse new connections.
    Always,
}

type Hook = Box<dyn FnMut() + Send>;

struct Shared {
    cut: Cut,
    upstream: String,
    /// Called once, at the moment of the first cut.
    at_cut: Option<Hook>,
    cuts: u32,
}

/// Listens on a port of its own until dropped.
pub struct Proxy {
    pub url: String,
    shared: Arc<Mutex<Shared>>,
    addr: std::net::SocketAddr,
    stopped: Arc<std::sync::atomic::AtomicBool>,
}

impl Proxy {
    #[must_use]
    pub fn to(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let shared =
            Arc::new(Mutex::new(Shared { cut: Cut::Never, upstream: upstream.to_owned(), at_cut: None, cuts: 0 }));
        let stopped = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (ours, ended) = (Arc::clone(&shared), Arc::clone(&stopped));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if ended.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
                let shared = Arc::clone(&ours);
                std::thread::spawn(move || carry(client, &shared));
            }
        });
        Self { url: format!("http://{addr}"), shared, addr, stopped }
    }

    pub fn set(&self, cut: Cut) {
        self.shared.lock().unwrap().cut = cut;
    }

    /// Goes on to another address from the next connection on.
    pub fn lead_to(&self, upstream: &str) {
        upstream.clone_into(&mut self.shared.lock().unwrap().upstream);
    }

    /// Cuts as told, and does something at that very moment.
    pub fn cut_and(&self, cut: Cut, hook: impl FnMut() + Send + 'static) {
        let mut shared = self.shared.lock().unwrap();
        shared.cut = cut;
        shared.at_cut = Some(Box::new(hook));
    }

    /// How often a connection was cut.
    #[must_use]
    pub fn cuts(&self) -> u32 {
        self.shared.lock().unwrap().cuts
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stopped.store(true, std::sync::atomic::Ordering::Relaxed);
        let _wakes_the_listener = TcpStream::connect(self.addr);
    }
}

fn cut(shared: &Mutex<Shared>, ends: [&TcpStream; 2]) {
    let mut guard = shared.lock().unwrap();
    guard.cuts += 1;
    if let Some(mut hook) = guard.at_cut.take() {
        hook();
    }
    for end in ends {
        let _already_closed = end.shutdown(Shutdown::Both);
    }
}

fn carry(client: TcpStream, shared: &Arc<Mutex<Shared>>) {
    let (now, upstream) = {
        let guard = shared.lock().unwrap();
        (guard.cut, guard.upstream.clone())
    };
    let Some(server) = (now != Cut::Always).then(|| TcpStream::connect(upstream).ok()).flatten() else {
        let _already_closed = client.shutdown(Shutdown::Both);
        return;
    };
    let (from_server, to_client) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    let ours = Arc::clone(shared);
    let down = std::thread::spawn(move || pump_down(from_server, to_client, &ours));
    pump_up(client, server, shared);
    down.join().unwrap();
}

fn pump_up(mut client: TcpStream, mut server: TcpStream, shared: &Mutex<Shared>) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(n) = client.read(&mut buffer) {
        let allowed = {
            let mut guard = shared.lock().unwrap();
            match &mut guard.cut {
                Cut::AfterUp(left) => {
                    let pass = (*left).min(n as u64);
                    *left -= pass;
                    usize::try_from(pass).unwrap()
                }
                _ => n,
            }
        };
        if server.write_all(&buffer[..allowed]).is_err() || n == 0 {
            break;
        }
        if allowed < n {
            cut(shared, [&client, &server]);
            return;
        }
    }
    let _already_closed = server.shutdown(Shutdown::Write);
}

fn pump_down(mut server: TcpStream, mut client: TcpStream, shared: &Mutex<Shared>) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(n) = server.read(&mut buffer) {
        if n > 0 && shared.lock().unwrap().cut == Cut::Answers {
            cut(shared, [&server, &client]);
            return;
        }
        if n == 0 || client.write_all(&buffer[..n]).is_err() {
            break;
        }
    }
    let _already_closed = client.shutdown(Shutdown::Both);
}
