//! Ids of new things: UUIDv7, so that lists by id are lists by age, as far as the clock is right.

use uuid::{Builder, Variant, Version};

use crate::error::{ApiError, ErrorCode};

/// # Errors
/// When the system gives no random bytes.
pub fn new_id(wall_ms: i64) -> Result<String, ApiError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))?;
    let millis = u64::try_from(wall_ms).unwrap_or(0);
    let id = Builder::from_unix_timestamp_millis(millis, &random)
        .with_variant(Variant::RFC4122)
        .with_version(Version::SortRand);
    Ok(id.into_uuid().to_string())
}
