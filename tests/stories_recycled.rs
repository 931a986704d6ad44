//! Photos handed in again: the 'before' sent on, cut, screenshotted, mirrored or saved anew as the 'after', in the same
//! case and in another; the office and the laptop are told, with a number, and nobody is told of photos that are no
//! copies. Hit rates are printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::Arc;

use image::imageops::{FilterType, crop_imm, flip_horizontal, overlay, resize};
use image::{Rgb, RgbImage};
use serde_json::{Value, json};
use xunju_api::view::photo::{RecycledHit, RecycledKind};
use xunju_link::Options;
use xunju_testkit::{Desk, Inspector, Town, WoundClock, camera_photos, case_with, scene};

fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, quality).encode_image(picture).unwrap();
    out
}

fn fitted(picture: &RgbImage, long: u32) -> RgbImage {
    let side = |px: u32| px * long / picture.width().max(picture.height());
    resize(picture, side(picture.width()), side(picture.height()), FilterType::Triangle)
}

fn cut(picture: &RgbImage) -> RgbImage {
    let (w, h) = picture.dimensions();
    crop_imm(picture, w / 12, h / 10, w * 10 / 12, h * 8 / 10).to_image()
}

/// A phone's screen with the picture in its middle and bars over and under it.
fn screenshot(picture: &RgbImage) -> RgbImage {
    let inner = fitted(picture, 1000);
    let mut screen = RgbImage::from_pixel(1040, 2000, Rgb([14; 3]));
    overlay(&mut screen, &RgbImage::from_pixel(1040, 140, Rgb([238; 3])), 0, 0);
    overlay(&mut screen, &inner, i64::from((1040 - inner.width()) / 2), i64::from((2000 - inner.height()) / 2));
    screen
}

type Way = (&'static str, fn(&RgbImage) -> Vec<u8>);

const WAYS: [Way; 5] = [
    ("sent on", |p| jpeg(&fitted(p, 1280), 70)),
    ("saved anew", |p| jpeg(p, 40)),
    ("mirrored", |p| jpeg(&flip_horizontal(p), 85)),
    ("cut", |p| jpeg(&cut(p), 85)),
    ("screenshot", |p| jpeg(&screenshot(p), 80)),
];

/// Photos that have nothing to do with each other: drawn ones, and some of real cameras where they are at hand.
fn originals() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = (0..3).map(|i| scene(930_000 + i)).collect();
    let real = camera_photos();
    let told_apart = ["05_", "11_", "25_", "42_"];
    let wanted = |path: &&std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        told_apart.iter().any(|start| name.starts_with(start)) && name.to_lowercase().ends_with("jpg")
    };
    all.extend(real.iter().filter(wanted).map(|path| std::fs::read(path).unwrap()));
    all
}

fn hits(office: &Desk, case: &str, hash: &str) -> Vec<RecycledHit> {
    office.ask("photo.recycled", &json!({ "case_id": case, "hash": hash }))
}

fn add(who: &Inspector, case: &str, hash: &str) {
    let photos = json!({ "id": case, "photos": [{ "hash": hash, "slot": "near" }] });
    who.ask::<Value>("case.add_photos", photos).unwrap();
}

/// Only the index tells a mirrored picture: when it does, the desk has looked at the source.
fn wait_for_the_index(office: &Desk, case: &str, mirrored: &str, source: &str) {
    let asked = json!({ "case_id": case, "hash": mirrored });
    let told = |hits: &Vec<RecycledHit>| hits.iter().any(|hit| hit.hash == source);
    let _: Vec<RecycledHit> = office.ask_until("photo.recycled", &asked, told);
}

