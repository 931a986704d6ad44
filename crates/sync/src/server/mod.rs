//! What the town server decides. It brings what its storage holds; it gets what to store and to answer.

mod page;
mod push;

pub use page::{Granted, PageError, Shelf, Shelved, Standing, TOWN, page};
pub use push::{ChainRow, ChainView, Fork, Intake, MAIN_BRANCH, PushDecision, judge_push, open_batch, receipt};
