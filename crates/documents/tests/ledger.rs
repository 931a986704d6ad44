//! A ledger goes out and comes back: as this program wrote it, as another wrote it, and as nobody should.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};

use proptest::prelude::*;
use xunju_documents::ledger::{FileProblem, Format, Limits, Read, Row, Watermark, Writer, cell_name, read_within};
use xunju_domain::ledger::{ColumnKind, Ledger, standard};

fn ledger(id: &str) -> &'static Ledger {
    standard().iter().find(|l| l.id == id).unwrap()
}

fn mark() -> Watermark {
    Watermark {
        number: "DC-20261124-1".into(),
        user: "王主任 & 同事".into(),
        at: "2026-11-24 21:30".into(),
        masked: true,
    }
}

fn written(ledger: &Ledger, format: Format, rows: &[(String, Vec<String>)]) -> File {
    let mut writer = Writer::new(tempfile::tempfile().unwrap(), format, ledger, &mark()).unwrap();
    rows.iter().for_each(|(id, cells)| writer.row(id, cells).unwrap());
    let mut file = writer.finish().unwrap();
    file.rewind().unwrap();
    file
}

fn back(file: File) -> Result<(Read, Vec<Row>), FileProblem> {
    back_within(file, Limits::default())
}

fn back_within(file: File, limits: Limits) -> Result<(Read, Vec<Row>), FileProblem> {
    let mut rows = Vec::new();
    let read = read_within(file, standard(), limits, |_, row| {
        rows.push(row);
        true
    })?;
    Ok((read, rows))
}

/// A cell as the product writes them in a column of this kind.
fn cell(kind: ColumnKind) -> BoxedStrategy<String> {
    let text = prop_oneof![
        Just(String::new()),
        Just("0601".to_owned()),
        Just("００８号甲".to_owned()),
        Just("㛃𠮷家".to_owned()),
        Just("=HYPERLINK(\"http://x\")".to_owned()),
        Just("+86 -1 @a".to_owned()),
        Just("第一行\n第二行".to_owned()),
        Just("长".repeat(2000)),
        Just("x_x0041_ & <b> \"q\"".to_owned()),
        "[\\u{20}-\\u{7e}\\u{4e00}-\\u{9fff}]{1,30}",
    ];
    match kind {
        ColumnKind::Whole => (0u32..100_000).prop_map(|n| n.to_string()).boxed(),
        ColumnKind::Decimal => (0u32..9_999_999).prop_map(|n| format!("{}.{:02}", n / 100, n % 100)).boxed(),
        ColumnKind::Date => {
            (2000u32..2100, 1u32..13, 1u32..29).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")).boxed()
        }
        _ => text.prop_map(|t: String| t.trim().to_owned()).boxed(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_goes_out_comes_back_the_same(seed in proptest::collection::vec(
        ledger("wj").columns.iter().map(|c| cell(c.kind)).collect::<Vec<_>>(), 1..6)) {
        let rows: Vec<_> = seed.into_iter().enumerate().map(|(at, cells)| (format!("case:{at}"), cells)).collect();
        let (read, came) = back(written(ledger("wj"), Format::Excel, &rows)).unwrap();
        prop_assert_eq!(read.ledger, "wj");
        prop_assert_eq!(came.len(), rows.len());
        for (row, (id, cells)) in came.iter().zip(&rows) {
            prop_assert_eq!(&row.id, id);
            prop_assert_eq!(&row.cells, cells);
            prop_assert!(row.problems.is_empty());
        }
    }
}

#[test]
fn every_ledger_comes_back_as_itself() {
    for ledger in standard() {
        let cells = ledger.columns.iter().map(|_| String::new()).collect();
        let (read, rows) = back(written(ledger, Format::Excel, &[("x:1".into(), cells)])).unwrap();
        assert_eq!((read.ledger.as_str(), rows.len()), (ledger.id.as_str(), 1));
        assert_eq!(read.cell(3, 0), "A3");
    }
}

/// Whether the file was refused for what is wrong with it.
type Told = fn(&FileProblem) -> bool;

#[test]
fn a_file_that_is_no_ledger_says_why() {
    let good = {
        let mut bytes = Vec::new();
        written(ledger("ls"), Format::Excel, &[("case:1".into(), vec!["1".into()])]).read_to_end(&mut bytes).unwrap();
        bytes
    };
    let half = good[..good.len() / 2].to_vec();
    let mut broken = good.clone();
    let middle = broken.len() / 3;
    broken[middle..middle + 40].fill(0x55);
    let word = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let table: Vec<(&str, Vec<u8>, Told)> = vec![
        ("empty", Vec::new(), |p| *p == FileProblem::NotExcel),
        ("a picture", b"\x89PNG\r\n\x1a\n".to_vec(), |p| *p == FileProblem::NotExcel),
        ("text", "序号,小区\n1,东湖".into(), |p| *p == FileProblem::NotExcel),
        ("cut off", half, |p| matches!(p, FileProblem::Damaged(_))),
        ("bytes changed", broken, |p| matches!(p, FileProblem::Damaged(_))),
        ("a password", [old.to_vec(), vec![0; 512], word("EncryptedPackage")].concat(), |p| {
            *p == FileProblem::Password
        }),
        ("an old .xls", [old.to_vec(), vec![0; 512], word("Workbook")].concat(), |p| *p == FileProblem::OldExcel),
        ("another archive", archive(&[("readme.txt", 10)]), |p| *p == FileProblem::NotExcel),
    ];
    for (name, bytes, expected) in table {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        file.rewind().unwrap();
        let problem = back(file).unwrap_err();
        assert!(expected(&problem), "{name}: {problem:?}");
    }
}

#[test]
fn what_unpacks_to_more_than_the_limit_is_not_unpacked() {
    let limits = Limits { file: 1 << 20, unpacked: 4 << 20, texts: 1 << 20 };
    let usual = Limits::default();
    assert!(limits.texts < usual.texts && usual.texts < usual.unpacked && usual.unpacked <= 1 << 30);
    for (name, parts, refused) in [
        ("within", vec![("xl/sharedStrings.xml", 1 << 20), ("a", 2 << 20)], false),
        ("shared texts", vec![("xl/sharedStrings.xml", (1 << 20) + 1)], true),
        ("many parts", vec![("a", 2 << 20), ("b", 3 << 20)], true),
    ] {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&archive(&[vec![("xl/workbook.xml", 10)], parts].concat())).unwrap();
        file.rewind().unwrap();
        let problem = back_within(file, limits).unwrap_err();
        assert_eq!(problem == FileProblem::TooLarge, refused, "{name}: {problem:?}");
    }
}

#[test]
fn a_workbook_without_the_headings_says_so() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "购物清单").unwrap();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&book.save_to_buffer().unwrap()).unwrap();
    file.rewind().unwrap();
    assert_eq!(back(file).unwrap_err(), FileProblem::NoHeading);
}

