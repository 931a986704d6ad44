//! The catalogue, from which forms are drawn.

use xunju_domain::catalogue::{self, Catalogue};

use crate::error::ApiError;
use crate::view::app::Nothing;
use crate::{Api, Caller};

/// # Errors
/// None: the catalogue is part of the program.
pub fn get(_: &Api, _: &Caller, _: Nothing) -> Result<Catalogue, ApiError> {
    Ok(catalogue::standard().clone())
}
