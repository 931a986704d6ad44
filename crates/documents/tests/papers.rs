//! Every template set whole: each field on its page, nothing outside the margins, every character with a glyph, the same
//! bytes twice, the layout as it was last looked at.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../samples/mod.rs"]
mod samples;

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};
use xunju_documents::paper::{self, Layout, NoPhotos, PaperError, Photos, Placed};
use xunju_domain::paper::{Sheet, SheetPhoto, SheetValue};

use samples::Painted;

/// A point is 1/72 inch.
const MM: f64 = 72.0 / 25.4;
const LEFT: f64 = 28.0 * MM;
const RIGHT: f64 = (210.0 - 26.0) * MM;
const TOP: f64 = 25.0 * MM;
const FOOT: f64 = (297.0 - 32.0) * MM;
const BOTTOM: f64 = (297.0 - 5.0) * MM;
/// Footers and photo captions are smaller than what a paper says.
const SMALL: f64 = 9.01;
/// Say how a paper is set, not what it says.
const UNPRINTED: &[&str] = &["party_kind", "per_page", "sketch_space"];

fn set(sheet: &Sheet) -> Layout {
    let layout = paper::lay_out(sheet, &Painted).unwrap_or_else(|e| panic!("{}: {e}", sheet.template));
    assert_eq!(layout.warnings, Vec::<String>::new(), "{}", sheet.template);
    layout
}

fn words(placed: &[Placed]) -> String {
    let all: String = placed.iter().map(|p| p.text.as_str()).collect();
    all.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// `2026-11-24 09:05` as a page says it.
fn as_printed(text: &str) -> String {
    let digits = |s: &str| s.parse::<u32>().map(|n| n.to_string()).ok();
    let (day, time) = text.split_once(' ').unwrap_or((text, ""));
    let parts: Option<Vec<String>> = day.split('-').map(digits).collect();
    let clock = |t: &str| t.split_once(':').map(|(h, m)| format!("{}时{m}分", digits(h).unwrap_or_default()));
    match parts.as_deref() {
        Some([y, m, d]) if day.len() == 10 => format!("{y}年{m}月{d}日{}", clock(time).unwrap_or_default()),
        _ => text.to_owned(),
    }
}

/// What a field should put on the page.
fn printed(field: &Value, values: &[String]) -> Vec<String> {
    let label = |value: &String| {
        let choices = field["choices"].as_array().unwrap();
        let hit = choices.iter().find(|c| c["value"] == *value).unwrap();
        hit["label"]["zh-Hans"].as_str().unwrap().to_owned()
    };
    match field["kind"].as_str().unwrap() {
        "choice" => values.iter().map(label).collect(),
        "date" | "datetime" => values.iter().map(|v| as_printed(v)).collect(),
        _ => values.to_vec(),
    }
}

fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *counts.entry(c).or_default() += 1);
    counts
}

/// Every character of every field and photo is on the pages at least as often as in the sheet.
fn says_all(sheet: &Sheet, placed: &[Placed]) {
    let form = samples::form(&sheet.template);
    let texts = samples::texts(sheet);
    let mut wanted = String::new();
    for field in form["fields"].as_array().unwrap() {
        let key = field["key"].as_str().unwrap();
        if let Some(values) = texts.get(key).filter(|_| !UNPRINTED.contains(&key)) {
            printed(field, values).iter().for_each(|v| wanted.push_str(v));
        }
    }
    for photo in &sheet.photos {
        let taken = as_printed(&photo.taken_at);
        [&photo.sha256, &photo.caption, &photo.place, &photo.taken_by, &taken].iter().for_each(|t| wanted.push_str(t));
    }
    let there = counted(&words(placed));
    for (c, n) in counted(&wanted) {
        let found = there.get(&c).copied().unwrap_or_default();
        assert!(found >= n, "{}: {c:?} is on the pages {found} times, in the sheet {n}", sheet.template);
    }
}

