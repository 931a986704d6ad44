//! 案件: the coordination record of one problem at one place (domain.md §0.1).
//!
//! [`payload`] what its events carry; [`fold()`] how they become a [`CaseState`]; [`lifecycle`] the table of what
//! may happen; [`decide`] what a person's wish becomes; [`judge()`] the town server's answer.
pub mod actions;
pub mod archive;
pub mod assignment;
mod class;
pub mod clocks;
pub mod decide;
pub mod draft;
mod fields;
mod fold;
mod history;
mod judge;
pub mod lifecycle;
pub mod mark;
pub mod payload;
mod project;
mod recount;
pub mod register;
pub mod sample;
pub mod state;
mod timeline;

pub use actions::{DeadlineNeed, Offer, Param, actions};
pub use clocks::ClockState;
pub use fold::fold;
pub use judge::{judge, judge_event, target_unfit};
pub use lifecycle::State;
pub use mark::{Hides, Mark, MarkKind, PhotoMark};
pub use payload::AFTER_REASSIGNMENT;
pub use project::project;
pub use recount::recounts;
pub use register::{Register, Version};
pub use sample::Sample;
pub use state::{CaseState, ClassAsk, Entry, Note, Photo, Refused, Request, Returned, Times};
