//! Random secrets in the forms people and machines pass on.

use crate::error::{Result, ServerError};
use xunju_evidence::Hash;

/// Without 0 O 1 I L U: what is read aloud is typed right.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 32 random bytes from the operating system.
///
/// # Errors
/// When the operating system has none to give.
pub fn bytes32() -> Result<[u8; 32]> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| ServerError::inner("draw random bytes", e))?;
    Ok(bytes)
}

/// `groups` groups of four letters: 4 groups are 78 bits.
///
/// # Errors
/// As [`bytes32`].
pub fn code(groups: usize) -> Result<String> {
    let mut text = String::new();
    let mut taken = 0;
    while taken < groups * 4 {
        for byte in bytes32()? {
            // 240 is the largest multiple of 30 in a byte: no letter is likelier than another.
            let Some(letter) = (byte < 240).then(|| LETTERS.get(usize::from(byte) % LETTERS.len())).flatten() else {
                continue;
            };
            if taken == groups * 4 {
                break;
            }
            if taken > 0 && taken % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(*letter));
            taken += 1;
        }
    }
    Ok(text)
}

/// How a code is compared: without case, spaces and dashes.
#[must_use]
pub fn normal(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// What is stored in place of a secret with at least 64 random bits.
#[must_use]
pub fn fingerprint(kind: &str, secret: &str) -> String {
    Hash::of_parts(&[kind.as_bytes(), b"\n", secret.as_bytes()]).hex()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_code_survives_being_typed_badly() {
        let code = code(4).unwrap();
        assert_eq!(code.len(), 19);
        assert_eq!(normal(&format!(" {} ", code.to_lowercase().replace('-', " "))), normal(&code));
        assert_ne!(super::code(4).unwrap(), code);
    }
}
