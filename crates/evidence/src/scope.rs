//! The rolling hash of a scope: H₀ = 0, Hₚ = SHA-256(Hₚ₋₁ ‖ event id). Equal hashes mean equal histories.

use crate::hash::Hash;

/// Hash before the first event.
pub const EMPTY: Hash = Hash([0; 32]);

/// Hash after one more event.
#[must_use]
pub fn extend(before: &Hash, event: &Hash) -> Hash {
    Hash::of_parts(&[&before.0, &event.0])
}
