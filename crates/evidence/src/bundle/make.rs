//! Putting a bundle together.

use std::collections::BTreeMap;

use super::archive::{self, ArchiveError, Member};
use super::{Absent, DOMAIN, FORMAT, Listed, MANIFEST, Manifest, SIGNATURE, SIGNED, SUMS};
use crate::hash::{Hash, from_hex};
use crate::receipt::{BlobReceipt, Countersigned, Receipt, Statement};
use crate::suite::{PublicKey, SignedEvent, Signer, framed};

const PAGE: &str = include_str!("../../../../assets/bundle/VERIFY.txt");

/// What goes into a bundle.
#[derive(Debug, Clone)]
pub struct Content {
    pub record: String,
    pub number: String,
    pub town: String,
    pub log: String,
    pub made_ms: i64,
    pub events: Vec<SignedEvent>,
    pub receipts: Vec<Countersigned<Receipt>>,
    pub blob_receipts: Vec<Countersigned<BlobReceipt>>,
    /// Keys of the devices that signed the events.
    pub keys: BTreeMap<String, PublicKey>,
    pub server: PublicKey,
    /// Path, role, the original it was made from, bytes: photos, renditions, papers.
    pub files: Vec<(String, String, Option<Hash>, Vec<u8>)>,
    pub absent: Vec<Absent>,
}

struct Pile {
    files: Vec<(Listed, Vec<u8>)>,
}

impl Pile {
    fn add(&mut self, path: String, role: &str, of: Option<Hash>, bytes: Vec<u8>) {
        let (sha256, len) = (Hash::of(&bytes), bytes.len() as u64);
        self.files.push((Listed { path, role: role.to_owned(), sha256, bytes: len, of }, bytes));
    }

    /// A document with the bytes that were signed and the signature beside it.
    fn add_signed(&mut self, stem: &str, role: &str, document: Vec<u8>, message: Vec<u8>, sig: Vec<u8>) {
        self.add(format!("{stem}.json"), role, None, document);
        self.add(format!("{stem}.signed"), "signed", None, message);
        self.add(format!("{stem}.sig"), "signature", None, sig);
    }

    fn add_receipt<T: Statement + serde::Serialize>(&mut self, number: usize, role: &str, receipt: &Countersigned<T>) {
        let document = serde_json::to_vec_pretty(receipt).unwrap_or_default();
        let sig = from_hex(&receipt.sig).unwrap_or_default();
        self.add_signed(&format!("receipts/{number:04}"), role, document, receipt.message(), sig);
    }
}

/// The bundle's bytes, its manifest signed by the device that makes it.
///
/// # Errors
/// [`ArchiveError::TooLarge`] beyond 4 GB.
pub fn make(content: Content, signer: &Signer) -> Result<Vec<u8>, ArchiveError> {
    let mut pile = Pile { files: Vec::new() };
    pile.add("VERIFY.txt".into(), "page", None, PAGE.into());
    let maker = signer.public();
    let mut keys = content.keys;
    keys.extend([&maker, &content.server].map(|key| (key.device_id(), key.clone())));
    pile.add("keys/maker.pem".into(), "key", None, maker.pem().into());
    pile.add("keys/server.pem".into(), "key", None, content.server.pem().into());
    for (device, key) in &keys {
        pile.add(format!("keys/{device}.pem"), "key", None, key.pem().into());
    }
    for (at, event) in content.events.into_iter().enumerate() {
        let message = event.message();
        pile.add_signed(&format!("events/{:04}", at + 1), "event", event.body, message, event.sig);
    }
    for (at, receipt) in content.receipts.iter().enumerate() {
        pile.add_receipt(at + 1, "receipt", receipt);
    }
    for (at, receipt) in content.blob_receipts.iter().enumerate() {
        pile.add_receipt(content.receipts.len() + at + 1, "blob_receipt", receipt);
    }
    for (path, role, of, bytes) in content.files {
        pile.add(path, &role, of, bytes);
    }
    let manifest = Manifest {
        format: FORMAT.into(),
        record: content.record,
        number: content.number,
        town: content.town,
        log: content.log,
        made_ms: content.made_ms,
        made_by: maker.device_id(),
        server: content.server.device_id(),
        keys: keys.iter().map(|(device, key)| (device.clone(), key.text())).collect(),
        files: pile.files.iter().map(|(listed, _)| listed.clone()).collect(),
        absent: content.absent,
    };
    let manifest = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    let files: Vec<(String, Vec<u8>)> = pile.files.into_iter().map(|(listed, bytes)| (listed.path, bytes)).collect();
    closed(files, manifest, signer)
}

fn closed(files: Vec<(String, Vec<u8>)>, manifest: Vec<u8>, signer: &Signer) -> Result<Vec<u8>, ArchiveError> {
    let signature = signer.sign(DOMAIN, &[&manifest]);
    let message = framed(DOMAIN, &[&manifest]);
    let fixed = [(MANIFEST, manifest), (SIGNED, message), (SIGNATURE, signature)];
    let mut all: Vec<(String, Vec<u8>)> = fixed.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect();
    all.extend(files);
    let sums: String = all.iter().map(|(path, bytes)| archive::sum_line(path, bytes)).collect();
    all.insert(0, (SUMS.to_owned(), sums.into_bytes()));
    let members: Vec<Member<'_>> = all.iter().map(|(path, bytes)| Member { path: path.clone(), bytes }).collect();
    archive::write(&members)
}
