//! What stands where on the set pages: the check that every character has a glyph, and what tests measure.

use std::collections::BTreeSet;

use typst::layout::{Abs, Em, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// A run of text on a page; lengths in points from the page's upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// From 1.
    pub page: usize,
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    pub size: f64,
    /// Turned text is the draft mark behind the page.
    pub turned: bool,
}

pub(super) fn all(document: &PagedDocument) -> Vec<Placed> {
    let mut found = Vec::new();
    for (i, page) in document.pages().iter().enumerate() {
        walk(&page.frame, Transform::identity(), &mut |item, at| found.push(place(i + 1, item, at)));
    }
    found
}

/// Characters drawn as the empty box, each once.
pub(crate) fn missing(document: &PagedDocument) -> Vec<char> {
    let mut found = BTreeSet::new();
    for page in document.pages() {
        walk(&page.frame, Transform::identity(), &mut |item, _| {
            for glyph in item.glyphs.iter().filter(|g| g.id == 0) {
                found.extend(item.text.get(glyph.range()).unwrap_or_default().chars());
            }
        });
    }
    found.into_iter().collect()
}

fn place(page: usize, item: &TextItem, at: Transform) -> Placed {
    let start = Point::zero().transform(at);
    let end = Point::with_x(ink_width(item)).transform(at);
    Placed {
        page,
        text: item.text.to_string(),
        left: start.x.to_pt(),
        right: end.x.to_pt(),
        baseline: start.y.to_pt(),
        size: item.size.to_pt(),
        turned: (start.y - end.y).abs() > Abs::pt(0.01),
    }
}

/// Full-width marks whose right half is empty.
const HALF_EMPTY: &[char] = &['，', '。', '、', '；', '：', '》', '〉', '」', '』', '）', '】', '〕'];

/// Without the room that justification, or a full-width mark, leaves after the last glyph.
fn ink_width(item: &TextItem) -> Abs {
    let Some(last) = item.glyphs.last() else { return Abs::zero() };
    let own = item.font.x_advance(last.id).unwrap_or(last.x_advance).min(last.x_advance);
    let empty = if item.text.ends_with(HALF_EMPTY) { own / 2.0 } else { Em::zero() };
    item.width() - (last.x_advance - own + empty).at(item.size)
}

fn walk(frame: &Frame, at: Transform, seen: &mut dyn FnMut(&TextItem, Transform)) {
    for (point, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(point.x, point.y));
        match item {
            FrameItem::Group(group) => walk(&group.frame, here.pre_concat(group.transform), seen),
            FrameItem::Text(text) => seen(text, here),
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
