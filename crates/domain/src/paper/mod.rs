//! 文书: what a paper says (domain.md §5). How it looks is `documents`' matter.
pub mod sheet;

pub use sheet::{Sheet, SheetPhoto, SheetValue};
