//! A realistic and an extreme sheet of every template, for the tests and the `sheets` example. Names, places and numbers
//! are invented.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use serde_json::Value;
use xunju_documents::paper::Photos;
use xunju_domain::paper::{Sheet, SheetPhoto, SheetValue};

mod words;

pub const TEMPLATES: &[&str] =
    &["F02", "F03", "F05", "F08", "F09", "F10", "F11", "F22", "F23", "F30", "F32", "G04", "G16", "G17"];

pub fn forms() -> Vec<Value> {
    serde_json::from_str(include_str!("../../../assets/papers/templates.json")).unwrap()
}

pub fn form(code: &str) -> Value {
    forms().into_iter().find(|f| f["code"] == code).unwrap()
}

/// As a town would issue it.
pub fn realistic(code: &str) -> Sheet {
    let form = form(code);
    let label = form["label"]["zh-Hans"].as_str().unwrap().replace('(', "（").replace(')', "）");
    let mut sheet = Sheet {
        template: code.into(),
        version: 1,
        title: label,
        organ: "示例镇人民政府".into(),
        number: number(&form),
        case_no: "310114-2026-WJ-000137".into(),
        date: "2026-11-24".into(),
        qr: "xunju:case/310114-2026-WJ-000137".into(),
        ..Sheet::default()
    };
    for field in form["fields"].as_array().unwrap() {
        let key = field["key"].as_str().unwrap();
        let value = words::of(code, key).unwrap_or_else(|| panic!("{code}: no sample for {key}"));
        if applies(field, &sheet) && !empty(&value) {
            sheet.fields.insert(key.into(), value);
        }
    }
    if form["photos"] != "none" {
        sheet.photos = photos(if code == "F05" { 5 } else { words::photo_count(code) });
    }
    sheet
}

/// Everything that could break a page: rare characters, names and texts far too long, forty rows, many photos.
pub fn extreme(code: &str) -> Sheet {
    let mut sheet = realistic(code);
    sheet.organ = "示例市示例区东示例第一湾街道办事处综合行政执法与住宅小区综合管理事务中心".into();
    sheet.case_no = "T-9f3a7c20-000000000000000000000000000000123".into();
    sheet.title = format!("{}（房屋外貌、承重结构、共用部位及其他情形适用）", sheet.title);
    for field in form(code)["fields"].as_array().unwrap() {
        let key = field["key"].as_str().unwrap();
        let value = match field["kind"].as_str().unwrap() {
            "text" => SheetValue::Text(long_name(key)),
            "long" => SheetValue::Text(words::long_text(2_000)),
            "list" => SheetValue::List((1..=40).map(|i| format!("第{i}件：{}", words::long_text(40))).collect()),
            "table" => {
                let columns = field["columns"].as_array().unwrap().len();
                let cell = |i: usize, j: usize| format!("{}-{}{}", i, j, "310114-2026-WJ-000137乙ABCDEFGHIJKLMNOP");
                SheetValue::Table((1..=40).map(|i| (1..=columns).map(|j| cell(i, j)).collect()).collect())
            }
            _ => continue,
        };
        if sheet.fields.contains_key(key) {
            sheet.fields.insert(key.into(), value);
        }
    }
    if !sheet.photos.is_empty() {
        sheet.photos = photos(7);
        sheet.photos[0].caption = words::long_text(600);
        sheet.photos[1].place = words::long_text(200);
        sheet.photos[2].taken_by = "㛃".repeat(40);
    }
    sheet
}

/// Only what must be there: every optional field empty, to be filled in by hand.
pub fn sparse(code: &str) -> Sheet {
    let mut sheet = realistic(code);
    for field in form(code)["fields"].as_array().unwrap() {
        if field["required"] == false {
            sheet.fields.remove(field["key"].as_str().unwrap());
        }
    }
    if form(code)["photos"] != "required" {
        sheet.photos.clear();
    }
    sheet
}

