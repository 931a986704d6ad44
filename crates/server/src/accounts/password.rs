//! Passwords: argon2id with the parameters OWASP's Password Storage Cheat Sheet gives first
//! (19 MiB, 2 passes, 1 lane).

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::error::{Result, ServerError};
use crate::secret;

pub const CHARS_MIN: usize = 8;
/// Longer texts only cost time.
pub const CHARS_MAX: usize = 256;

fn argon2id() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| ServerError::inner("argon2 parameters", e))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// PHC string to store.
///
/// # Errors
/// `WeakPassword`.
pub fn hash(password: &str) -> Result<String> {
    let chars = password.chars().count();
    if !(CHARS_MIN..=CHARS_MAX).contains(&chars) {
        return Err(ServerError::WeakPassword { chars_min: CHARS_MIN });
    }
    let bytes = secret::bytes32()?;
    let salt = SaltString::encode_b64(bytes.first_chunk::<16>().unwrap_or(&[0; 16]));
    let salt = salt.map_err(|e| ServerError::inner("salt", e))?;
    let hash =
        argon2id()?.hash_password(password.as_bytes(), &salt).map_err(|e| ServerError::inner("hash password", e))?;
    Ok(hash.to_string())
}

/// Whether the password is the one. For an unknown user (`None`) the same work is done, so that the
/// time taken says nothing about who exists.
///
/// # Errors
/// `Corrupt` when the stored hash does not read.
pub fn verify(stored: Option<&str>, password: &str) -> Result<bool> {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let parsed =
        PasswordHash::new(stored.unwrap_or(NOBODY)).map_err(|e| ServerError::corrupt(format!("password hash: {e}")))?;
    if password.chars().count() > CHARS_MAX {
        return Ok(false);
    }
    Ok(argon2id()?.verify_password(password.as_bytes(), &parsed).is_ok() && stored.is_some())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_same_password_fits() {
        let stored = hash("东湖花园-2026").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify(Some(&stored), "东湖花园-2026").unwrap());
        assert!(!verify(Some(&stored), "东湖花园-2027").unwrap());
        assert!(!verify(None, "anything at all").unwrap());
        assert_ne!(hash("东湖花园-2026").unwrap(), stored);
    }

    #[test]
    fn short_ones_are_refused() {
        assert!(matches!(hash("1234567"), Err(ServerError::WeakPassword { .. })));
    }
}
