//! The EXIF block of a drawn picture: when, with what, held how. It says that it is a sample.

const MAKE: &[u8] = b"Xunju\0";
const MODEL: &[u8] = b"Sample camera\0";
const ZONE: &[u8] = b"+08:00\0";

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;

/// `jpeg` with an `Exif` segment directly behind its start marker.
pub(super) fn embed(jpeg: &[u8], taken: &str, orientation: u16) -> Vec<u8> {
    let tiff = block(taken, orientation);
    let length = u16::try_from(tiff.len() + 8).unwrap_or(u16::MAX);
    let (start, rest) = jpeg.split_at(jpeg.len().min(2));
    [start, &[0xFF, 0xE1], &length.to_be_bytes(), b"Exif\0\0", &tiff, rest].concat()
}

/// A little-endian TIFF block with two directories.
fn block(taken: &str, orientation: u16) -> Vec<u8> {
    let taken: Vec<u8> = taken.bytes().chain([0]).collect();
    let main_len = directory_bytes(4) + MAKE.len() + MODEL.len();
    let exif_at = 8 + u32::try_from(main_len).unwrap_or(0);
    let main = directory(
        8,
        &[
            (0x010F, ASCII, MAKE.to_vec()),
            (0x0110, ASCII, MODEL.to_vec()),
            (0x0112, SHORT, orientation.to_le_bytes().to_vec()),
            (0x8769, LONG, exif_at.to_le_bytes().to_vec()),
        ],
    );
    let exif =
        directory(exif_at, &[(0x9003, ASCII, taken), (0x9010, ASCII, ZONE.to_vec()), (0x9011, ASCII, ZONE.to_vec())]);
    [b"II*\0\x08\0\0\0".as_slice(), &main, &exif].concat()
}

fn directory_bytes(entries: usize) -> usize {
    2 + 12 * entries + 4
}

/// One directory that starts at offset `at`, its longer values behind it.
fn directory(at: u32, entries: &[(u16, u16, Vec<u8>)]) -> Vec<u8> {
    let mut head = u16::try_from(entries.len()).unwrap_or(0).to_le_bytes().to_vec();
    let mut tail: Vec<u8> = Vec::new();
    let values_at = at + u32::try_from(directory_bytes(entries.len())).unwrap_or(0);
    for (tag, kind, value) in entries {
        let unit = match *kind {
            SHORT => 2,
            LONG => 4,
            _ => 1,
        };
        head.extend(tag.to_le_bytes());
        head.extend(kind.to_le_bytes());
        head.extend(u32::try_from(value.len() / unit).unwrap_or(0).to_le_bytes());
        if value.len() <= 4 {
            head.extend(value.iter().copied().chain([0; 4]).take(4));
        } else {
            head.extend((values_at + u32::try_from(tail.len()).unwrap_or(0)).to_le_bytes());
            tail.extend(value);
        }
    }
    head.extend([0; 4]);
    head.extend(tail);
    head
}
