//! 标注: what somebody drew on a photo. A layer of its own: the picture's bytes stay as they are, marks are burned
//! into copies only (photos.md F).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::draft::{FieldProblem, LINE_CHARS_MAX};
use crate::event::EventId;
use crate::permission::{Action, Person};

/// Marks that stand on one photo at a time.
pub const MARKS_MAX: usize = 200;
/// No camera's picture has a longer side (JPEG, ITU-T T.81: 16 bits).
pub const SIDE_MAX: u32 = 65_535;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    Arrow,
    #[default]
    Box,
    Text,
    /// A length somebody measured, in words: `3.20 m`.
    Length,
    /// 遮挡: hidden in every copy that leaves.
    Mosaic,
    /// 批注 on a point.
    Comment,
}

/// What a mosaic hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Hides {
    Face,
    Plate,
    Door,
    Other,
}

/// Pixels of the picture as it stands upright, from its top left. A point has both corners in one place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    pub kind: MarkKind,
    pub x1: u32,
    pub y1: u32,
    pub x2: u32,
    pub y2: u32,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hides: Option<Hides>,
}

/// A mark that stands, with who made it and when by their own clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoMark {
    pub event: EventId,
    /// SHA-256 of the photo.
    pub photo: String,
    pub mark: Mark,
    pub author: String,
    pub wall_ms: i64,
}

impl Mark {
    /// The first thing wrong with it, by field.
    #[must_use]
    pub fn problem(&self) -> Option<FieldProblem> {
        use MarkKind::{Arrow, Box, Comment, Length, Mosaic, Text};
        let wrong = |field: &str, code: &str| Some(FieldProblem::new(field, code));
        let point = self.x1 == self.x2 && self.y1 == self.y2;
        let area = self.x1 != self.x2 && self.y1 != self.y2;
        let shaped = match self.kind {
            Text | Comment => point,
            Arrow | Length => !point,
            Box | Mosaic => area,
        };
        match () {
            () if [self.x1, self.y1, self.x2, self.y2].iter().any(|n| *n > SIDE_MAX) => wrong("mark", "out_of_range"),
            () if !shaped => wrong("mark", "out_of_range"),
            () if matches!(self.kind, Text | Length | Comment) && self.text.trim().is_empty() => {
                wrong("text", "required")
            }
            () if (self.kind == Mosaic) != self.hides.is_some() => wrong("hides", "required"),
            () => FieldProblem::of_text("text", &self.text, LINE_CHARS_MAX),
        }
    }
}

/// Who may take a mark away: its author, or the office.
#[must_use]
pub fn may_unmark(author: &str, person: &Person<'_>) -> bool {
    author == person.user && person.may(Action::Add) || person.may(Action::File)
}
