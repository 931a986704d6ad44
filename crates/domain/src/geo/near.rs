//! When two findings are at one place (domain.md §3.1): the same door, or points close to each other.

use super::{Geo, metres};
use crate::address;

/// A problem found again this close to a closed one is its rebound.
pub const REBOUND_M: f64 = 10.0;
/// Open cases this close may be the same one.
pub const DUPLICATE_M: f64 = 15.0;

/// Where something was found.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    pub compound: &'a str,
    pub building: &'a str,
    pub room: &'a str,
    pub geo: Option<&'a Geo>,
}

/// Same compound, and the same door or points within so many metres. Flats above each other share a point and are
/// not one place: two doors that are both named and differ are never near. A building's middle, and a fix worse
/// than 50 m, measure nothing.
#[must_use]
pub fn at_one_place(a: &Spot<'_>, b: &Spot<'_>, within_m: f64) -> bool {
    if a.compound != b.compound {
        return false;
    }
    let door = |spot: &Spot<'_>| (address::normalise(spot.building), address::normalise(spot.room));
    let (first, second) = (door(a), door(b));
    if !first.0.is_empty() && first == second {
        return true;
    }
    let named = |door: &(String, String)| !door.0.is_empty() && !door.1.is_empty();
    if named(&first) && named(&second) {
        return false;
    }
    match (a.geo.filter(|g| g.is_exact()), b.geo.filter(|g| g.is_exact())) {
        (Some(one), Some(other)) => metres(one, other).is_some_and(|m| m <= within_m),
        _ => false,
    }
}
