//! What the screens see. Plain data, exported to TypeScript; no sentences, only codes and facts.

pub mod access;
pub mod app;
pub mod base;
pub mod bundle;
pub mod calendar;
pub mod case;
pub mod copy;
pub mod deadline;
pub mod draft;
pub mod indicator;
pub mod ledger;
pub mod missing;
pub mod office;
pub mod paper;
pub mod photo;
pub mod plan;
pub mod proceeding;
pub mod rescue;
pub mod round;
pub mod work;
