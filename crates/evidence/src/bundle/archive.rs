//! The container: a ZIP in which every byte follows from the files (stored, one fixed time, no extras), so
//! that a reader can say of any byte whether it is as it was written. Every unpacker opens it.

use crate::hash::Hash;

/// Longest bundle: the plain ZIP format counts in 32 bits.
pub const LIMIT_BYTES: u64 = 0xFFFF_0000;
const FILES_MAX: usize = 0xFFFE;
const LOCAL: &[u8; 4] = b"PK\x03\x04";
const CENTRAL: &[u8; 4] = b"PK\x01\x02";
const END: &[u8; 4] = b"PK\x05\x06";
/// Version 2.0, names in UTF-8, stored, 1980-01-01.
const COMMON: [u8; 10] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
const LOCAL_BYTES: usize = 30;

/// Why a container cannot be written or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveError {
    TooLarge,
    /// Not as it was written, from this byte on; the file it belongs to.
    Broken {
        offset: usize,
        file: String,
    },
}

/// A file inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member<'a> {
    pub path: String,
    pub bytes: &'a [u8],
}

pub(super) fn write(files: &[Member<'_>]) -> Result<Vec<u8>, ArchiveError> {
    let total: u64 = files.iter().map(|file| file.bytes.len() as u64 + 2 * file.path.len() as u64 + 76).sum();
    if total > LIMIT_BYTES || files.len() > FILES_MAX {
        return Err(ArchiveError::TooLarge);
    }
    let four = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let two = |n: usize| u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes();
    let mut out = Vec::with_capacity(usize::try_from(total).unwrap_or(0));
    let mut central = Vec::new();
    for file in files {
        let (at, len) = (out.len(), four(file.bytes.len()));
        let sizes = [&crc32(file.bytes).to_le_bytes()[..], &len, &len, &two(file.path.len()), &[0, 0]].concat();
        out.extend([&LOCAL[..], &COMMON, &sizes, file.path.as_bytes(), file.bytes].concat());
        central.extend([&CENTRAL[..], &[20, 0], &COMMON, &sizes, &[0; 10], &four(at), file.path.as_bytes()].concat());
    }
    let (at, count) = (four(out.len()), two(files.len()));
    let size = four(central.len());
    out.extend(central);
    out.extend([&END[..], &[0; 4], &count, &count, &size, &at, &[0, 0]].concat());
    Ok(out)
}

/// The files, when every byte of the container is as [`write`] writes it. What is inside a file may have
/// been changed: that is for hashes to say, not for the container.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Member<'_>>, ArchiveError> {
    let mut files: Vec<Member<'_>> = Vec::new();
    let mut at = 0;
    while bytes.get(at..).is_some_and(|rest| rest.starts_with(LOCAL)) {
        let broken =
            || ArchiveError::Broken { offset: at, file: files.last().map(|f| f.path.clone()).unwrap_or_default() };
        let number = |from: usize, len: usize| {
            bytes
                .get(at + from..at + from + len)
                .map(|n| n.iter().rev().fold(0, |all, byte| all << 8 | usize::from(*byte)))
        };
        let (Some(len), Some(name_len)) = (number(22, 4), number(26, 2)) else { return Err(broken()) };
        let name_at = at + LOCAL_BYTES;
        let (name, content) =
            (bytes.get(name_at..name_at + name_len), bytes.get(name_at + name_len..name_at + name_len + len));
        let (Some(name), Some(content)) = (name, content) else { return Err(broken()) };
        let path = std::str::from_utf8(name).map_err(|_| broken())?.to_owned();
        files.push(Member { path, bytes: content });
        at = name_at + name_len + len;
    }
    check(bytes, &files)?;
    Ok(files)
}

/// Compares the container with the one these files would have. The checksums in it are of the contents, so
/// where a content was changed its two checksums may differ; nothing else may.
fn check(bytes: &[u8], files: &[Member<'_>]) -> Result<(), ArchiveError> {
    let mut due = write(files)?;
    let mut at = 0;
    let mut spans = Vec::new();
    for file in files {
        let end = at + LOCAL_BYTES + file.path.len() + file.bytes.len();
        spans.push((at, end, file.path.as_str()));
        at = end;
    }
    let mut central = at;
    for (start, _, path) in &spans {
        let same = |place: usize| due.get(place..place + 4) == bytes.get(place..place + 4);
        // Both copies of the checksum as they were written, and alike: then it is the content that changed.
        let (local, copy) = (start + 14, central + 16);
        if !same(local) && !same(copy) && bytes.get(local..local + 4) == bytes.get(copy..copy + 4) {
            for place in [local, copy] {
                if let (Some(to), Some(from)) = (due.get_mut(place..place + 4), bytes.get(place..place + 4)) {
                    to.copy_from_slice(from);
                }
            }
        }
        central += 46 + path.len();
    }
    if due == bytes {
        return Ok(());
    }
    let offset = due.iter().zip(bytes).position(|(a, b)| a != b).unwrap_or(due.len().min(bytes.len()));
    let file =
        spans.iter().find(|(start, end, _)| (start..end).contains(&&offset)).map(|(_, _, path)| (*path).to_owned());
    Err(ArchiveError::Broken { offset, file: file.unwrap_or_default() })
}

/// PKWARE APPNOTE 4.4.7; the table of the reflected polynomial.
fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|i| {
        (0..8).fold(i as u32, |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
    });
    !bytes.iter().fold(!0u32, |crc, byte| {
        let place = ((crc ^ u32::from(*byte)) & 0xFF) as usize;
        table.get(place).copied().unwrap_or(0) ^ (crc >> 8)
    })
}

/// A line of `SHA256SUMS`.
pub(super) fn sum_line(path: &str, bytes: &[u8]) -> String {
    format!("{}  {path}\n", Hash::of(bytes))
}
