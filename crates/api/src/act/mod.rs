//! What a person can do, a file a subject.

pub mod access;
pub mod calendar;
pub mod case;
pub mod catalogue;
pub mod company;
pub mod compound;
pub mod coverage;
pub mod draft;
pub mod duty;
pub mod dwelling;
pub mod indicator;
pub mod ledger;
pub mod numbers;
pub mod pair;
pub mod paper;
pub mod party;
pub mod photo;
pub mod plan;
pub mod prefs;
pub mod proceeding;
pub mod register;
pub mod review;
pub mod round;
pub mod search;
pub mod sync;
pub mod today;
mod wish;
