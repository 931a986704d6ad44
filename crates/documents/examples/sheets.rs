//! Writes the PDF and pictures of every template, realistic and extreme, into a folder:
//! `cargo run -p xunju-documents --example sheets -- DIR [CODE…]`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../samples/mod.rs"]
mod samples;

use std::time::Instant;

use xunju_documents::paper::{self, PaperError};
use xunju_domain::paper::Sheet;

const PPI: u32 = 80;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: sheets DIR [CODE...]");
        std::process::exit(2);
    };
    let wanted: Vec<String> = arguments.collect();
    std::fs::create_dir_all(&folder).unwrap();
    for code in samples::TEMPLATES.iter().filter(|c| wanted.is_empty() || wanted.iter().any(|w| w == *c)) {
        let kinds = [
            ("real", samples::realistic(code)),
            ("unit", samples::of_a_unit(code)),
            ("sparse", samples::sparse(code)),
            ("extreme", samples::extreme(code)),
        ];
        for (kind, sheet) in kinds {
            if let Err(error) = write(&folder, &format!("{code}-{kind}"), &sheet) {
                eprintln!("{code}-{kind}: {error}");
            }
        }
    }
}

fn write(folder: &str, name: &str, sheet: &Sheet) -> Result<(), PaperError> {
    let begun = Instant::now();
    let layout = paper::lay_out(sheet, &samples::Painted)?;
    let set = begun.elapsed();
    let made = layout.pdf()?;
    let written = begun.elapsed();
    std::fs::write(format!("{folder}/{name}.pdf"), &made.pdf).unwrap();
    for (i, png) in layout.pictures(PPI)?.iter().enumerate() {
        std::fs::write(format!("{folder}/{name}-{:02}.png", i + 1), png).unwrap();
    }
    let drawn = begun.elapsed();
    println!(
        "{name}: {} pages, {} bytes; set {} ms, written {} ms, drawn {} ms {:?}",
        made.pages,
        made.pdf.len(),
        set.as_millis(),
        (written - set).as_millis(),
        (drawn - written).as_millis(),
        layout.warnings,
    );
    Ok(())
}
