//! A whole laptop over a narrow line that breaks (sync.md §12.4, W4): what goes over the line with twenty cuts, against
//! what goes over it without any.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use xunju_link::{Options, Outcome};
use xunju_testkit::{Inspector, Proxy, Town, case_with, scene};

use crate::data::PHOTO_BYTES;
use crate::measure::round;

const CUTS: u32 = 20;

/// `script/bench.sync/link.mjs`, in front of a server.
struct Line {
    child: Child,
    said: BufReader<ChildStdout>,
    addr: String,
}

impl Line {
    fn to(server: &str, rate: u32, cuts: u32) -> Self {
        let mut child = Command::new("node")
            .args(["script/bench.sync/link.mjs", "--to", server, "--rate", &rate.to_string()])
            .args(["--cuts", &cuts.to_string(), "--bytes", &PHOTO_BYTES.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let listening: Value = serde_json::from_str(&line).unwrap();
        let addr = listening["listening"].as_str().unwrap().trim_start_matches("http://").to_owned();
        Self { child, said, addr }
    }

    /// What it carried.
    fn end(mut self) -> Value {
        drop(self.child.stdin.take());
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).unwrap();
        self.child.wait().unwrap();
        serde_json::from_str(&rest).unwrap()
    }
}

/// Seconds, and what the line carried.
fn run(rate: u32, cuts: u32) -> (f64, Value) {
    let town = Town::start();
    let proxy = Proxy::to(&town.server.addr);
    let laptop = Inspector::enrol_through(&town, &proxy.url, "inspector1", "narrow", Options::default());
    let mut photo = scene(3);
    let missing = PHOTO_BYTES.saturating_sub(photo.len());
    // What a phone keeps behind its picture: nothing here can be pressed together.
    photo.extend(crate::data::Photos::new().photo(1).into_iter().take(missing));
    let photos = [(laptop.import(&photo, "IMG_1.JPG"), "far"), (laptop.import(&scene(4), "IMG_2.JPG"), "near")];
    let compound = laptop.compound("东湖花园");
    laptop.record(&case_with(&compound, "8号", "602", &photos)).unwrap();
    let line = Line::to(&town.server.addr, rate, cuts);
    proxy.lead_to(&line.addr);
    let begun = Instant::now();
    while laptop.outcome() != Outcome::Drained {}
    (begun.elapsed().as_secs_f64(), line.end())
}

pub fn all() {
    for rate in [256_000, 4_000_000] {
        let (_, whole) = run(rate, 0);
        let (seconds, cut) = run(rate, CUTS);
        let put = |carried: &Value| carried["up_put"].as_f64().unwrap();
        println!(
            "{}",
            json!({
                "peer": "xunju, SQLite",
                "workload": format!("W4 5 MB at {} kbit/s, {CUTS} cuts", rate / 1000),
                "n": 1,
                "seconds": round(seconds, 1),
                "bytes_on_wire": put(&cut),
                "cuts": cut["cuts"],
                "sent_again_percent": round(100.0 * (put(&cut) - put(&whole)) / PHOTO_BYTES as f64, 2),
            })
        );
    }
}
