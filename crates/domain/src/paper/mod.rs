//! 文书: a paper of a case (domain.md §5): issued, numbered, served, and what runs from then on.
//!
//! [`payload`] what its events carry; [`form`] what a template asks for; [`terms`] who may issue it and how it is
//! served; [`fold()`] how events become a [`PaperState`]; [`decide`] what a wish becomes; [`judge()`] the town server's
//! answer. How a paper looks is `documents`' matter.
pub mod decide;
mod fold;
pub mod form;
mod judge;
pub mod numbering;
pub mod payload;
pub mod personal;
mod project;
pub mod service;
pub mod sheet;
pub mod state;
pub mod terms;
pub mod waits;

pub use fold::fold;
pub use judge::judge;
pub use project::{block_facet, project};
pub use sheet::{Sheet, SheetPhoto, SheetValue};
pub use state::PaperState;