#[test]
fn joined_cells_error_values_and_formulas_are_told_apart() {
    let wanted = ["小区", "楼栋/弄号", "室号", "物品", "记录标识"];
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("封面").unwrap().write_string(0, 0, "某镇").unwrap();
    let sheet = book.add_worksheet();
    wanted.iter().zip(0u16..).for_each(|(w, at)| assert!(sheet.write_string(4, at, *w).is_ok()));
    sheet.merge_range(5, 1, 6, 1, "8号", &rust_xlsxwriter::Format::new()).unwrap();
    sheet.write_formula(5, 3, rust_xlsxwriter::Formula::new("=\"水\"&\"果\"").set_result("水果")).unwrap();
    sheet.write_number(6, 2, 601).unwrap();
    sheet.write_formula(6, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&book.save_to_buffer().unwrap()).unwrap();
    file.rewind().unwrap();
    let (read, rows) = back(file).unwrap();
    let ls = ledger("ls");
    let at = |key: &str| ls.columns.iter().position(|c| c.key == key).unwrap();
    assert_eq!((read.ledger.as_str(), rows.len()), ("ls", 2));
    assert_eq!(rows[0].cells[at("goods")], "水果");
    assert_eq!(rows[1].cells[at("room")], "601");
    assert!(rows[1].problems.contains(&(at("building"), "merged")));
    assert!(rows[1].problems.contains(&(at("goods"), "error_value")), "{:?}", rows[1]);
    assert_eq!(read.cell(rows[1].number, at("goods")), "D7");
}

#[test]
fn text_files_carry_their_mark_and_number() {
    let ls = ledger("ls");
    let mut cells = vec![String::new(); ls.columns.len()];
    cells[1] = "=1+1".into();
    let rows = [("case:1".to_owned(), cells)];
    let text = |format| {
        let mut text = String::new();
        written(ls, format, &rows).read_to_string(&mut text).unwrap();
        text
    };
    let csv = text(Format::Csv);
    assert!(
        csv.starts_with('\u{feff}') && csv.contains("\"'=1+1\"") && csv.ends_with("\"DC-20261124-1\"\r\n"),
        "{csv}"
    );
    let json: serde_json::Value = serde_json::from_str(&text(Format::GeoJson)).unwrap();
    assert_eq!(json["features"][0]["id"], "case:1");
    assert!(json["features"][0]["geometry"].is_null() && json["datum"] == "WGS-84");
}

#[test]
fn cells_are_named_as_the_program_names_them() {
    for (row, column, name) in [(0, 0, "A1"), (6, 25, "Z7"), (9, 26, "AA10"), (0, 701, "ZZ1"), (0, 702, "AAA1")] {
        assert_eq!(cell_name(row, column), name);
    }
}

fn archive(parts: &[(&str, usize)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let zeros = vec![0u8; 1 << 20];
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        let mut left = *bytes;
        while left > 0 {
            let part = left.min(zeros.len());
            zip.write_all(&zeros[..part]).unwrap();
            left -= part;
        }
    }
    zip.finish().unwrap().into_inner()
}

fn kept(name: &str) -> File {
    File::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledgers").join(name)).unwrap()
}

/// `wj.xlsx` is an export of twelve cases; the others are what LibreOffice 7.4 and openpyxl 3.1 made of it. In
/// `wj-edited.xlsx` two cells of the first row were typed anew before LibreOffice saved it.
#[test]
fn what_other_programs_saved_reads_as_what_was_written() {
    let (read, ours) = back(kept("wj.xlsx")).unwrap();
    assert_eq!((read.ledger.as_str(), ours.len()), ("wj", 12));
    let wj = ledger("wj");
    let at = |key: &str| wj.columns.iter().position(|c| c.key == key).unwrap();
    assert_eq!((ours[0].cells[at("room")].as_str(), ours[0].cells[at("found_at")].as_str()), ("0101", "2026-03-01"));
    for name in ["wj-libreoffice.xlsx", "wj-openpyxl.xlsx"] {
        let (_, theirs) = back(kept(name)).unwrap();
        assert_eq!(theirs, ours, "{name}");
    }
    let (_, edited) = back(kept("wj-edited.xlsx")).unwrap();
    let mut expected = ours;
    expected[0].cells[at("area_m2")] = "88.00".into();
    expected[0].cells[at("room")] = "0999".into();
    assert_eq!(edited, expected);
}
