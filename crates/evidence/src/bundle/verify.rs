//! Checking a bundle: every byte, every signature, every hash an event vouches for.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::archive::{self, ArchiveError, Member};
use super::{DOMAIN, FORMAT, Listed, MANIFEST, Manifest, SIGNATURE, SIGNED, SUMS};
use crate::body::EventBody;
use crate::hash::Hash;
use crate::receipt::{BlobReceipt, Countersigned, Receipt};
use crate::suite::{PublicKey, SignedEvent, Suite, framed};

/// What is wrong, and with which file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub file: String,
    /// `changed` | `missing` | `not_listed` | `listed_twice` | `bad_signature` | `unknown_key` |
    /// `not_an_event` | `not_a_receipt` | `not_in_bundle` | `not_vouched_for` | `container` | `not_a_bundle`
    pub what: &'static str,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub record: String,
    pub number: String,
    pub made_by: String,
    /// The maker's and the server's keys, to be compared with the office's.
    pub maker_key: String,
    pub server_key: String,
    pub files: usize,
    pub events: usize,
    pub receipts: usize,
    pub originals: usize,
    pub problems: Vec<Problem>,
}

impl Report {
    fn wrong(&mut self, file: &str, what: &'static str) {
        let problem = Problem { file: file.to_owned(), what };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// Checks a bundle. A report without problems says that it is whole.
#[must_use]
pub fn verify(bytes: &[u8]) -> Report {
    let mut report = Report::default();
    match archive::read(bytes) {
        Ok(members) => check(&members, &mut report),
        Err(ArchiveError::TooLarge) => report.wrong("", "not_a_bundle"),
        Err(ArchiveError::Broken { offset, file }) => {
            report.wrong(&format!("byte {offset} of the container, at {file}"), "container");
        }
    }
    report
}

fn check(members: &[Member<'_>], report: &mut Report) {
    let mut files: BTreeMap<&str, &[u8]> = BTreeMap::new();
    for member in members {
        if files.insert(&member.path, member.bytes).is_some() {
            report.wrong(&member.path, "listed_twice");
        }
    }
    let read = files.get(MANIFEST).and_then(|bytes| serde_json::from_slice::<Manifest>(bytes).ok());
    let Some(manifest) = read.filter(|manifest| manifest.format == FORMAT) else {
        return report.wrong(MANIFEST, "not_a_bundle");
    };
    report.record.clone_from(&manifest.record);
    report.number.clone_from(&manifest.number);
    report.made_by.clone_from(&manifest.made_by);
    signed_by_maker(&files, &manifest, report);
    listed(&files, &manifest, report);
    sums(members, &files, report);
    let vouched = events(&files, &manifest, report);
    receipts(&files, &manifest, report);
    photos(&manifest, &vouched, report);
}

fn key(manifest: &Manifest, device: &str) -> Option<PublicKey> {
    PublicKey::parse(manifest.keys.get(device)?).ok().filter(|key| key.device_id() == device)
}

fn signed_by_maker(files: &BTreeMap<&str, &[u8]>, manifest: &Manifest, report: &mut Report) {
    let text = files.get(MANIFEST).copied().unwrap_or_default();
    if files.get(SIGNED).copied() != Some(framed(DOMAIN, &[text]).as_slice()) {
        report.wrong(SIGNED, "changed");
    }
    report.server_key = manifest.keys.get(&manifest.server).cloned().unwrap_or_default();
    let Some(maker) = key(manifest, &manifest.made_by) else { return report.wrong(MANIFEST, "unknown_key") };
    report.maker_key = maker.text();
    let signature = files.get(SIGNATURE).copied().unwrap_or_default();
    if maker.verify(DOMAIN, &[text], signature).is_err() {
        // Of manifest and signature one was changed; where the signed copy agrees it is the signature.
        report.wrong(if report.problems.is_empty() { SIGNATURE } else { MANIFEST }, "bad_signature");
    }
    for (name, device) in [("maker", &manifest.made_by), ("server", &manifest.server)] {
        pem(files, manifest, name, device, report);
    }
    manifest.keys.keys().for_each(|device| pem(files, manifest, device, device, report));
}

fn pem(files: &BTreeMap<&str, &[u8]>, manifest: &Manifest, name: &str, device: &str, report: &mut Report) {
    let path = format!("keys/{name}.pem");
    let due = key(manifest, device).map(|key| key.pem());
    if files.get(path.as_str()).copied() != due.as_deref().map(str::as_bytes) {
        report.wrong(&path, "changed");
    }
}

/// Every file is listed once, with its hash, and every listed file is there.
fn listed(files: &BTreeMap<&str, &[u8]>, manifest: &Manifest, report: &mut Report) {
    let mut known: BTreeSet<&str> = [SUMS, MANIFEST, SIGNED, SIGNATURE].into();
    for Listed { path, sha256, bytes, .. } in &manifest.files {
        if !known.insert(path) {
            report.wrong(path, "listed_twice");
        }
        match files.get(path.as_str()) {
            None => report.wrong(path, "missing"),
            Some(found) if found.len() as u64 != *bytes || Hash::of(found) != *sha256 => report.wrong(path, "changed"),
            Some(_) => report.files += 1,
        }
    }
    files.keys().filter(|path| !known.contains(*path)).for_each(|path| report.wrong(path, "not_listed"));
}

/// The plain list says the same. A line about a file that was changed is right, and the file is named already.
fn sums(members: &[Member<'_>], files: &BTreeMap<&str, &[u8]>, report: &mut Report) {
    let text = files.get(SUMS).copied().unwrap_or_default();
    let due: String = members
        .iter()
        .filter(|member| member.path != SUMS)
        .map(|member| archive::sum_line(&member.path, member.bytes))
        .collect();
    if text != due.as_bytes() && report.problems.is_empty() {
        report.wrong(SUMS, "changed");
    }
}

/// Checks every event; gives what they vouch for.
fn events(files: &BTreeMap<&str, &[u8]>, manifest: &Manifest, report: &mut Report) -> BTreeSet<Hash> {
    let mut vouched = BTreeSet::new();
    for Listed { path, .. } in manifest.files.iter().filter(|file| file.role == "event") {
        let (message, sig) = beside(files, path);
        let event = SignedEvent {
            body: files.get(path.as_str()).copied().unwrap_or_default().to_vec(),
            suite: Suite::Ed25519.into(),
            sig: sig.to_vec(),
        };
        let Ok(body) = EventBody::parse(&event.body) else {
            report.wrong(path, "not_an_event");
            continue;
        };
        let Some(key) = key(manifest, &body.dev) else {
            report.wrong(path, "unknown_key");
            continue;
        };
        if event.open(&key).is_err() || event.message() != message {
            report.wrong(path, "bad_signature");
            continue;
        }
        report.events += 1;
        for blob in &body.blobs {
            vouched.insert(blob.h);
            vouched.extend([&blob.preview, &blob.thumb].into_iter().flatten().map(|part| part.h));
        }
    }
    vouched
}

fn beside<'a>(files: &BTreeMap<&str, &'a [u8]>, path: &str) -> (&'a [u8], &'a [u8]) {
    let stem = path.strip_suffix(".json").unwrap_or(path);
    let of = |ending: &str| files.get(format!("{stem}{ending}").as_str()).copied().unwrap_or_default();
    (of(".signed"), of(".sig"))
}

fn receipts(files: &BTreeMap<&str, &[u8]>, manifest: &Manifest, report: &mut Report) {
    let server = key(manifest, &manifest.server);
    for Listed { path, role, .. } in &manifest.files {
        let bytes = files.get(path.as_str()).copied().unwrap_or_default();
        let (message, _) = beside(files, path);
        let good = match role.as_str() {
            "receipt" => signed::<Receipt>(bytes, message, server.as_ref()),
            "blob_receipt" => signed::<BlobReceipt>(bytes, message, server.as_ref()),
            _ => continue,
        };
        match good {
            Ok(()) => report.receipts += 1,
            Err(what) => report.wrong(path, what),
        }
    }
}

fn signed<T>(bytes: &[u8], message: &[u8], server: Option<&PublicKey>) -> Result<(), &'static str>
where
    T: crate::receipt::Statement + serde::de::DeserializeOwned,
{
    let receipt: Countersigned<T> = serde_json::from_slice(bytes).map_err(|_| "not_a_receipt")?;
    let server = server.ok_or("unknown_key")?;
    receipt.verify(server).map_err(|_| "bad_signature")?;
    if receipt.message() == message { Ok(()) } else { Err("bad_signature") }
}

/// Photos and renditions are those the events vouch for, all of them here or said to be absent.
fn photos(manifest: &Manifest, vouched: &BTreeSet<Hash>, report: &mut Report) {
    let here: BTreeMap<Hash, &Listed> = manifest
        .files
        .iter()
        .filter(|file| ["original", "preview", "thumb"].contains(&file.role.as_str()))
        .map(|file| (file.sha256, file))
        .collect();
    report.originals = here.values().filter(|file| file.role == "original").count();
    for (hash, file) in &here {
        if !vouched.contains(hash) {
            report.wrong(&file.path, "not_vouched_for");
        }
    }
    let absent: BTreeSet<Hash> = manifest.absent.iter().map(|absent| absent.sha256).collect();
    for hash in vouched.iter().filter(|hash| !here.contains_key(hash) && !absent.contains(hash)) {
        report.wrong(&hash.hex(), "not_in_bundle");
    }
}
