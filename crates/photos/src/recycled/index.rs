//! Every picture of a town by its fingerprint, in memory, gone through from end to end at each question.
//! A million of them are 64 MB, and reading those takes a few milliseconds; a tree over 256 bits visits
//! nearly all of its nodes and is slower by far.

use std::collections::HashMap;

use pulp::{Arch, WithSimd};

use super::{Bits, Fingerprint, distance, pdq};
use crate::digest::Digest;
use crate::error::PhotoError;

/// Within this many bits two PDQ fingerprints are of one picture: none of 22,578 pairs of unrelated
/// photos came so near.
const PDQ_SAME: u32 = 60;
/// Up to here a closer look is worth it.
const PDQ_NEAR: u32 = 90;
const DHASH_SAME: u32 = 30;
/// Under this quality gradients of blank walls are alike.
const DHASH_QUALITY: u8 = 50;
/// Fingerprints compared before anything is written down.
const RUN: usize = 64;

/// A picture of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// SHA-256 of the original.
    pub hash: [u8; 32],
    pub fingerprint: Fingerprint,
}

/// How near a found picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kin {
    /// The same picture, perhaps turned, mirrored, recompressed, brightened or with a mark on it.
    Same,
    /// Near enough for the second stage.
    Near,
}

/// A picture like the one asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// SHA-256 of the original, hex.
    pub hash: String,
    pub kin: Kin,
    /// Bits of 256 that differ, of PDQ the best of eight ways.
    pub pdq: u32,
    pub dhash: u32,
}

/// The first stage.
#[derive(Debug, Clone, Default)]
pub struct Index {
    hashes: Vec<[u8; 32]>,
    pdq: Vec<Bits>,
    dhash: Vec<Bits>,
    quality: Vec<u8>,
    places: HashMap<[u8; 32], usize>,
}

impl Index {
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Whether this original is known.
    #[must_use]
    pub fn has(&self, hash: &[u8; 32]) -> bool {
        self.places.contains_key(hash)
    }

    /// What is kept of this original.
    #[must_use]
    pub fn get(&self, hash: &[u8; 32]) -> Option<Fingerprint> {
        let at = *self.places.get(hash)?;
        Some(Fingerprint { pdq: *self.pdq.get(at)?, quality: *self.quality.get(at)?, dhash: *self.dhash.get(at)? })
    }

    /// Adds a picture; one that is known stays as it is. Says whether it was new.
    pub fn add(&mut self, entry: &Entry) -> bool {
        if self.has(&entry.hash) {
            return false;
        }
        self.places.insert(entry.hash, self.hashes.len());
        self.hashes.push(entry.hash);
        self.pdq.push(entry.fingerprint.pdq);
        self.dhash.push(entry.fingerprint.dhash);
        self.quality.push(entry.fingerprint.quality);
        true
    }

    /// Forgets a picture whose keeping is over. Says whether it was there.
    pub fn remove(&mut self, hash: &[u8; 32]) -> bool {
        let Some(at) = self.places.remove(hash) else { return false };
        self.hashes.swap_remove(at);
        self.pdq.swap_remove(at);
        self.dhash.swap_remove(at);
        self.quality.swap_remove(at);
        if let Some(moved) = self.hashes.get(at) {
            self.places.insert(*moved, at);
        }
        true
    }

    /// Pictures like this one, the nearest first; the picture itself, by its `own` hash, is left out.
    ///
    /// # Errors
    /// [`PhotoError::BadHash`] where `own` is none.
    pub fn find(&self, asked: &Fingerprint, own: &str) -> Result<Vec<Found>, PhotoError> {
        let own = Digest::parse(own)?.0;
        let scan = Scan { index: self, upright: &asked.pdq, swapped: &pdq::swapped(&asked.pdq), dhash: &asked.dhash };
        let mut found: Vec<Found> = Arch::new()
            .dispatch(scan)
            .into_iter()
            .filter_map(|(at, pdq, dhash)| self.found(at, pdq, dhash, asked, &own))
            .collect();
        found.sort_by(|a, b| (a.kin, a.pdq, a.dhash, &a.hash).cmp(&(b.kin, b.pdq, b.dhash, &b.hash)));
        Ok(found)
    }

    fn found(&self, at: usize, pdq: u32, dhash: u32, asked: &Fingerprint, own: &[u8; 32]) -> Option<Found> {
        let (hash, quality) = (self.hashes.get(at)?, *self.quality.get(at)?);
        let telling = quality.min(asked.quality) >= DHASH_QUALITY;
        let same = pdq <= PDQ_SAME || (dhash <= DHASH_SAME && telling);
        let kin = if same { Kin::Same } else { Kin::Near };
        let wanted = hash != own && (same || pdq <= PDQ_NEAR);
        wanted.then(|| Found { hash: Digest(*hash).hex(), kin, pdq, dhash })
    }
}

/// One pass over everything, compiled for the instructions this machine has: counting bits is one
/// instruction on every processor of the last fifteen years, but not of the oldest a program must run on.
struct Scan<'a> {
    index: &'a Index,
    upright: &'a Bits,
    swapped: &'a Bits,
    dhash: &'a Bits,
}

impl WithSimd for Scan<'_> {
    /// Place, PDQ distance and dHash distance of everything within reach of either.
    type Output = Vec<(usize, u32, u32)>;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _simd: S) -> Self::Output {
        let Self { index, upright, swapped, dhash: asked } = self;
        let mut found = Vec::new();
        let runs = index.pdq.chunks(RUN).zip(index.dhash.chunks(RUN));
        for (run, (pdq, dhash)) in runs.enumerate() {
            // First whether there is anything in this run at all, without a branch in it.
            let mut any = false;
            for (pdq, dhash) in pdq.iter().zip(dhash) {
                let nearest = pdq::nearest_mirrored(pdq, upright).min(pdq::nearest_mirrored(pdq, swapped));
                any |= (nearest <= PDQ_NEAR) | (distance(dhash, asked) <= DHASH_SAME);
            }
            if !any {
                continue;
            }
            for (at, (pdq, dhash)) in pdq.iter().zip(dhash).enumerate() {
                let nearest = pdq::nearest_mirrored(pdq, upright).min(pdq::nearest_mirrored(pdq, swapped));
                let gradients = distance(dhash, asked);
                if nearest <= PDQ_NEAR || gradients <= DHASH_SAME {
                    found.push((run * RUN + at, nearest, gradients));
                }
            }
        }
        found
    }
}
