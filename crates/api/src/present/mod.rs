//! From folded state to what a screen shows. No rule is decided here; words come from the catalogue.

pub(crate) mod aside;
mod card;
mod case;
mod check;
pub(crate) mod cover;
mod deadline;
pub(crate) mod fact;
pub(crate) mod geo;
pub(crate) mod id;
mod name;
mod office;
mod order;
mod paper;
pub(crate) mod photo;
pub(crate) mod proceeding;
mod round;
mod step;
mod timeline;

pub(crate) use aside::{aside, make_aside};
pub(crate) use fact::type_label;
pub(crate) use name::Names;
pub(crate) use paper::{Subject, paper_file_name, paper_refusal, save_aside};
