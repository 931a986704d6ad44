//! 搜索: what a record is found by, and how a typed text is understood. The store keeps the words of each record in an
//! index beside its projection; this module says which words, for both sides, so that they can never disagree.
//!
//! A record answers when every piece of the text begins one of its words. Runs of characters are kept in windows of
//! four, so that any part of a name is the beginning of a word; digits, letters, pinyin and initials are words.
//! The readings of a compound's name stand at the compound alone: its cases and dwellings are found through its scope.

mod document;
mod mark;
mod query;
mod reading;
mod simplified;
mod word;

pub use document::{Class, Document, documents, scope_word, unit_word};
pub use mark::marks;
pub use query::{Readings, Wanted};
pub use reading::readings;
pub use word::{numbers, words};
