//! What the town works with. Placeholder head, replaced by the domain work.
pub mod catalogue;
pub mod event;
