//! What inspection says of real photos and of files made to hurt, the decoder in its own process as in
//! the programs. It has its own `main`, because the process it starts is itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod own_main;

use std::collections::HashMap;
use std::io::Cursor;
use std::path::PathBuf;
use std::process::ExitCode;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use xunju_photos::inspect::{Gps, Inspection, Unreadable, bytes, file};
use xunju_photos::{sample, worker};

/// 2026-12-01 in milliseconds.
const NOW_MS: i64 = 1_796_083_200_000;

fn look(content: &[u8], name: &str) -> Result<Inspection, Unreadable> {
    bytes(content, name, NOW_MS)
}

fn photos() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("XUNJU_SHARED").map_or_else(beside, PathBuf::from);
    let folder = shared.join("data/photos");
    if folder.join("manifest.tsv").is_file() {
        return Some(folder);
    }
    println!("SKIPPED: no photos of real cameras in {}", folder.display());
    None
}

/// Every column of the manifest that inspection speaks of, as another program read it.
fn every_photo_of_the_manifest() {
    let Some(folder) = photos() else { return };
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let mut lines = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let mut seen = 0;
    for line in lines {
        let row: HashMap<&str, &str> = head.iter().copied().zip(line).collect();
        let name = row["file"];
        let found = file(&folder.join(name), NOW_MS).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert_eq!(
            (found.sha256.as_str(), found.bytes.to_string()),
            (row["sha256"], row["bytes"].to_owned()),
            "{name}"
        );
        assert_eq!(found.format, row["file_type"].to_lowercase(), "{name}");
        let stored: (u32, u32) = (row["width"].parse().unwrap(), row["height"].parse().unwrap());
        let shown = if found.orientation >= 5 { (stored.1, stored.0) } else { stored };
        assert_eq!((found.width, found.height), shown, "{name}");
        assert_eq!(found.orientation.to_string(), if row["orientation"].is_empty() { "1" } else { row["orientation"] });
        let (make, model) = row["make_model"].split_once('/').unwrap_or_default();
        assert_eq!((found.make.as_deref(), found.model.as_deref()), (some(make), some(model)), "{name}");
        let taken = row["DateTimeOriginal"].replacen(':', "-", 2).replace(' ', "T") + row["OffsetTime"];
        assert_eq!(found.taken_at.as_deref(), some(&taken), "{name}");
        match (row["gps_lat"].parse::<f64>(), row["gps_lon"].parse::<f64>(), found.gps) {
            (Ok(lat), Ok(lon), Some(gps)) => {
                assert!((gps.lat - lat).abs() < 1e-6 && (gps.lon - lon).abs() < 1e-6, "{name}: {gps:?}");
            }
            (Err(_), Err(_), None) => {}
            other => panic!("{name}: {other:?}"),
        }
        println!("{name}: {:?}", found.warnings);
        seen += 1;
    }
    assert!(seen > 30, "{seen} photos");
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn picture(width: u32, height: u32) -> DynamicImage {
    DynamicImage::from(RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (x ^ y) as u8])))
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn jpeg() -> Vec<u8> {
    encoded(&picture(400, 300), ImageFormat::Jpeg)
}

/// `jpeg` whose frame claims another size.
fn resized(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut out = jpeg.to_vec();
    let frame = out.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    out[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    out[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    out
}

/// A PNG of a few bytes that claims `side` pixels each way.
fn png_claiming(side: u32) -> Vec<u8> {
    let mut out = encoded(&picture(4, 4), ImageFormat::Png);
    let header: Vec<u8> = [b"IHDR".as_slice(), &side.to_be_bytes(), &side.to_be_bytes(), &out[24..29]].concat();
    out[12..29].copy_from_slice(&header);
    out[29..33].copy_from_slice(&crc32(&header).to_be_bytes());
    out
}

/// PNG third edition, annex D.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

fn cmyk() -> Vec<u8> {
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, 90);
    encoder.encode(&[90; 200 * 100 * 4], 200, 100, jpeg_encoder::ColorType::Cmyk).unwrap();
    out
}

fn animated() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut out);
    let frames = (0..3).map(|_| image::Frame::new(picture(40, 30).into_rgba8()));
    encoder.encode_frames(frames).unwrap();
    drop(encoder);
    out
}