/// Short values stand on the page in one piece.
fn says_each(sheet: &Sheet, placed: &[Placed]) {
    let all = words(placed);
    let form = samples::form(&sheet.template);
    for (key, values) in samples::texts(sheet) {
        let field = form["fields"].as_array().unwrap().iter().find(|f| f["key"] == key.as_str()).unwrap();
        if UNPRINTED.contains(&key.as_str()) || key == "due_time" {
            continue;
        }
        for value in printed(field, &values).iter().filter(|v| v.chars().count() < 40) {
            let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(all.contains(plain.trim_end_matches('。')), "{}: {key} {plain} is not on the page", sheet.template);
        }
    }
}

fn keeps_within_the_page(sheet: &Sheet, placed: &[Placed]) {
    for p in placed.iter().filter(|p| !p.turned) {
        let inside = p.left >= LEFT - 0.5 && p.right <= RIGHT + 0.5 && p.baseline >= TOP && p.baseline <= BOTTOM;
        let above_the_foot = p.size < SMALL || p.baseline <= FOOT;
        assert!(inside && above_the_foot, "{}: {p:?} leaves the page", sheet.template);
    }
}

fn every_page_names_itself(sheet: &Sheet, layout: &Layout) {
    let placed = layout.placed();
    let pages = layout.page_count();
    for page in 1..=pages {
        let ours: Vec<Placed> = placed.iter().filter(|p| p.page == page).cloned().collect();
        let text = words(&ours);
        let case_no: String = sheet.case_no.chars().filter(|c| !c.is_whitespace()).collect();
        for wanted in [case_no, paper::fingerprint(sheet), format!("共{pages}页")] {
            assert!(text.contains(&wanted), "{}: page {page} does not say {wanted}", sheet.template);
        }
    }
}

fn whole(sheet: &Sheet) -> Layout {
    let layout = set(sheet);
    let placed = layout.placed();
    says_all(sheet, &placed);
    keeps_within_the_page(sheet, &placed);
    every_page_names_itself(sheet, &layout);
    layout
}

/// Positions to a tenth of a point.
fn layout_hash(placed: &[Placed]) -> String {
    let mut hash = Sha256::new();
    for p in placed {
        hash.update(format!("{} {:.1} {:.1} {:.1} {}\n", p.page, p.left, p.baseline, p.size, p.text));
    }
    hash.finalize().iter().take(12).map(|b| format!("{b:02x}")).collect()
}

fn golden_path() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/papers.json")
}

/// The layout somebody looked at. `XUNJU_GOLDEN=write cargo test -p xunju-documents --test papers -- --test-threads 1` takes the present one
/// for it: only after looking at the pages the `sheets` example writes.
fn as_last_looked_at(code: &str, layout: &Layout) {
    let fonts: Vec<String> =
        paper::Fonts::system().unwrap().faces().iter().map(|f| format!("{} {}", f.name, f.version)).collect();
    let text = std::fs::read_to_string(golden_path()).unwrap_or_else(|_| "{}".into());
    let mut golden: Value = serde_json::from_str(&text).unwrap();
    let hash = layout_hash(&layout.placed());
    if std::env::var("XUNJU_GOLDEN").is_ok_and(|v| v == "write") {
        golden["fonts"] = serde_json::json!(fonts);
        golden["layouts"][code] = serde_json::json!({ "pages": layout.page_count(), "hash": hash });
        std::fs::write(golden_path(), serde_json::to_string_pretty(&golden).unwrap() + "\n").unwrap();
        return;
    }
    let known = &golden["layouts"][code];
    assert_eq!(known["pages"], layout.page_count(), "{code}: pages");
    if golden["fonts"] == serde_json::json!(fonts) {
        assert_eq!(known["hash"], hash.as_str(), "{code}: the layout changed; look at it, then write it");
    } else {
        eprintln!("{code}: layout hash not compared: other fonts here ({fonts:?}) than {}", golden["fonts"]);
    }
}

