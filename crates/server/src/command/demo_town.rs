//! `demo-town`.

use std::path::Path;

use xunju_domain::demo::Size;

use crate::demo;
use crate::error::{Result, ServerError};

/// Prints what was made, with the passwords, once.
pub fn run(data: &Path, size: &str, seed: u64) -> Result<()> {
    let size = Size::parse(size).ok_or_else(|| ServerError::BadRequest { what: format!("size {size}: S, M or L") })?;
    let made = demo::make(data, size, seed)?;
    let text = serde_json::to_string(&made).map_err(|e| ServerError::inner("write answer", e))?;
    println!("{text}");
    Ok(())
}
