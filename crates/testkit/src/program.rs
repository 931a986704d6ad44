//! The workspace's own programs, as built beside the test.

use std::path::PathBuf;
use std::process::{Command, Output};

/// `target/<profile>/<name>`
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(|deps| deps.parent()).expect("tests run from target/<profile>/deps");
    let path = profile.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(path.is_file(), "{} is not built: run `cargo build --workspace` (script/test does)", path.display());
    path
}

/// Runs to its end; the output of a failed run is shown.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}