/// A JPEG whose EXIF directory names itself as the next one, and as the one inside it.
fn exif_loop() -> Vec<u8> {
    let block = b"II*\0\x08\0\0\0\x02\0\x0F\x01\x02\0\x04\0\0\0abc\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0";
    with_block(&jpeg(), block)
}

fn with_block(jpeg: &[u8], block: &[u8]) -> Vec<u8> {
    let length = u16::try_from(block.len() + 8).unwrap();
    [&jpeg[..2], &[0xFF, 0xE1], &length.to_be_bytes(), b"Exif\0\0", block, &jpeg[2..]].concat()
}

/// A block with positions as fractions of degrees.
fn located(latitude: u32, longitude: u32) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let (gps_at, values_at) = (8 + 2 + 12 + 4, 8 + 2 + 12 + 4 + 2 + 48 + 4);
    let degrees = |whole: u32| [whole, 1, 0, 1, 0, 1].iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
    let block = [
        b"II*\0\x08\0\0\0\x01\0".to_vec(),
        entry(0x8825, 4, 1, gps_at),
        vec![0; 4],
        4u16.to_le_bytes().to_vec(),
        entry(1, 2, 2, u32::from(b'N')),
        entry(2, 5, 3, values_at),
        entry(3, 2, 2, u32::from(b'E')),
        entry(4, 5, 3, values_at + 24),
        vec![0; 4],
        degrees(latitude),
        degrees(longitude),
    ];
    with_block(&jpeg(), &block.concat())
}

fn heic() -> Option<Vec<u8>> {
    photos().map(|folder| std::fs::read(folder.join("18_Issue_263_dotnet.heic")).unwrap())
}

/// Name, bytes, and the warnings expected, each exactly.
fn odd_files_are_told_and_read() {
    let whole = jpeg();
    let with = |text: &str| sample::with_exif(&whole, text, 1);
    let deep = encoded(&DynamicImage::ImageRgb16(picture(60, 40).into_rgb16()), ImageFormat::Png);
    let film = [&whole[..], b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"].concat();
    let table: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("plain.jpg", whole.clone(), &["no_exif"]),
        ("truncated.jpg", whole[..whole.len() / 2].to_vec(), &["damaged", "no_exif"]),
        ("cut at the head.jpg", whole[..250].to_vec(), &["damaged", "no_preview", "no_exif"]),
        ("jpeg called.png", whole.clone(), &["wrong_extension", "no_exif"]),
        ("no ending", whole.clone(), &["no_exif"]),
        ("archive.jpg", [&whole[..], b"PK\x03\x04\x14\0archive"].concat(), &["trailing_bytes", "polyglot", "no_exif"]),
        ("film.jpg", film, &["trailing_bytes", "motion_photo", "no_exif"]),
        ("loop.jpg", exif_loop(), &["exif_damaged"]),
        ("cmyk.jpg", cmyk(), &["cmyk", "no_exif"]),
        ("deep.png", deep, &["sixteen_bit", "no_exif"]),
        ("moving.gif", animated(), &["animated", "no_exif"]),
        ("still.gif", encoded(&picture(40, 30), ImageFormat::Gif), &["no_exif"]),
        ("1970.jpg", with("1970:01:01 00:00:00"), &["clock_not_set"]),
        ("2036.jpg", with("2036:02:07 06:28:16"), &["clock_not_set", "taken_in_future"]),
        ("tomorrow.jpg", with("2026:12:02 12:00:00"), &["taken_in_future"]),
        ("no time.jpg", with("0000:00:00 00:00:00"), &["time_invalid"]),
        ("held oddly.jpg", sample::with_exif(&whole, "2026:11:09 10:02:11", 9), &["orientation_invalid"]),
        ("here.jpg", located(31, 121), &[]),
        ("off the planet.jpg", located(213, 121), &["gps_invalid"]),
        ("nowhere.jpg", located(0, 0), &["gps_zero"]),
        ("long.jpg", encoded(&picture(60_000, 8), ImageFormat::Jpeg), &["no_exif"]),
        ("few pixels for its size.jpg", resized(&whole, 4000, 4000), &["damaged", "no_exif"]),
        ("far too few.jpg", resized(&whole, 9000, 9000), &["damaged", "no_preview", "no_exif"]),
    ];
    for (name, content, warnings) in table {
        let found = look(&content, name).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert_eq!(found.warnings, warnings, "{name}");
        assert!(found.width > 0 && found.height > 0, "{name}");
    }
    let found = look(&located(31, 121), "here.jpg").unwrap();
    assert_eq!(found.gps, Some(Gps { lat: 31.0, lon: 121.0 }));
    let told = |text: &str| look(&with(text), "a.jpg").unwrap().taken_at;
    assert_eq!(told("2026:11:09 10:02:11").as_deref(), Some("2026-11-09T10:02:11+08:00"));
    assert_eq!(told("1970:01:01 00:00:00").as_deref(), Some("1970-01-01T00:00:00+08:00"));
    assert_eq!(told("0000:00:00 00:00:00"), None);
}