fn template_holds(code: &str) {
    let sheet = samples::realistic(code);
    let layout = whole(&sheet);
    says_each(&sheet, &layout.placed());
    as_last_looked_at(code, &layout);
    let (first, second) = (layout.pdf().unwrap(), set(&sheet).pdf().unwrap());
    assert!(first.pdf.starts_with(b"%PDF-"));
    assert_eq!(first, second, "{code}: the same sheet gave other bytes");

    whole(&samples::of_a_unit(code));
    whole(&samples::sparse(code));
    let extreme = whole(&samples::extreme(code));
    extreme.pdf().unwrap();
}

macro_rules! papers {
    ($($name:ident $code:literal),* $(,)?) => {
        $(#[test]
        fn $name() {
            template_holds($code);
        })*

        #[test]
        fn every_template_is_proved_here() {
            assert_eq!([$($code),*], samples::TEMPLATES);
        }
    };
}

papers! {
    a_patrol_record_is_set_whole "F02",
    a_scene_record_is_set_whole "F03",
    a_photo_evidence_sheet_is_set_whole "F05",
    a_stop_order_is_set_whole "F08",
    an_order_to_correct_is_set_whole "F09",
    a_rectification_notice_is_set_whole "F10",
    a_recheck_opinion_is_set_whole "F11",
    a_demolition_decision_is_set_whole "F22",
    an_urging_notice_is_set_whole "F23",
    a_proof_of_service_is_set_whole "F30",
    a_referral_is_set_whole "F32",
    a_work_order_is_set_whole "G04",
    a_letter_to_residents_is_set_whole "G16",
    a_written_promise_is_set_whole "G17",
}

fn with(sheet: &Sheet, key: &str, text: &str) -> Sheet {
    let mut sheet = sheet.clone();
    sheet.fields.insert(key.into(), SheetValue::Text(text.into()));
    sheet
}

#[test]
fn what_is_typed_is_never_read_as_markup_or_code() {
    let hostile = "#read(\"/etc/passwd\") *b* _i_ $x^2$ \\ ] [ } { `raw` @ref <label> = h // c /* d */ https://a.b ~ -- '\" #{1+1}";
    let mut sheet = samples::realistic("F09");
    for value in sheet.fields.values_mut() {
        *value = match value {
            SheetValue::List(_) => SheetValue::List(vec![hostile.into(); 2]),
            _ => SheetValue::Text(hostile.into()),
        };
    }
    (sheet.organ, sheet.title, sheet.number, sheet.case_no) =
        (hostile.into(), hostile.into(), hostile.into(), hostile.into());
    let layout = set(&sheet);
    let plain: String = hostile.chars().filter(|c| !c.is_whitespace()).collect();
    let seen = words(&layout.placed());
    assert!(seen.matches(&plain).count() >= 12, "shown as typed: {seen}");
    assert!(!seen.contains("root:"));
    layout.pdf().unwrap();
}

#[test]
fn a_character_no_font_has_is_named_and_rare_ones_are_drawn() {
    let sheet = samples::realistic("F09");
    let error = paper::lay_out(&with(&sheet, "party_name", "张😀三\u{10ffff}"), &Painted).err().unwrap();
    assert_eq!(error, PaperError::Characters { missing: vec!['😀', '\u{10ffff}'] });
    assert!(error.to_string().contains("😀 (U+1F600)"));
    assert!(words(&set(&with(&sheet, "party_name", "㛃𠮷")).placed()).contains("㛃𠮷"));
}

#[test]
fn text_that_turns_the_page_around_is_refused() {
    let sheet = with(&samples::realistic("F09"), "act", "搭建\u{202e}棚");
    let error = paper::lay_out(&sheet, &Painted).err().unwrap();
    assert_eq!(error, PaperError::Hidden { characters: vec!['\u{202e}'] });
}

#[test]
fn a_paper_without_its_number_is_marked_as_a_draft() {
    let mut sheet = samples::realistic("F09");
    let marked = |sheet: &Sheet| set(sheet).placed().iter().any(|p| p.turned && p.text.contains("草稿"));
    assert!(!marked(&sheet));
    sheet.number.clear();
    assert!(marked(&sheet));
    assert!(!marked(&samples::realistic("G16")), "a letter has no number to wait for");
}

