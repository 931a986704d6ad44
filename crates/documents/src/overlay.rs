//! 标注与水印 for a copy of a photo: set by the typesetter on clear ground, so that every character of the law's and the
//! town's fonts is there. The photo itself is not touched here.

use std::collections::BTreeMap;

use serde::Serialize;
use typst::foundations::Bytes;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;
use xunju_domain::case::Mark;

use crate::paper::world::Desk;
use crate::paper::{Fonts, PaperError, placed};

const SOURCE: &str = include_str!("../../../assets/papers/overlay.typ");

/// What stands over a picture of `width` x `height` pixels; marks in its pixels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    pub width: u32,
    pub height: u32,
    pub marks: Vec<Mark>,
    /// Lines of the stamp, none without one.
    pub stamp: Vec<String>,
}

/// A PNG of exactly that size, clear where nothing stands.
///
/// # Errors
/// A missing font, a character no font has, or the typesetter's own.
pub fn overlay(of: &Overlay) -> Result<Vec<u8>, PaperError> {
    let failed = |cause: String| PaperError::Layout { template: "overlay".into(), cause };
    let fonts = Fonts::system()?;
    let data = serde_json::to_string(&Shown::of(of)).map_err(|e| failed(e.to_string()))?;
    let files = BTreeMap::from([("/overlay.json".to_owned(), Bytes::from_string(data))]);
    let set = typst::compile::<PagedDocument>(&Desk::new(&fonts, SOURCE, files)?);
    typst::comemo::evict(0);
    let told = |errors: &[typst::diag::SourceDiagnostic]| {
        errors.iter().map(|e| e.message.to_string()).collect::<Vec<_>>().join("; ")
    };
    let document = set.output.map_err(|errors| failed(told(&errors)))?;
    let missing = placed::missing(&document);
    if !missing.is_empty() {
        return Err(PaperError::Characters { missing });
    }
    let page = document.pages().first().ok_or_else(|| failed("no page".into()))?;
    let options = RenderOptions { pixel_per_pt: 1.0.into(), ..RenderOptions::default() };
    typst_render::render(page, &options).encode_png().map_err(|e| failed(e.to_string()))
}

/// With what is left out where empty, so that the layout need not ask.
#[derive(Serialize)]
struct Shown<'a> {
    width: u32,
    height: u32,
    marks: Vec<ShownMark<'a>>,
    stamp: &'a [String],
}

#[derive(Serialize)]
struct ShownMark<'a> {
    kind: xunju_domain::case::MarkKind,
    x1: u32,
    y1: u32,
    x2: u32,
    y2: u32,
    text: &'a str,
}

impl<'a> Shown<'a> {
    fn of(of: &'a Overlay) -> Self {
        let mark = |m: &'a Mark| ShownMark { kind: m.kind, x1: m.x1, y1: m.y1, x2: m.x2, y2: m.y2, text: &m.text };
        Self { width: of.width, height: of.height, marks: of.marks.iter().map(mark).collect(), stamp: &of.stamp }
    }
}
