//! How a device signs what it asks: method, path, echo and the body's hash, so that nothing of it can be
//! changed or asked twice in another's name.

use xunju_evidence::{Hash, PublicKey, SignatureError, Signer, hash};

use crate::limits;

const DOMAIN: &str = "xunju/request/v1";

pub const DEVICE_HEADER: &str = "xunju-device";
pub const ECHO_HEADER: &str = "xunju-echo";
pub const SIGNATURE_HEADER: &str = "xunju-sig";

/// What stands for the body in the signature.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    Whole(&'a [u8]),
    /// HEAD, GET and PATCH: no body, or one that its own hash vouches for.
    Unsigned,
}

impl Body<'_> {
    fn text(self) -> String {
        match self {
            Self::Whole(bytes) => Hash::of(bytes).hex(),
            Self::Unsigned => "-".to_owned(),
        }
    }
}

/// Hex for [`SIGNATURE_HEADER`]. `path` is as sent, with its query.
#[must_use]
pub fn sign(signer: &Signer, method: &str, path: &str, echo: &str, body: Body<'_>) -> String {
    hash::to_hex(&signer.sign(DOMAIN, &[method.as_bytes(), path.as_bytes(), echo.as_bytes(), body.text().as_bytes()]))
}

/// # Errors
/// `BadSignature` for anything but this device's own signature of exactly this request.
pub fn verify(
    key: &PublicKey,
    method: &str,
    path: &str,
    echo: &str,
    body: Body<'_>,
    sig: &str,
) -> Result<(), SignatureError> {
    if !is_echo(echo) {
        return Err(SignatureError::BadSignature);
    }
    let sig = hash::from_hex(sig).ok_or(SignatureError::BadSignature)?;
    key.verify(DOMAIN, &[method.as_bytes(), path.as_bytes(), echo.as_bytes(), body.text().as_bytes()], &sig)
}

/// Whether a text can be an echo: 32 lower-case hex digits.
#[must_use]
pub fn is_echo(text: &str) -> bool {
    text.len() == limits::ECHO_DIGITS && hash::from_hex(text).is_some()
}