/// A unit in place of a person.
pub fn of_a_unit(code: &str) -> Sheet {
    let mut sheet = realistic(code);
    let mut say = |key: &str, text: &str| sheet.fields.insert(key.into(), SheetValue::Text(text.into()));
    say("party_kind", "unit");
    say("party_name", "上海示例花园物业管理有限公司");
    say("party_id_kind", "uscc");
    say("party_id_no", "91310114MA1GTEST0X");
    say("party_legal_rep", "欧阳小明");
    for key in ["party_sex", "party_birth"] {
        sheet.fields.remove(key);
    }
    sheet
}

fn applies(field: &Value, sheet: &Sheet) -> bool {
    let when = &field["when"];
    let Some(key) = when["key"].as_str() else { return true };
    let Some(SheetValue::Text(now)) = sheet.fields.get(key) else { return false };
    when["is"].as_array().unwrap().iter().any(|v| v == now)
}

fn empty(value: &SheetValue) -> bool {
    matches!(value, SheetValue::Text(t) if t.is_empty())
}

fn number(form: &Value) -> String {
    let word = form["kind_word"].as_str().unwrap();
    match form["family"].as_str().unwrap() {
        _ if form["needs_number"] == false => String::new(),
        "office" => format!("示{word}〔2026〕12号"),
        _ => format!("示综执{word}〔2026〕第 0001 号"),
    }
}

fn long_name(key: &str) -> String {
    format!("{key}：买买提·阿卜杜热合曼·㛃𠮷·{}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789示例路1234弄56支弄7号".repeat(4))
}

fn photos(count: usize) -> Vec<SheetPhoto> {
    let places = ["示例路1234弄56号102室南侧天井", "示例路1234弄56号门牌处", "天井东侧玻璃棚连接处"];
    let captions = ["远景：可见门牌与搭建物全貌", "中景：铝合金玻璃棚，南北向", "近景：卷尺量得进深2.50米"];
    let photo = |i: usize| SheetPhoto {
        sha256: format!("{:02x}{}", i + 1, "5f2ab7c09d41e8633f7712bc0a9be4d6885c1f20e7a3349bd0c6f18e2a7b94"),
        caption: captions[i % 3].into(),
        taken_at: format!("2026-11-20 10:{:02}", i + 2),
        place: places[i % 3].into(),
        taken_by: "李四".into(),
    };
    (0..count).map(photo).collect()
}

/// Pictures painted here: a light well with a canopy, landscape or upright.
pub struct Painted;

impl Photos for Painted {
    fn bytes(&self, sha256: &str) -> Option<Vec<u8>> {
        let upright = u8::from_str_radix(sha256.get(..2)?, 16).ok()? % 3 == 0;
        let (width, height) = if upright { (480, 640) } else { (640, 480) };
        let picture = image::RgbImage::from_fn(width, height, |x, y| paint(x, y, width, height));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Jpeg).ok()?;
        Some(bytes.into_inner())
    }
}

fn paint(x: u32, y: u32, width: u32, height: u32) -> image::Rgb<u8> {
    let (fx, fy) = (x * 100 / width, y * 100 / height);
    let canopy = (20..80).contains(&fx) && (38 + fx / 8..44 + fx / 8).contains(&fy);
    let post = matches!(fx, 22..=23 | 76..=77) && (40..86).contains(&fy);
    let door = (42..58).contains(&fx) && (56..86).contains(&fy);
    match () {
        () if canopy || post => image::Rgb([70, 90, 105]),
        () if door => image::Rgb([120, 78, 52]),
        () if fy > 86 => image::Rgb([150, 150, 140]),
        () if fy > 24 => image::Rgb([222, 208, 184]),
        () => image::Rgb([168, 200, 226]),
    }
}

/// Every text a sheet's fields hold, with its template's key.
pub fn texts(sheet: &Sheet) -> BTreeMap<String, Vec<String>> {
    let all = |value: &SheetValue| match value {
        SheetValue::Text(text) => vec![text.clone()],
        SheetValue::List(items) => items.clone(),
        SheetValue::Table(rows) => rows.iter().flatten().cloned().collect(),
    };
    sheet.fields.iter().map(|(key, value)| (key.clone(), all(value))).collect()
}
