//! The house rules that a machine can hold: who may depend on whom, who may speak SQL, what stays pure.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Every allowed edge (docs/ARCHITECTURE.md). Arrows point one way only.
const EDGES: &[(&str, &[&str])] = &[
    ("xunju-domain", &[]),
    ("xunju-evidence", &[]),
    ("xunju-documents", &["xunju-domain"]),
    ("xunju-photos", &[]),
    ("xunju-sync", &["xunju-evidence"]),
    ("xunju-store", &["xunju-domain", "xunju-evidence"]),
    ("xunju-api", &["xunju-documents", "xunju-domain", "xunju-evidence", "xunju-photos", "xunju-store"]),
    ("xunju-link", &["xunju-api", "xunju-evidence", "xunju-photos", "xunju-store", "xunju-sync"]),
    ("xunju-server", &["xunju-api", "xunju-domain", "xunju-evidence", "xunju-photos", "xunju-store", "xunju-sync"]),
    ("xunjuctl", &["xunju-api", "xunju-domain", "xunju-link"]),
    ("xunju", &["xunju-api", "xunju-link"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Normal dependencies of each workspace package, by name.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let normal = |package: &Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        all.filter(|d| d["kind"].is_null() || d["kind"] == "build").map(name).collect()
    };
    metadata()["packages"].as_array().unwrap().iter().map(|p| (name(p), normal(p))).collect()
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !["node_modules", "dist", "paraglide"].contains(&name.as_str()) {
                walk(&path, found);
            } else if [".rs", ".ts", ".tsx"].iter().any(|end| name.ends_with(end)) {
                found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

#[test]
fn crates_depend_only_along_the_picture() {
    let dependencies = dependencies();
    let known: BTreeSet<&str> = EDGES.iter().map(|(name, _)| *name).chain(["xunju-testkit"]).collect();
    assert_eq!(
        dependencies.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        known,
        "a crate the picture does not know"
    );
    for (name, allowed) in EDGES {
        let ours: BTreeSet<&str> =
            dependencies[*name].iter().map(String::as_str).filter(|d| d.starts_with("xunju")).collect();
        let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
        let stray: Vec<_> = ours.difference(&allowed).collect();
        assert!(stray.is_empty(), "{name} may not depend on {stray:?}");
    }
}

#[test]
fn only_store_and_server_speak_sql_and_only_the_shell_names_tauri() {
    for (name, all) in dependencies() {
        if all.contains("rusqlite") {
            assert!(["xunju-store", "xunju-server"].contains(&name.as_str()), "{name} speaks SQL");
        }
        if all.iter().any(|d| d == "tauri" || d.starts_with("tauri-")) {
            assert_eq!(name, "xunju", "{name} names Tauri");
        }
    }
}

#[test]
fn pure_crates_name_no_clock_file_socket_or_random_source() {
    let banned = [
        "SystemTime::now",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "std::fs",
        "std::net",
        "std::process",
        "tokio",
        "getrandom",
        "rand::",
        "thread_rng",
        "std::env",
    ];
    for folder in ["crates/domain/src", "crates/evidence/src", "crates/sync/src"] {
        for (path, text) in sources(folder) {
            for word in banned {
                assert!(!text.contains(word), "{} names {word}", path.display());
            }
        }
    }
    // A paper may read the fonts of the machine, and nothing else of it.
    for (path, text) in sources("crates/documents/src/paper") {
        let fonts = path.ends_with("paper/fonts.rs");
        for word in banned.into_iter().filter(|word| !(fonts && *word == "std::fs")) {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
    let dependencies = dependencies();
    for name in ["xunju-domain", "xunju-evidence", "xunju-sync"] {
        for banned in ["tokio", "rand", "getrandom", "reqwest", "rusqlite"] {
            assert!(!dependencies[name].contains(banned), "{name} depends on {banned}");
        }
    }
}

#[test]
fn only_ipc_imports_the_shell_and_nothing_injects_markup() {
    for (path, text) in sources("ui/src") {
        let in_ipc = path.starts_with(root().join("ui/src/ipc"));
        assert!(in_ipc || !text.contains("@tauri-apps/"), "{} imports the shell", path.display());
        for word in ["dangerouslySetInnerHTML", ".innerHTML", "eval("] {
            assert!(!text.contains(word), "{} uses {word}", path.display());
        }
    }
}
