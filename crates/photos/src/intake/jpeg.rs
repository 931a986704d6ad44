//! A walk over a JPEG's segments, without decoding: where it says it ends, how large it says it is,
//! and the blocks it carries (ITU-T T.81 annex B; CIPA DC-007 for the multi-picture format).
//!
//! Decoders fill a cut file with grey and say nothing, so the end is looked for here.

/// What the walk found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct JpegScan {
    /// As stored, before orientation; zero where no frame header was found.
    pub width: u32,
    pub height: u32,
    /// Offset just behind the end-of-image marker.
    pub end: Option<usize>,
    /// Bytes behind the end that belong to no picture the file lists.
    pub trailing_bytes: usize,
    pub scans: u32,
    /// 1 grey, 3 colour, 4 for printing.
    pub components: u8,
    /// TIFF block of the first `Exif` segment.
    pub exif: Option<Vec<u8>>,
}

/// Longest EXIF block that is read.
const EXIF_BYTES_MAX: usize = 1024 * 1024;

/// Walks over `bytes`, which start with a JPEG's magic.
pub(crate) fn scan(bytes: &[u8]) -> JpegScan {
    let mut found = JpegScan::default();
    let mut listed_end = 0usize;
    let mut at = 2usize;
    while let Some((marker, body_at)) = next_marker(bytes, at) {
        match marker {
            0xD9 => {
                found.end = Some(body_at);
                break;
            }
            // A start of image inside the image, restart marks: no length follows.
            0x01 | 0xD0..=0xD8 => {
                at = body_at;
                continue;
            }
            _ => {}
        }
        let Some(len) = be16(bytes, body_at).filter(|len| *len >= 2) else {
            at = body_at;
            continue;
        };
        let body = bytes.get(body_at + 2..body_at + len).unwrap_or_default();
        match marker {
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => size(body, &mut found),
            0xDA => found.scans += 1,
            0xE1 if found.exif.is_none() => {
                found.exif = body.strip_prefix(b"Exif\0\0").filter(|x| x.len() <= EXIF_BYTES_MAX).map(<[u8]>::to_vec);
            }
            0xE2 => {
                if let Some(mpf) = body.strip_prefix(b"MPF\0") {
                    listed_end = listed_end.max(mpf_end(mpf, body_at + 6));
                }
            }
            _ => {}
        }
        at = body_at + len;
    }
    found.trailing_bytes = found.end.map_or(0, |end| trailing(bytes, end.max(listed_end)));
    found
}

/// The next marker from `at` on, skipping entropy-coded data and garbage: its code, and the offset behind it.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += memchr::memchr(0xFF, bytes.get(at..)?)?;
        match *bytes.get(at + 1)? {
            0xFF => at += 1,
            0x00 => at += 2,
            code => return Some((code, at + 2)),
        }
    }
}

fn size(frame: &[u8], found: &mut JpegScan) {
    if found.width == 0 {
        found.height = be16(frame, 1).unwrap_or(0) as u32;
        found.width = be16(frame, 3).unwrap_or(0) as u32;
        found.components = frame.get(5).copied().unwrap_or(0);
    }
}

fn be16(bytes: &[u8], at: usize) -> Option<usize> {
    let (pair, _) = bytes.get(at..)?.split_first_chunk::<2>()?;
    Some(usize::from(u16::from_be_bytes(*pair)))
}

/// Where the last picture listed in an MPF block ends, counted from the start of the file.
/// Offsets in it count from the block's own byte-order mark at `base`.
fn mpf_end(mpf: &[u8], base: usize) -> usize {
    let little = mpf.starts_with(b"II*\0");
    let u32_at = |at: usize| -> Option<usize> {
        let (four, _) = mpf.get(at..)?.split_first_chunk::<4>()?;
        usize::try_from(if little { u32::from_le_bytes(*four) } else { u32::from_be_bytes(*four) }).ok()
    };
    let u16_at = |at: usize| -> Option<u16> {
        let (two, _) = mpf.get(at..)?.split_first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes(*two) } else { u16::from_be_bytes(*two) })
    };
    let last_end = || -> Option<usize> {
        let ifd = u32_at(4)?;
        let tags = usize::from(u16_at(ifd)?);
        // 0xB002: the list of pictures, 16 bytes each: attributes, size, offset, dependencies.
        let tag = (0..tags).map(|i| ifd + 2 + 12 * i).find(|at| u16_at(*at) == Some(0xB002))?;
        let (list_bytes, list) = (u32_at(tag + 4)?, u32_at(tag + 8)?);
        let entries = (0..(list_bytes / 16).min(64)).map(|i| list + 16 * i);
        entries
            .filter_map(|entry| {
                let (size, offset) = (u32_at(entry + 4)?, u32_at(entry + 8)?);
                // The first picture is the file itself and has offset 0.
                if offset == 0 { None } else { base.checked_add(offset)?.checked_add(size) }
            })
            .max()
    };
    last_end().unwrap_or(0)
}

/// Bytes from `end` on; padding of one value (cameras fill up to a block) counts as none.
fn trailing(bytes: &[u8], end: usize) -> usize {
    let rest = bytes.get(end..).unwrap_or_default();
    let padding = rest.iter().all(|byte| *byte == 0) || rest.iter().all(|byte| *byte == 0xFF);
    if padding { 0 } else { rest.len() }
}
