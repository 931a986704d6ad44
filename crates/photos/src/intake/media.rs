//! What a file is, by its first bytes. A name proves nothing.

/// A kind of file this program knows by sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    Jpeg,
    Png,
    WebP,
    Bmp,
    Tiff,
    Gif,
    Heif,
    /// Refused, with this name.
    Other(&'static str),
}

impl Media {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let starts = |magic: &[u8]| bytes.starts_with(magic);
        let at = |offset: usize, magic: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic));
        if starts(b"\xFF\xD8\xFF") {
            Self::Jpeg
        } else if starts(b"\x89PNG\r\n\x1a\n") {
            Self::Png
        } else if starts(b"RIFF") && at(8, b"WEBP") {
            Self::WebP
        } else if starts(b"GIF87a") || starts(b"GIF89a") {
            Self::Gif
        } else if starts(b"II*\0") || starts(b"MM\0*") {
            Self::Tiff
        } else if at(4, b"ftyp") {
            Self::of_brand(bytes.get(8..12).unwrap_or_default())
        } else if starts(b"BM") && at(6, &[0, 0, 0, 0]) {
            Self::Bmp
        } else {
            Self::Other(refused(bytes))
        }
    }

    fn of_brand(brand: &[u8]) -> Self {
        match brand {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Self::Heif,
            b"avif" | b"avis" => Self::Other("image/avif"),
            b"qt  " => Self::Other("video/quicktime"),
            _ => Self::Other("video/mp4"),
        }
    }

    /// `jpeg`, `heic`, …
    pub(crate) fn short_name(self) -> &'static str {
        self.name().strip_prefix("image/").unwrap_or_default()
    }

    /// The size a header gives at a fixed place, for a picture no decoder wants. Zero where unknown.
    pub(crate) fn claimed_size(self, bytes: &[u8]) -> (u32, u32) {
        let four = |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()).copied().unwrap_or_default();
        let two = |at: usize| {
            bytes
                .get(at..)
                .and_then(|rest| rest.first_chunk::<2>())
                .map_or(0, |pair| u32::from(u16::from_le_bytes(*pair)))
        };
        match self {
            // PNG third edition, 11.2.1.
            Self::Png => (u32::from_be_bytes(four(16)), u32::from_be_bytes(four(20))),
            // GIF89a, 18.
            Self::Gif => (two(6), two(8)),
            Self::Bmp => (u32::from_le_bytes(four(18)), i32::from_le_bytes(four(22)).unsigned_abs()),
            _ => (0, 0),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
            Self::Gif => "image/gif",
            Self::Heif => "image/heic",
            Self::Other(name) => name,
        }
    }
}

fn refused(bytes: &[u8]) -> &'static str {
    let text = bytes.get(..bytes.len().min(512)).unwrap_or_default().trim_ascii_start().to_ascii_lowercase();
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if text.starts_with(b"<!doctype html") || text.starts_with(b"<html") {
        "text/html"
    } else if text.starts_with(b"<?xml") || text.starts_with(b"<svg") {
        "application/xml"
    } else if starts(b"%PDF-") {
        "application/pdf"
    } else if starts(b"PK\x03\x04") {
        "application/zip"
    } else if starts(b"MZ") || starts(b"\x7fELF") {
        "application/x-executable"
    } else {
        "application/octet-stream"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_magic() {
        for (bytes, name) in [
            (&b"\xFF\xD8\xFF\xE0\0\x10JFIF"[..], "image/jpeg"),
            (b"\0\0\0\x18ftypheic", "image/heic"),
            (b"\0\0\0\x18ftypmp42", "video/mp4"),
            (b"\0\0\0\x18ftypavif", "image/avif"),
            (b"  <!DOCTYPE HTML><html>", "text/html"),
            (b"BMW is not a bitmap", "application/octet-stream"),
            (b"", "application/octet-stream"),
        ] {
            assert_eq!(Media::of(bytes).name(), name);
        }
    }
}
