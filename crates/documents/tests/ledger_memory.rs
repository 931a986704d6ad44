//! Rows are not kept: what a file takes of memory does not grow with how many it has. One test, so that nothing else in
//! the process moves the mark. The full measurement is `script/bench ledger`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::Seek as _;

use xunju_documents::ledger::{Format, Watermark, Writer, read};
use xunju_domain::ledger::standard;

/// The most memory this process ever held, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// Writes and reads so many rows; gives the bytes of text that went through.
fn there_and_back(format: Format, rows: u32) -> u64 {
    let ledger = standard().iter().find(|l| l.id == "wj").unwrap();
    let mark = Watermark { number: "DC-1".into(), user: "陈科".into(), at: "2026-11-24 21:30".into(), masked: true };
    let cells: Vec<String> = ledger.columns.iter().map(|c| format!("{}里写的一些字", c.label.zh_hans)).collect();
    let mut writer = Writer::new(tempfile::tempfile().unwrap(), format, ledger, &mark).unwrap();
    for at in 0..rows {
        writer.row(&format!("case:{at}"), &cells).unwrap();
    }
    let mut file = writer.finish().unwrap();
    if format == Format::Excel {
        file.rewind().unwrap();
        let mut seen = 0;
        let found = read(file, standard(), |_, row| {
            assert_eq!(row.cells.len(), cells.len());
            seen += 1;
            true
        });
        assert_eq!((found.unwrap().rows, seen), (rows, rows));
    }
    u64::from(rows) * cells.iter().map(|c| c.len() as u64).sum::<u64>()
}

#[test]
fn a_file_of_many_rows_takes_no_more_memory_than_one_of_few() {
    for format in [Format::Excel, Format::Csv, Format::GeoJson] {
        there_and_back(format, 300);
        let few = peak();
        let text = there_and_back(format, 3_000);
        let grown = peak() - few;
        assert!(text > 3_000_000, "{text} bytes went through");
        assert!(grown < text / 2, "{format:?}: {grown} bytes more for {text} bytes of text");
    }
}
