//! What is unusual about a file: its name, what hangs behind it, movement, depth.

use crate::intake::Media;

/// The name promises another kind of picture. A name without an ending promises nothing.
pub(super) fn wrong_extension(name: &str, media: Media) -> bool {
    let Some((_, extension)) = name.rsplit_once('.') else { return false };
    let right: &[&str] = match media {
        Media::Jpeg => &["jpg", "jpeg", "jpe", "jfif", "mpo"],
        Media::Png => &["png", "apng"],
        Media::WebP => &["webp"],
        Media::Bmp => &["bmp", "dib"],
        Media::Tiff => &["tif", "tiff"],
        Media::Gif => &["gif"],
        Media::Heif => &["heic", "heif", "hif", "heics"],
        Media::Other(_) => &[],
    };
    !right.contains(&extension.to_ascii_lowercase().as_str())
}

/// A phone's few seconds of film behind the picture (Google, Apple: a `ftyp` box; Samsung: its own trailer).
pub(super) fn is_motion(tail: &[u8]) -> bool {
    has(tail, b"ftypmp4") || has(tail, b"ftypisom") || has(tail, b"ftypqt") || has(tail, b"MotionPhoto_Data")
}

/// The bytes behind the picture are a file of their own that other programs would open.
pub(super) fn is_other_file(tail: &[u8]) -> bool {
    [&b"PK\x03\x04"[..], b"%PDF-", b"Rar!\x1a", b"7z\xBC\xAF\x27\x1C", b"\x7fELF", b"MZ\x90", b"<script", b"<?php"]
        .iter()
        .any(|magic| has(tail, magic))
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(bytes, what).is_some()
}

/// More than one frame; only the first is drawn.
pub(super) fn is_animated(bytes: &[u8], media: Media) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    match media {
        // `VP8X`, and in its flags the second bit (WebP container specification).
        Media::WebP => bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 2 != 0),
        // The animation's control block stands in front of the pixels (PNG third edition, 11.3.6.1).
        Media::Png => has(head, b"acTL"),
        Media::Gif => gif_frames(bytes) > 1,
        _ => false,
    }
}

/// 16 bits to a channel (PNG: `IHDR`, 11.2.1); a preview has 8.
pub(super) fn is_deep(bytes: &[u8], media: Media) -> bool {
    media == Media::Png && bytes.get(24) == Some(&16)
}

/// Counts pictures up to two (GIF89a, 20: image descriptor).
fn gif_frames(bytes: &[u8]) -> u32 {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3usize << (1 + (flags & 7)) };
    let Some(flags) = bytes.get(10) else { return 0 };
    let mut at = 13 + table(*flags);
    let mut frames = 0;
    while frames < 2 {
        match bytes.get(at) {
            Some(0x21) => at += 2,
            Some(0x2C) => {
                frames += 1;
                let Some(flags) = bytes.get(at + 9) else { break };
                at += 11 + table(*flags);
            }
            _ => break,
        }
        // Blocks of data, each with its length in front, up to an empty one.
        while let Some(length @ 1..) = bytes.get(at) {
            at += 1 + usize::from(*length);
        }
        at += 1;
    }
    frames
}
