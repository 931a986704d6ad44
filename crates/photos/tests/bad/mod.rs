//! Bad pictures written by hand, each a few bytes around one lie about a length, a count or a place.

use xunju_photos::sample;

fn be(n: u32) -> [u8; 4] {
    n.to_be_bytes()
}

/// `payload` as the first segment `APP1` of a whole JPEG.
fn app1(payload: &[u8]) -> Vec<u8> {
    let jpeg = sample::scene("shed", 1, 320, 240);
    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, payload, &jpeg[2..]].concat()
}

/// TIFF (6.0, section 2): one directory whose only entry points at the directory itself, as does the next one.
fn directory_in_a_circle() -> Vec<u8> {
    let entry = [&[0x69, 0x87, 4, 0, 1, 0, 0, 0][..], &8u32.to_le_bytes()].concat();
    [b"II*\0\x08\0\0\0\x01\0", &entry[..], &8u32.to_le_bytes()].concat()
}

/// CRC of a PNG chunk (ISO/IEC 15948 annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in chunks {
        let body = [&kind[..], data].concat();
        out.extend(be(u32::try_from(data.len()).unwrap()));
        out.extend(&body);
        out.extend(be(crc(&body)));
    }
    out
}

fn png_head(side: u32) -> Vec<u8> {
    [&be(side)[..], &be(side), &[8, 2, 0, 0, 0]].concat()
}

/// One box (ISO/IEC 14496-12, 4.2) of a length that need not be true.
fn boxed(length: u32, kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    [&be(length)[..], kind, inside].concat()
}

fn whole_box(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    boxed(u32::try_from(inside.len() + 8).unwrap(), kind, inside)
}

fn heic(after: &[u8]) -> Vec<u8> {
    [&whole_box(b"ftyp", b"heic\0\0\0\0mif1heic"), after].concat()
}

/// A whole JPEG that says it is `width` by `height` (ITU-T T.81 B.2.2: `SOF`, precision, lines, samples a line).
fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = sample::scene("room", 2, 320, 240);
    let head = jpeg.windows(2).position(|two| matches!(two, [0xFF, 0xC0..=0xC2])).unwrap();
    jpeg[head + 5..head + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[head + 7..head + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let circle = directory_in_a_circle();
    let deep = (0..500).fold(Vec::new(), |inside, _| whole_box(b"meta", &[&[0; 4][..], &inside].concat()));
    let counts =
        |kind| whole_box(b"meta", &[&[0; 4][..], &whole_box(kind, &[&[0; 4][..], &[0xFF; 12]].concat())].concat());
    let motion = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:Description \
        GCamera:MicroVideo='1' GCamera:MicroVideoOffset='4294967295'/></x:xmpmeta>";
    vec![
        ("nothing", Vec::new()),
        ("a JPEG of three bytes", vec![0xFF, 0xD8, 0xFF]),
        ("EXIF in a circle", app1(&[b"Exif\0\0", &circle[..]].concat())),
        ("EXIF of 65,535 entries", app1(b"Exif\0\0MM\0*\0\0\0\x08\xFF\xFF")),
        ("EXIF that begins past its end", app1(b"Exif\0\0II*\0\xF0\xFF\xFF\xFF")),
        ("a film past the end of its picture", app1(motion)),
        ("XMP that never ends", app1(&b"http://ns.adobe.com/xap/1.0/\0<a".repeat(300))),
        ("a JPEG of 65,535 lines", jpeg_of(320, 65_535)),
        ("a JPEG of 65,535 by 65,535", jpeg_of(65_535, 65_535)),
        ("a JPEG of no lines", jpeg_of(320, 0)),
        (
            "a PNG of 65,535 by 65,535",
            png(&[(b"IHDR", &png_head(65_535)), (b"IDAT", b"\x78\x9c\x03\0"), (b"IEND", b"")]),
        ),
        ("a PNG of two thousand million", png(&[(b"IHDR", &png_head(0x7FFF_FFFF)), (b"IDAT", b"\x78\x9c\x03\0")])),
        ("a PNG with EXIF in a circle", png(&[(b"IHDR", &png_head(8)), (b"eXIf", &circle), (b"IDAT", b"")])),
        ("a PNG chunk past the end", [&png(&[(b"IHDR", &png_head(8))])[..], &be(0x7FFF_FFF0), b"IDAT"].concat()),
        (
            "a WebP longer than it is",
            b"RIFF\xFF\xFF\xFF\xFFWEBPVP8 \xFF\xFF\xFF\xFF\0\0\0\x9d\x01\x2a\xFF\x3F\xFF\x3F".to_vec(),
        ),
        ("a WebP canvas of 2^24", b"RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\x08\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF".to_vec()),
        ("a HEIC of one box", heic(&[])),
        ("a HEIC box to the end of the file", heic(&boxed(0, b"meta", &[0; 4]))),
        ("a HEIC box of 2^64", heic(&boxed(1, b"meta", &[0xFF; 8]))),
        ("a HEIC box shorter than its head", heic(&boxed(3, b"meta", &[0; 8]))),
        ("a HEIC of 500 boxes in each other", heic(&deep)),
        ("a HEIC of 2^32 items", heic(&counts(b"iinf"))),
        ("a HEIC of 2^32 places", heic(&counts(b"iloc"))),
        ("a HEIC of 2^32 properties", heic(&counts(b"ipma"))),
        ("a TIFF in a circle", circle),
        (
            "a GIF of 65,535 by 65,535",
            b"GIF89a\xFF\xFF\xFF\xFF\xF0\0\0,\0\0\0\0\xFF\xFF\xFF\xFF\0\x02\x01\0\0;".to_vec(),
        ),
    ]
}
