//! A server as a process that is watched, and one measurement as one line of JSON.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use serde_json::{Value, json};

const TICKS_PER_SECOND: f64 = 100.0;

pub struct Program {
    child: Child,
    pub url: String,
}

impl Program {
    pub fn start(server: &Path, data: &Path) -> Self {
        let mut child = Command::new(server)
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env("XUNJU_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        Self { child, url: said["listening"].as_str().unwrap().to_owned() }
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap()
    }

    /// Processor seconds of all its threads so far.
    pub fn cpu(&self) -> f64 {
        let stat = self.proc("stat");
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
        (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / TICKS_PER_SECOND
    }

    /// Most memory since [`Self::forget`], MB.
    pub fn peak(&self) -> f64 {
        let status = self.proc("status");
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }

    fn forget(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").unwrap();
    }

    /// Runs `work`, which returns how long each of its steps took, ms, and prints the line.
    pub async fn measure<F: Future<Output = Vec<f64>>>(
        &self,
        workload: &str,
        n: u64,
        bytes: &Arc<AtomicU64>,
        work: F,
    ) -> f64 {
        self.forget();
        let (cpu, sent, begun) = (self.cpu(), bytes.load(Ordering::Relaxed), Instant::now());
        let mut times = work.await;
        let seconds = begun.elapsed().as_secs_f64();
        times.sort_by(f64::total_cmp);
        println!(
            "{}",
            json!({
                "peer": "xunju, SQLite",
                "workload": workload,
                "n": n,
                "seconds": round(seconds, 3),
                "cpu_seconds": round(self.cpu() - cpu, 2),
                "rss_mb": round(self.peak(), 0),
                "bytes_on_wire": bytes.load(Ordering::Relaxed) - sent,
                "p50_ms": at(&times, 50),
                "p99_ms": at(&times, 99),
            })
        );
        seconds
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _waited = self.child.wait();
    }
}

pub async fn timed<T>(times: &mut Vec<f64>, act: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let made = act.await;
    times.push(begun.elapsed().as_secs_f64() * 1000.0);
    made
}

fn at(sorted: &[f64], percent: usize) -> Option<f64> {
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).map(|ms| round(*ms, 2))
}

pub fn round(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}