#[test]
fn an_after_made_of_the_before_is_told_to_the_reviewer_and_a_true_one_is_not() {
    let town = Town::start();
    town.set_password("reviewer1", "reviewer", "recycled photos 1");
    let clock = Arc::new(WoundClock::default());
    let options = || Options { clock: clock.clone(), ..Options::default() };
    let mut inspector = Inspector::enrol(&town, "inspector1", "inspector", options());
    let compound = inspector.compound("东湖花园");
    let originals = originals();
    let mut cases = Vec::new();
    for (at, before) in originals.iter().enumerate() {
        let room = format!("{}01", at + 1);
        let photo = inspector.import(before, "IMG_1.JPG");
        let recorded = inspector.record(&case_with(&compound, "91号", &room, &[(photo.clone(), "far")])).unwrap();
        cases.push((recorded.case_id, photo));
    }
    inspector.sync();
    clock.days(3);

    // An 'after' of each kind in the same case, and a true one: another picture.
    let mut made: Vec<(usize, &str, String)> = Vec::new();
    for (at, before) in originals.iter().enumerate() {
        let picture = image::load_from_memory(before).unwrap().into_rgb8();
        for (way, of) in WAYS {
            let after = inspector.import(&of(&picture), "IMG_2.JPG");
            add(&inspector, &cases[at].0, &after);
            made.push((at, way, after));
        }
    }
    let honest: Vec<String> = (0..cases.len() as u64)
        .map(|at| {
            let after = inspector.import(&scene(930_003 + 5 * at), "IMG_3.JPG");
            add(&inspector, &cases[at as usize].0, &after);
            after
        })
        .collect();
    // And one of another inspector's, in another case: nothing but the pixels in common.
    let other = Inspector::enrol(&town, "inspector2", "other", options());
    let stolen = jpeg(&fitted(&image::load_from_memory(&originals[0]).unwrap().into_rgb8(), 900), 60);
    let stolen_hash = other.import(&stolen, "微信图片.jpg");
    let elsewhere = case_with(&other.compound("东湖花园"), "17号", "302", &[(stolen_hash.clone(), "far")]);
    let elsewhere = other.record(&elsewhere).unwrap().case_id;
    inspector.sync();
    other.sync();

    let office = Desk::sign_in(&town.server.url, "reviewer1", "recycled photos 1");
    let asked = json!({ "case_id": elsewhere, "hash": stolen_hash });
    let found: Vec<RecycledHit> =
        office.ask_until("photo.recycled", &asked, |hits: &Vec<RecycledHit>| hits.iter().any(|h| h.hash == cases[0].1));
    let hit = found.iter().find(|hit| hit.hash == cases[0].1).unwrap();
    assert_eq!((hit.kind, hit.case_id.as_deref()), (RecycledKind::SamePicture, Some(cases[0].0.as_str())));
    assert!(hit.score >= 77 && hit.score <= 100, "a number beside it: {}", hit.score);
    assert!(hit.photo.as_ref().is_some_and(|p| p.thumb.is_some() && p.preview_here), "to be laid side by side");

    for (at, _, after) in made.iter().filter(|(_, way, _)| *way == "mirrored") {
        wait_for_the_index(&office, &cases[*at].0, after, &cases[*at].1);
    }
    for (way, _) in WAYS {
        let of_way: Vec<&(usize, &str, String)> = made.iter().filter(|(_, name, _)| *name == way).collect();
        let caught = of_way.iter().filter(|(at, _, after)| {
            let (case, before) = &cases[*at];
            let of_case = |hit: &RecycledHit| hit.hash == *before && hit.case_id.as_ref() == Some(case);
            hits(&office, case, after).iter().any(|hit| of_case(hit) && hit.kind == RecycledKind::SamePicture)
        });
        let rate = 100 * caught.count() / of_way.len();
        println!("{way:12} {rate:3} % of {}", of_way.len());
        assert!(rate >= 85, "{way}: {rate} %");
    }
    let mut alarms = 0;
    for (at, after) in honest.iter().enumerate() {
        let said = hits(&office, &cases[at].0, after);
        alarms += said.iter().filter(|hit| hit.kind != RecycledKind::SamePlace).count();
        assert!(said.iter().all(|hit| hit.kind == RecycledKind::SamePlace), "a true photo: {said:?}");
    }
    println!("true photos  {alarms} alarms of {}", honest.len());

    // The laptop says the same of what it holds, without a network.
    let offline = |who: &Inspector, case: &str, hash: &str| -> Vec<RecycledHit> {
        who.ask("photo.recycled", json!({ "case_id": case, "hash": hash })).unwrap()
    };
    let (at, _, mirrored) = made.iter().find(|(_, way, _)| *way == "mirrored").unwrap();
    let is_told = |who: &Inspector| {
        while who.laptop.api().unwrap().look_at_arrivals(100).unwrap() {}
        let said = offline(who, &cases[*at].0, mirrored);
        said.iter().any(|hit| hit.hash == cases[*at].1 && hit.kind == RecycledKind::SamePicture)
    };
    assert!(is_told(&inspector));

    // The index is worked out of the photos: where its file is lost or another's, it is made again.
    let index = inspector.dir.join("recycled.idx");
    let whole = std::fs::read(&index).unwrap();
    for bytes in [None, Some(b"XJRECYC1\0 of another kind".to_vec()), Some(whole[..whole.len() / 2].to_vec())] {
        let (dir, state_dir) = (inspector.dir.clone(), inspector.state_dir.clone());
        drop(inspector.laptop);
        bytes.map_or_else(|| std::fs::remove_file(&index), |bytes| std::fs::write(&index, bytes)).unwrap();
        let laptop =
            xunju_link::Laptop::open(&dir, Options { state_dir: Some(state_dir.clone()), ..options() }).unwrap();
        inspector = Inspector { laptop, dir, state_dir };
        assert!(is_told(&inspector));
        assert_eq!(std::fs::metadata(&index).unwrap().len() as usize, whole.len());
    }
}
