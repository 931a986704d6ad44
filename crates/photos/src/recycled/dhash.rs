//! A fingerprint by gradients: 16x16 bits, each whether its right neighbour is brighter. It holds where a
//! watermark covers half of a picture and PDQ's waves are upset.

use super::Bits;
use super::luma::Luma;
use crate::error::PhotoError;

const SIDE: usize = 16;

pub(super) fn hash(luma: &Luma) -> Result<Bits, PhotoError> {
    let small = luma.resized(SIDE + 1, SIDE)?;
    let mut brighter =
        small.pixels.chunks(SIDE + 1).flat_map(|row| row.iter().zip(row.iter().skip(1)).map(|(a, b)| a < b));
    let mut bits = [0u64; 4];
    for word in &mut bits {
        for at in 0..64 {
            *word |= u64::from(brighter.next().unwrap_or(false)) << at;
        }
    }
    Ok(bits)
}