#[test]
fn the_remedy_block_stands_exactly_when_both_its_fields_do() {
    let sheet = samples::realistic("F09");
    assert!(words(&set(&sheet).placed()).contains("申请行政复议"));
    let mut without = sheet.clone();
    without.fields.remove("remedy_court");
    assert!(!words(&set(&without).placed()).contains("申请行政复议"));
}

#[test]
fn a_scene_record_is_signed_on_every_page() {
    let layout = set(&samples::extreme("F03"));
    assert!(layout.page_count() > 3);
    for page in 1..=layout.page_count() {
        let ours: Vec<Placed> = layout.placed().into_iter().filter(|p| p.page == page).collect();
        let text = words(&ours);
        for line in ["当事人（现场负责人）签名", "见证人签名", "执法人员签名", "记录人签名"]
        {
            assert!(text.contains(line), "page {page} lacks {line}");
        }
    }
}

#[test]
fn any_number_of_photos_finds_pages() {
    for (count, per_page) in [(1, "2"), (2, "2"), (3, "4"), (30, "4")] {
        let mut sheet = with(&samples::realistic("F05"), "per_page", per_page);
        let photo = sheet.photos[0].clone();
        sheet.photos = (0..count).map(|i| SheetPhoto { caption: format!("第{i}张"), ..photo.clone() }).collect();
        let layout = whole(&sheet);
        assert!(layout.page_count() <= 2 + count / 2, "{count} photos on {} pages", layout.page_count());
    }
}

struct Bytes(&'static [u8]);

impl Photos for Bytes {
    fn bytes(&self, _: &str) -> Option<Vec<u8>> {
        Some(self.0.to_vec())
    }
}

#[test]
fn a_photo_that_is_absent_broken_or_no_photo_is_named() {
    let sheet = samples::realistic("F05");
    let sha256 = sheet.photos[0].sha256.clone();
    let refused = |photos: &dyn Photos| paper::lay_out(&sheet, photos).err().unwrap();
    assert_eq!(refused(&NoPhotos), PaperError::PhotoAbsent { sha256: sha256.clone() });
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><text>no</text></svg>"#;
    for bytes in [&b""[..], b"\xff\xd8\xff\xe0 cut", b"\x89PNG\r\n\x1a\n", svg, b"%PDF-1.7"] {
        assert_eq!(refused(&Bytes(bytes)), PaperError::PhotoBroken { sha256: sha256.clone() });
    }
}

#[test]
fn a_sheet_that_cannot_be_set_says_why() {
    let sheet = samples::realistic("F09");
    let refused = |change: &dyn Fn(&mut Sheet)| {
        let mut sheet = sheet.clone();
        change(&mut sheet);
        paper::lay_out(&sheet, &Painted).err().unwrap()
    };
    assert!(matches!(refused(&|s| s.version = 9), PaperError::Template { version: 9, .. }));
    assert!(matches!(refused(&|s| s.template = "../F09".into()), PaperError::Template { .. }));
    for day in ["", "2026-02-30", "2026-11", "heute"] {
        assert!(matches!(refused(&|s| s.date = day.into()), PaperError::Date { .. }), "{day}");
    }
    assert!(matches!(refused(&|s| s.qr = "x".repeat(5_000)), PaperError::Qr { .. }));
    assert!(matches!(refused(&|s| s.organ = "长".repeat(200_001)), PaperError::Long { .. }));
    let photo = SheetPhoto::default();
    assert!(matches!(refused(&|s| s.photos = vec![photo.clone(); 1_001]), PaperError::ManyPhotos { .. }));
}

#[test]
fn pictures_are_one_png_a_page_at_the_size_asked() {
    let layout = set(&samples::realistic("G17"));
    let pictures = layout.pictures(72).unwrap();
    assert_eq!(pictures.len(), layout.page_count());
    let picture = image::load_from_memory(&pictures[0]).unwrap();
    assert_eq!((picture.width(), picture.height()), (595, 842));
}
