//! The second stage: two pictures, closely.

use super::{Look, perspective, tiles};
use crate::error::PhotoError;

/// Points that must agree on one perspective.
const POINTS_MIN: usize = 20;
/// From here on it is the same photograph: copies that were cut, tilted, screenshotted or photographed off
/// a screen measured 0.92-1.00, a second visit to the same place at most 0.75.
const SAME_PHOTOGRAPH: f32 = 0.80;
/// From here on it is the same place.
const SAME_PLACE: f32 = 0.25;

/// What two pictures have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Likeness {
    /// One is made from the other, or both from a third. A notice, a plan or a photo of a photo may be
    /// alike without being copied: it is for a person to see.
    SamePhotograph { share: f32, points: usize },
    /// The same place, photographed again: what an 'after' should be.
    SamePlace { share: f32, points: usize },
    /// Nothing to be seen.
    None,
}

/// Compares two pictures closely; some milliseconds, so only for candidates.
///
/// # Errors
/// [`PhotoError::Decode`] when a picture cannot be scaled.
pub fn compare(a: &Look, b: &Look) -> Result<Likeness, PhotoError> {
    let Some((to_b, points)) = perspective::find(&a.points, &b.points).filter(|(_, points)| *points >= POINTS_MIN)
    else {
        return Ok(Likeness::None);
    };
    Ok(match tiles::same_share(&a.luma, &b.luma, &to_b)? {
        Some(share) if share >= SAME_PHOTOGRAPH => Likeness::SamePhotograph { share, points },
        Some(share) if share >= SAME_PLACE => Likeness::SamePlace { share, points },
        _ => Likeness::None,
    })
}