fn what_cannot_be_read_is_refused_with_its_reason() {
    let table: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty.jpg", Vec::new(), "empty"),
        ("page.jpg", b"<!DOCTYPE html><html></html>".to_vec(), "not_a_picture"),
        ("archive.jpg", b"PK\x03\x04\x14\0".to_vec(), "not_a_picture"),
        ("film.heic", b"\0\0\0\x18ftypmp42\0\0\0\0".to_vec(), "not_a_picture"),
        ("bomb.png", png_claiming(100_000), "too_many_pixels"),
        ("wide bomb.jpg", resized(&jpeg(), 65_500, 65_500), "too_many_pixels"),
        ("widest.jpg", resized(&jpeg(), 65_535, 65_535), "too_many_pixels"),
        ("only a start.jpg", b"\xFF\xD8\xFF\xE0".to_vec(), "damaged"),
        ("no size.jpg", resized(&jpeg(), 0, 0), "damaged"),
        ("only a box.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "damaged"),
        ("boxes.heic", [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), &[0xFF; 400]].concat(), "damaged"),
    ];
    for (name, content, code) in table {
        let refused = look(&content, name).expect_err(name);
        assert_eq!(refused.code, code, "{name}: {}", refused.detail);
        assert!(!refused.detail.is_empty(), "{name}");
        assert!(look(&jpeg(), "the next.jpg").is_ok(), "{name} disturbs nothing after it");
    }
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(file(&folder.path().join("none.jpg"), NOW_MS).unwrap_err().code, "not_found");
    assert_eq!(file(folder.path(), NOW_MS).unwrap_err().code, "not_a_file");
    assert_eq!(file("/dev/zero".as_ref(), NOW_MS).unwrap_err().code, "not_a_file", "never read to its end");
}

/// A HEIC cut or with boxes overwritten anywhere: facts or a reason, and the next picture as ever.
fn a_broken_heic_is_told() {
    let Some(whole) = heic() else { return };
    let found = look(&whole, "a.heic").unwrap();
    assert_eq!((found.width, found.height, found.orientation), (3024, 4032, 6), "its boxes turn it");
    assert_eq!(found.warnings.contains(&"no_preview"), !cfg!(feature = "heic"));
    let cut = look(&whole[..whole.len() / 2], "a.heic").unwrap();
    assert!(cut.warnings.contains(&"damaged"), "{:?}", cut.warnings);
    assert_eq!(look(&whole[..200], "a.heic").unwrap_err().code, "damaged");
    let mut dice = 7u32;
    for _ in 0..40 {
        let mut broken = whole[..8000].to_vec();
        for _ in 0..8 {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            broken[(dice >> 8) as usize % 4000] = dice as u8;
        }
        match look(&broken, "a.heic") {
            Ok(found) => assert!(found.warnings.contains(&"no_preview"), "{found:?}"),
            Err(refused) => assert!(!refused.detail.is_empty()),
        }
    }
    assert!(look(&jpeg(), "the next.jpg").is_ok());
}

fn main() -> ExitCode {
    if let Some(code) = worker::serve_if_asked() {
        return code;
    }
    own_main::run(&[
        ("every_photo_of_the_manifest", every_photo_of_the_manifest),
        ("odd_files_are_told_and_read", odd_files_are_told_and_read),
        ("what_cannot_be_read_is_refused_with_its_reason", what_cannot_be_read_is_refused_with_its_reason),
        ("a_broken_heic_is_told", a_broken_heic_is_told),
    ])
}
