//! Recycled photos: last month's picture handed in for today's, or the 'before' for the 'after'.
//!
//! ```text
//! the same bytes      SHA-256, nothing to see here
//! the same picture    fingerprints of 256 bits, each way up and mirrored: every photo of the town, in ms
//! the same photograph cut, screenshotted or photographed off a screen: local features agree on one
//!                     perspective, and the pixels under it agree tile by tile; only for some candidates
//! ```
//!
//! What comes out is a hint with its number, shown beside both pictures. It is never a verdict: the same
//! notice on the same wall is the same picture twice, and nobody did wrong.
//!
//! Everything is worked out of the preview, because it has one size, stands on every machine, and is there
//! for HEIC too. Start at [`Look::of`] and [`Index::find`].

mod compare;
mod dhash;
mod features;
mod index;
mod keep;
mod luma;
mod pdq;
mod perspective;
mod tiles;

pub use compare::{Likeness, compare};
pub use index::{Entry, Found, Index, Kin};
pub use keep::Kept;
pub use luma::{LONG_PX as LUMA_PX, Luma};

use crate::codec;
use crate::error::PhotoError;

/// 256 bits.
pub type Bits = [u64; 4];

/// What the first stage keeps of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// PDQ of the upright picture: a word for each of the four kinds of waves, odd or even across and down.
    pub pdq: Bits,
    /// 0-100; under 50 there is too little in the picture to tell it by.
    pub quality: u8,
    pub dhash: Bits,
}

/// What a picture looks like, for both stages.
#[derive(Debug, Clone)]
pub struct Look {
    pub fingerprint: Fingerprint,
    luma: Luma,
    points: Vec<features::Point>,
}

impl Look {
    /// Looks at a preview, decoded at arm's length.
    ///
    /// # Errors
    /// [`PhotoError::Decode`] when it cannot be drawn.
    pub fn of(preview: &[u8]) -> Result<Self, PhotoError> {
        Self::at(codec::luma(preview)?)
    }

    fn at(luma: Luma) -> Result<Self, PhotoError> {
        let (pdq, quality) = pdq::hash(&luma);
        let dhash = dhash::hash(&luma)?;
        let points = features::points(&luma)?;
        Ok(Self { fingerprint: Fingerprint { pdq, quality, dhash }, luma, points })
    }
}

/// How many bits differ.
#[inline(always)]
#[must_use]
pub(crate) fn distance(a: &Bits, b: &Bits) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}
