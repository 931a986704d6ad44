//! What comes in: held every way, cut, blown up, disguised, followed by other things.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use image::{ImageFormat, Rgb, RgbImage};
use xunju_photos::{Intake, PhotoError, Source, Vault, intake, sample};

fn vault() -> (tempfile::TempDir, Vault) {
    let root = tempfile::tempdir().unwrap();
    let vault = Vault::open(root.path(), None).unwrap();
    (root, vault)
}

/// 2026-12-01 in milliseconds.
const IMPORTED_MS: i64 = 1_796_083_200_000;

fn source() -> Source {
    Source {
        name: "IMG_0001.JPG".into(),
        mtime_ms: Some(IMPORTED_MS - 1000),
        channel: "drop".into(),
        imported_ms: IMPORTED_MS,
    }
}

fn take(vault: &Vault, bytes: &[u8]) -> Intake {
    intake(vault, bytes, &source()).unwrap()
}

fn flags(taken: &Intake) -> Vec<&str> {
    taken.facts.flags.iter().map(String::as_str).collect()
}

fn encoded(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Upright: red, green over blue, white; 400x240.
fn quadrants() -> RgbImage {
    RgbImage::from_fn(400, 240, |x, y| match (x < 200, y < 120) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

/// The picture as a camera held in that way stores it.
fn stored_as(upright: &RgbImage, orientation: u16) -> RgbImage {
    use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
    match orientation {
        2 => flip_horizontal(upright),
        3 => rotate180(upright),
        4 => flip_vertical(upright),
        5 => flip_horizontal(&rotate90(upright)),
        6 => rotate270(upright),
        7 => flip_horizontal(&rotate270(upright)),
        8 => rotate90(upright),
        _ => upright.clone(),
    }
}

#[test]
fn every_orientation_is_turned_upright() {
    let (_root, vault) = vault();
    for orientation in 1..=8u16 {
        let jpeg = encoded(&stored_as(&quadrants(), orientation), ImageFormat::Jpeg);
        let bytes = sample::with_exif(&jpeg, "2026:12:01 07:55:00", orientation);
        let taken = take(&vault, &bytes);
        assert_eq!(u16::from(taken.facts.orientation), orientation);
        assert_eq!((taken.facts.width, taken.facts.height), (400, 240), "orientation {orientation}");
        assert_eq!(flags(&taken), [""; 0]);
        let preview = vault.read(&taken.preview.unwrap().hash).unwrap();
        let seen = image::load_from_memory(&preview).unwrap().into_rgb8();
        assert_eq!(seen.dimensions(), (400, 240));
        for (x, y) in [(100, 60), (300, 60), (100, 180), (300, 180)] {
            let (is, should) = (seen.get_pixel(x, y).0, quadrants().get_pixel(x, y).0);
            let near = is.iter().zip(should).all(|(a, b)| a.abs_diff(b) < 12);
            assert!(near, "orientation {orientation} at {x},{y}: {is:?} {should:?}");
        }
        assert_eq!(vault.read(&taken.original.hash).unwrap(), bytes, "the original is as it came");
    }
}

#[test]
fn renditions_have_their_sizes_and_no_exif() {
    let (_root, vault) = vault();
    let taken = take(&vault, &sample::scene("shed", 3, 2000, 1500));
    for (stored, long) in [(taken.thumb.unwrap(), 320), (taken.preview.unwrap(), 1600)] {
        let bytes = vault.read(&stored.hash).unwrap();
        let size = image::load_from_memory(&bytes).unwrap();
        assert_eq!(size.width().max(size.height()), long);
        assert!(!bytes.windows(4).any(|window| window == b"Exif"));
    }
    let facts = taken.facts;
    assert_eq!((facts.width, facts.height, facts.media_type.as_str()), (2000, 1500, "image/jpeg"));
    assert_eq!((facts.camera.as_deref(), facts.taken_basis.as_str()), (Some("Xunju Sample camera"), "exif_offset"));
    assert!(facts.taken_at.unwrap().ends_with("+08:00"));
}

/// Beside its own profile a colour keeps its numbers: Display P3 of a phone turns neither grey nor pale.
#[test]
fn wide_gamut_stays_as_coloured_as_it_was() {
    let (_root, vault) = vault();
    // A profile's head is enough to carry: 128 bytes, class `mntr`, space `RGB `.
    let mut profile = vec![7u8; 600];
    profile[12..20].copy_from_slice(b"mntrRGB ");
    let picture = quadrants();
    let mut jpeg = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, 95);
    encoder.add_icc_profile(&profile).unwrap();
    encoder.encode(picture.as_raw(), 400, 240, jpeg_encoder::ColorType::Rgb).unwrap();
    let mut png = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
    image::ImageEncoder::set_icc_profile(&mut encoder, profile.clone()).unwrap();
    image::ImageEncoder::write_image(encoder, picture.as_raw(), 400, 240, image::ExtendedColorType::Rgb8).unwrap();
    for (name, bytes) in [("JPEG", jpeg), ("PNG", png)] {
        let taken = take(&vault, &bytes);
        for stored in [taken.thumb.unwrap(), taken.preview.unwrap()] {
            let made = vault.read(&stored.hash).unwrap();
            assert!(made.windows(600).any(|window| window == profile), "{name}: the profile goes along");
            let seen = image::load_from_memory(&made).unwrap().into_rgb8();
            for (right, low) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let at = |side: u32, half: u32| side / 4 + half * side / 2;
                let is = seen.get_pixel(at(seen.width(), right), at(seen.height(), low)).0;
                let should = picture.get_pixel(at(400, right), at(240, low)).0;
                assert!(is.iter().zip(should).all(|(a, b)| a.abs_diff(b) < 12), "{name}: {is:?} {should:?}");
            }
        }
    }
}

#[test]
fn other_formats_are_drawn() {
    let (_root, vault) = vault();
    for (format, media_type) in [
        (ImageFormat::Png, "image/png"),
        (ImageFormat::WebP, "image/webp"),
        (ImageFormat::Bmp, "image/bmp"),
        (ImageFormat::Tiff, "image/tiff"),
        (ImageFormat::Gif, "image/gif"),
    ] {
        let taken = take(&vault, &encoded(&quadrants(), format));
        assert_eq!(taken.facts.media_type, media_type);
        assert_eq!((taken.facts.width, taken.facts.height), (400, 240), "{media_type}");
        assert!(taken.preview.is_some() && !flags(&taken).contains(&"damaged"), "{media_type}");
    }
}

#[test]
fn a_cut_jpeg_is_kept_marked_and_shown_as_far_as_it_goes() {
    let (_root, vault) = vault();
    let whole = sample::scene("facade", 5, 800, 600);
    for share in [10, 50, 99] {
        let cut = &whole[..whole.len() * share / 100];
        let taken = take(&vault, cut);
        assert!(flags(&taken).contains(&"damaged"), "{share} %");
        assert_eq!(vault.read(&taken.original.hash).unwrap(), cut);
        assert_eq!((taken.facts.width, taken.facts.height), (800, 600));
        let preview = vault.read(&taken.preview.expect("a part can be seen").hash).unwrap();
        assert_eq!(image::load_from_memory(&preview).unwrap().width(), 800);
    }
    let head = take(&vault, &whole[..40]);
    assert_eq!(flags(&head), ["damaged", "no_exif", "no_preview"]);
    assert!(head.preview.is_none());
}

/// 467 bytes that would ask for 40 GB of pixels.
fn png_bomb() -> Vec<u8> {
    let mut png = encoded(&RgbImage::new(1, 1), ImageFormat::Png);
    png[16..20].copy_from_slice(&100_000u32.to_be_bytes());
    png[20..24].copy_from_slice(&100_000u32.to_be_bytes());
    let crc = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&crc);
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

#[test]
fn bombs_are_kept_and_not_drawn() {
    let (_root, vault) = vault();
    let mut jpeg = sample::scene("plate", 2, 320, 240);
    let sof = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[sof + 5..sof + 7].copy_from_slice(&65_500u16.to_be_bytes());
    jpeg[sof + 7..sof + 9].copy_from_slice(&65_500u16.to_be_bytes());
    for bomb in [png_bomb(), jpeg] {
        let taken = take(&vault, &bomb);
        assert!(flags(&taken).contains(&"no_preview") && flags(&taken).contains(&"damaged"));
        assert!(taken.preview.is_none() && taken.thumb.is_none());
        assert_eq!(vault.read(&taken.original.hash).unwrap(), bomb);
    }
}

#[test]
fn a_disguise_is_refused_and_leaves_nothing() {
    let (root, vault) = vault();
    for (bytes, name) in [
        (&b"<!DOCTYPE html><html><script>"[..], "text/html"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
        (b"PK\x03\x04", "application/zip"),
        (b"", "application/octet-stream"),
    ] {
        match intake(&vault, bytes, &source()) {
            Err(PhotoError::Unsupported { media_type }) => assert_eq!(media_type, name),
            other => panic!("{name}: {other:?}"),
        }
    }
    let files = std::fs::read_dir(root.path())
        .unwrap()
        .filter(|e| !["tmp", "stage"].contains(&e.as_ref().unwrap().file_name().to_str().unwrap()));
    assert_eq!(files.count(), 0);
}

#[test]
fn bytes_after_the_end_are_remarked_unless_they_are_padding_or_listed() {
    let (_root, vault) = vault();
    let whole = sample::scene_at("stall", 4, 400, 300, "2026:12:01 07:55:00");
    let after = |tail: &[u8]| take(&vault, &[&whole, tail].concat());
    assert_eq!(flags(&after(b"PK\x03\x04 an archive")), ["trailing_bytes"]);
    assert_eq!(flags(&after(&[0; 512])), [""; 0]);
    assert_eq!(flags(&take(&vault, &with_listed_second_picture(&whole))), [""; 0]);
}

/// A phone's file: a second picture behind the first, named in an MPF block.
fn with_listed_second_picture(whole: &[u8]) -> Vec<u8> {
    let second = sample::scene("stall", 4, 100, 80);
    let block_bytes = 8 + 2 + 12 + 4 + 32;
    let segment_bytes = 2 + 4 + block_bytes;
    let second_at = whole.len() + 2 + segment_bytes;
    let base = 2 + 2 + 2 + 4;
    let mut block = b"MM\0*\0\0\0\x08\0\x01\xB0\x02\0\x07\0\0\0\x20\0\0\0\x1A\0\0\0\0".to_vec();
    block.extend([0; 16]);
    block.extend([0; 4]);
    block.extend((second.len() as u32).to_be_bytes());
    block.extend(((second_at - base) as u32).to_be_bytes());
    block.extend([0; 4]);
    assert_eq!(block.len(), block_bytes);
    let length = (segment_bytes as u16).to_be_bytes();
    [&whole[..2], &[0xFF, 0xE2], &length, b"MPF\0", &block, &whole[2..], &second].concat()
}

#[test]
fn an_editor_and_a_camera_ahead_of_time_are_remarked() {
    let (_root, vault) = vault();
    let jpeg = encoded(&quadrants(), ImageFormat::Jpeg);
    let late = take(&vault, &sample::with_exif(&jpeg, "2031:01:01 08:00:00", 1));
    assert_eq!(flags(&late), ["taken_after_import", "clock_not_set"]);
    let taken = |at: &str| take(&vault, &sample::with_exif(&jpeg, at, 1)).facts.flags;
    assert_eq!(taken("2026:12:01 07:55:00"), [""; 0]);
    assert_eq!(taken("2026:11:30 09:00:00"), [""; 0], "the day before");
    assert_eq!(taken("2026:11:30 07:00:00"), ["taken_long_before"]);
    assert_eq!(taken("1980:01:01 00:00:12"), ["clock_not_set"]);
    let plain = take(&vault, &jpeg);
    assert_eq!((flags(&plain), plain.facts.taken_basis.as_str()), (vec!["no_exif"], "file_mtime"));
}

#[test]
fn the_largest_file_is_refused_before_it_is_read() {
    let (_root, vault) = vault();
    let huge = vec![0xFF; usize::try_from(xunju_photos::intake::FILE_BYTES_MAX).unwrap() + 1];
    assert!(matches!(intake(&vault, &huge, &source()), Err(PhotoError::TooLarge { .. })));
}

#[test]
fn the_same_scene_is_the_same_bytes() {
    assert_eq!(sample::scene("room", 9, 200, 150), sample::scene("room", 9, 200, 150));
    assert_ne!(sample::scene("room", 9, 200, 150), sample::scene("room", 10, 200, 150));
}

/// Room for one photo is said before anything of it is written; what is here already needs none.
#[test]
fn a_photo_that_does_not_fit_is_not_begun() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let root = tempfile::tempdir().unwrap();
    let free = std::sync::Arc::new(AtomicU64::new(vault_room(20)));
    let seen = std::sync::Arc::clone(&free);
    let vault = Vault::open(root.path(), None).unwrap().with_free(move || seen.load(Ordering::SeqCst));
    assert_eq!(vault.photos_fit(), Some(20));
    let first = sample::scene("shed", 3, 400, 300);
    take(&vault, &first);
    free.store(vault_room(0) + 1000, Ordering::SeqCst);
    let before = vault.all().unwrap().len();
    match intake(&vault, &sample::scene("room", 4, 400, 300), &source()) {
        Err(PhotoError::NoRoom { free_bytes, photos_fit: 0 }) => assert_eq!(free_bytes, vault_room(0) + 1000),
        other => panic!("{other:?}"),
    }
    assert_eq!(vault.all().unwrap().len(), before, "nothing was begun");
    take(&vault, &first);
}

fn vault_room(photos: u64) -> u64 {
    xunju_photos::vault::RESERVE_BYTES + photos * xunju_photos::vault::PHOTO_BYTES
}

/// The disk fills up before each single write of an intake, of the original and of both renditions.
#[test]
fn a_disk_that_fills_up_at_any_write_leaves_nothing_half_saved() {
    use std::sync::atomic::{AtomicU32, Ordering};
    let picture = sample::scene("shed", 3, 400, 300);
    let mut refused = 0;
    for fails_at in 0.. {
        let (root, vault) = vault();
        let writes = AtomicU32::new(0);
        let full = vault.clone().with_faults(move |_| {
            let now = writes.fetch_add(1, Ordering::SeqCst);
            if now < fails_at { Ok(()) } else { Err(std::io::Error::from(std::io::ErrorKind::StorageFull)) }
        });
        let Err(error) = intake(&full, &picture, &source()) else { break };
        refused += 1;
        assert!(matches!(error, PhotoError::DiskFull { .. }), "{fails_at}: {error}");
        assert_eq!(std::fs::read_dir(root.path().join("tmp")).unwrap().count(), 0, "{fails_at}: half a file");
        for hash in vault.all().unwrap() {
            assert!(vault.verify(&hash).unwrap(), "{fails_at}: {hash} stands and is not whole");
        }
        let taken = take(&vault, &picture);
        assert_eq!(vault.read(&taken.original.hash).unwrap(), picture, "{fails_at}: room was made");
        assert!(taken.thumb.is_some() && taken.preview.is_some(), "{fails_at}");
    }
    // Seven steps and more of each of three files.
    assert!(refused >= 21, "{refused}");
}
