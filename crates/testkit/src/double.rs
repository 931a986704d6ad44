//! A test program once more, as a process that can be killed while it works and says what it has done.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Runs one test of this program with a variable set, which tells that test to be the process and not the test.
pub struct Double {
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Double {
    #[must_use]
    pub fn of(test: &str, variable: &str, value: &OsStr) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .env(variable, value)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        let (tell, lines) = mpsc::channel();
        std::thread::spawn(move || said.map_while(Result::ok).for_each(|line| _ = tell.send(line)));
        Self { child, lines }
    }

    /// The next line it says.
    #[must_use]
    pub fn line(&self) -> String {
        self.lines.recv().expect("it works")
    }

    /// The next line, if one comes within a moment: a way to let some time pass that ends early.
    #[must_use]
    pub fn line_within(&self, moment: Duration) -> Option<String> {
        self.lines.recv_timeout(moment).ok()
    }

    /// Kills it; what it had said and nobody had heard.
    #[must_use]
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        // Its end of the pipe is closed: the rest comes, and then no more.
        self.lines.iter().collect()
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _waited = self.child.wait();
    }
}
