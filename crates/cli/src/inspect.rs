//! `photo inspect`: what a file is and says of itself.

use std::path::Path;

use serde_json::json;
use xunju_api::clock::{Clock as _, SystemClock};
use xunju_api::photo_inspect;

use crate::answer::{Answer, Refusal};

/// The facts, or why there are none.
pub fn inspect(file: &Path) -> Answer {
    let found = photo_inspect::file(file, SystemClock.wall_ms())
        .map_err(|refused| Refusal::unreadable(refused.code, &refused.detail))?;
    Ok(json!(found))
}
