//! What is wrong with a whole file, found before anything of it is believed.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

/// Why a file is no ledger. Each has words of its own on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    NotExcel,
    /// The old .xls.
    OldExcel,
    Password,
    /// A broken or cut-off archive.
    Damaged(String),
    /// Unpacks to more than this program reads.
    TooLarge,
    /// No sheet has the headings of a ledger.
    NoHeading,
    Disk(String),
}

/// The most that is read of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file: u64,
    /// Bytes all parts unpack to; a hundred thousand rows of the widest ledger take under 400 MB.
    pub unpacked: u64,
    /// Bytes of the table of shared texts, the one part that is held in memory whole.
    pub texts: u64,
}

const MB: u64 = 1024 * 1024;

impl Default for Limits {
    fn default() -> Self {
        Self { file: 64 * MB, unpacked: 768 * MB, texts: 96 * MB }
    }
}

/// Unpacks everything once, counting, and keeps nothing: what an archive says of its own size is not believed.
pub fn check(file: &mut File, limits: Limits) -> Result<(), FileProblem> {
    let disk = |e: std::io::Error| FileProblem::Disk(e.to_string());
    if file.metadata().map_err(disk)?.len() > limits.file {
        return Err(FileProblem::TooLarge);
    }
    let mut head = [0; 8];
    let read = file.read(&mut head).map_err(disk)?;
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    match head.get(..read).unwrap_or_default() {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(compound_file(file, limits.file).map_err(disk)?),
        [b'P', b'K', ..] => {}
        _ => return Err(FileProblem::NotExcel),
    }
    let damaged = |e: &dyn std::fmt::Display| FileProblem::Damaged(e.to_string());
    let mut archive = zip::ZipArchive::new(&mut *file).map_err(|e| damaged(&e))?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(FileProblem::NotExcel);
    }
    let mut left = limits.unpacked;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|e| damaged(&e))?;
        let most =
            if part.name().is_ok_and(|n| n.ends_with("sharedStrings.xml")) { left.min(limits.texts) } else { left };
        let unpacked = std::io::copy(&mut part.take(most + 1), &mut std::io::sink()).map_err(|e| damaged(&e))?;
        if unpacked > most {
            return Err(FileProblem::TooLarge);
        }
        left -= unpacked;
    }
    drop(archive);
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    Ok(())
}

/// A file of the old container: either protected by a password, or an .xls.
fn compound_file(file: &mut File, most: u64) -> std::io::Result<FileProblem> {
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let protected = bytes.windows(name.len()).any(|w| w == name);
    Ok(if protected { FileProblem::Password } else { FileProblem::OldExcel })
}
