//! From folded state to what a screen shows. No rule is decided here; words come from the catalogue.

mod card;
mod case;
mod check;
mod deadline;
mod fact;
pub(crate) mod id;
mod name;
mod order;
mod photo;
mod step;
mod timeline;

pub(crate) use name::Names;
