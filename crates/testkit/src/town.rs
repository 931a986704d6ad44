//! A town server as its own process on a free port, with the sample town in its folder.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::UNIX_EPOCH;

use serde_json::Value;

use crate::power::Disk;
use crate::program::{program, run};

/// The sample town, generated once for a build of the server and copied for each test. Test programs run side
/// by side, so the first takes a lock and the others wait for it.
fn template() -> PathBuf {
    let server = program("xunju-server");
    let built = std::fs::metadata(&server).and_then(|m| m.modified()).unwrap();
    let age = built.duration_since(UNIX_EPOCH).unwrap().as_millis();
    let place = server.parent().unwrap().join("sample-town");
    std::fs::create_dir_all(&place).unwrap();
    let lock = File::options().create(true).truncate(false).write(true).open(place.join("lock")).unwrap();
    lock.lock().unwrap();
    let ready = place.join(age.to_string());
    if !ready.is_dir() {
        for old in std::fs::read_dir(&place).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
            std::fs::remove_dir_all(old).unwrap();
        }
        let making = place.join("making");
        run(Command::new(&server).args(["demo-town", "--size", "S", "--seed", "7", "--data"]).arg(&making));
        std::fs::rename(making, &ready).unwrap();
    }
    ready
}

fn copy_dir(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_dir(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A town of one test: its folder, and the server while it runs.
pub struct Town {
    home: tempfile::TempDir,
    data: PathBuf,
    pub server: Server,
}

/// A running server process. Dropped, it is killed.
pub struct Server {
    child: Child,
    pub url: String,
    pub addr: String,
}

impl Town {
    #[must_use]
    pub fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("town");
        Self::start_in(home, data)
    }

    /// With the server's folder on a disk of its own.
    #[must_use]
    pub fn start_on(disk: &Disk) -> Self {
        let town = Self::start_in(tempfile::tempdir().unwrap(), disk.folder().join("town"));
        // The sample town was copied; what comes now is the server's own care.
        disk.sync();
        town
    }

    fn start_in(home: tempfile::TempDir, data: PathBuf) -> Self {
        copy_dir(&template(), &data);
        let server = Server::start(&data, "127.0.0.1:0");
        Self { home, data, server }
    }

    /// The server's data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.data.clone()
    }

    /// A folder of this test for a laptop.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Pulls the plug (SIGKILL).
    pub fn kill(&mut self) {
        self.server.kill();
    }

    /// Starts again on the same address.
    pub fn restart(&mut self) {
        self.server.kill();
        self.server = Server::start(&self.data(), &self.server.addr.clone());
    }

    /// Starts again on the same address, to abort at a stage (see the server's `stage`).
    pub fn restart_to_die_at(&mut self, stage: &str) {
        self.server.kill();
        let setting = Some(("XUNJU_KILL_AT", stage.to_owned()));
        self.server = Server::start_with(&self.data(), &self.server.addr.clone(), setting);
    }

    /// Starts again on the same address, so many days later.
    pub fn restart_days_ahead(&mut self, days: u32) {
        self.server.kill();
        let setting = Some(("XUNJU_DAYS_AHEAD", days.to_string()));
        self.server = Server::start_with(&self.data(), &self.server.addr.clone(), setting);
    }

    /// Starts again on the same address, with everything it has to say written into a file, a line of JSON each.
    pub fn restart_logging(&mut self, to: &Path) {
        self.server.kill();
        let file = std::fs::File::create(to).unwrap();
        self.server = Server::spawn(&self.data(), &self.server.addr.clone(), |command| {
            command.arg("--log-json").env("XUNJU_LOG", "xunju=trace,info").stderr(file);
        });
    }

    /// A one-time code for a device of this user.
    #[must_use]
    pub fn code(&self, user: &str) -> String {
        let output =
            run(Command::new(program("xunju-server")).args(["enrol-code", "--user", user, "--data"]).arg(self.data()));
        String::from_utf8(output.stdout).unwrap().split_whitespace().last().unwrap().to_owned()
    }

    /// Takes a backup into this folder, beside the running server, with the key of the log.
    pub fn back_up(&self, to: &Path) {
        let init = (!to.is_dir()).then_some("--init");
        let command = ["backup", "--passphrase-stdin", "--data"];
        with_phrase(
            Command::new(program("xunju-server")).args(command).arg(self.data()).arg("--to").arg(to).args(init),
        );
    }

    /// The server is lost; what the last backup holds is put in its place, on the same address.
    pub fn restore(&mut self, from: &Path) {
        self.server.kill();
        std::fs::remove_dir_all(self.data()).unwrap();
        let command = ["restore", "--passphrase-stdin", "--from"];
        with_phrase(Command::new(program("xunju-server")).args(command).arg(from).arg("--data").arg(self.data()));
        self.server = Server::start(&self.data(), &self.server.addr.clone());
    }

    /// Runs `recover` beside the server; its answer.
    #[must_use]
    pub fn recover(&self, args: &[&str]) -> Value {
        let output = run(Command::new(program("xunju-server")).args(["recover", "--data"]).arg(self.data()).args(args));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Takes a rescue file in, beside the running server.
    ///
    /// # Errors
    /// What the program says.
    pub fn import(&self, file: &Path, phrase: &str) -> Result<Value, String> {
        let mut child = Command::new(program("xunju-server"))
            .args(["import", "--passphrase-stdin", "--file"])
            .arg(file)
            .arg("--data")
            .arg(self.data())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(phrase.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        if output.status.success() {
            return Ok(serde_json::from_slice(&output.stdout).unwrap());
        }
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Says which compounds are a user's from now on.
    pub fn give(&self, user: &str, compounds: &[&str]) {
        let compounds = compounds.join(",");
        let args = ["user", "scope", "--user", user, "--compounds", &compounds, "--data"];
        run(Command::new(program("xunju-server")).args(args).arg(self.data()));
    }

    /// Ends a device's enrolment.
    pub fn revoke(&self, device: &str) {
        let args = ["device", "revoke", "--device", device, "--reason", "lost", "--data"];
        run(Command::new(program("xunju-server")).args(args).arg(self.data()));
    }

    /// Everything the server holds, checked from its bytes.
    #[must_use]
    pub fn verify(&self) -> Value {
        let output = run(Command::new(program("xunju-server")).args(["verify", "--data"]).arg(self.data()));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Sets a password, so that the user can sign in on the web.
    pub fn set_password(&self, user: &str, role: &str, password: &str) {
        let mut child = Command::new(program("xunju-server"))
            .args(["user", "add", "--user", user, "--role", role, "--password-stdin", "--data"])
            .arg(self.data())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
    }
}

/// Runs a command that reads the passphrase of the backup.
fn with_phrase(command: &mut Command) {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all("离线保管的口令 1\n".as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

impl Server {
    fn start(data: &Path, listen: &str) -> Self {
        Self::start_with(data, listen, None)
    }

    fn start_with(data: &Path, listen: &str, setting: Option<(&str, String)>) -> Self {
        Self::spawn(data, listen, |command| _ = command.envs(setting))
    }

    fn spawn(data: &Path, listen: &str, with: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(program("xunju-server"));
        command.args(["--listen", listen, "--data"]).arg(data).env("XUNJU_LOG", "warn").stdout(Stdio::piped());
        with(&mut command);
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("the server said {line:?}: {e}"));
        let word = |key: &str| said[key].as_str().unwrap().to_owned();
        Self { url: word("listening"), addr: word("addr"), child }
    }

    pub fn kill(&mut self) {
        let _already_dead = self.child.kill();
        self.child.wait().unwrap();
    }

    /// Waits until the process has ended by itself.
    pub fn wait_for_end(&mut self) {
        self.child.wait().unwrap();
    }

    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
