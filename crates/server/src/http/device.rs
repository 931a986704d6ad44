//! Who is asking, on `/v1`: every request carries the device's signature over what it asks.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use xunju_sync::request::{self, DEVICE_HEADER, ECHO_HEADER, SIGNATURE_HEADER};

use super::answer::away;
use crate::error::ServerError;
use crate::journal::Journal;
use crate::journal::directory::{self, Device};

/// A request that verified, or one whose device the town does not know.
pub struct Asked {
    /// None when no such device is enrolled: then nothing was verified.
    pub device: Option<Device>,
    pub echo: String,
}

/// Why a request is not heard.
pub enum Unheard {
    /// Not signed, or not by that device.
    Unsigned,
    TooLarge,
    Failed(ServerError),
}

impl IntoResponse for Unheard {
    fn into_response(self) -> Response {
        match self {
            Self::Unsigned => StatusCode::UNAUTHORIZED.into_response(),
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
            Self::Failed(e) => super::answer::refusal(e),
        }
    }
}

/// Reads a signed body of at most `bytes_max` and checks who signed it.
///
/// # Errors
/// [`Unheard`].
pub async fn whole(journal: &Arc<Journal>, asked: Request, bytes_max: usize) -> Result<(Asked, Vec<u8>), Unheard> {
    let (parts, body) = asked.into_parts();
    let bytes = axum::body::to_bytes(body, bytes_max).await.map_err(|_| Unheard::TooLarge)?.to_vec();
    let asked = check(journal, &parts, request::Body::Whole(&bytes)).await?;
    Ok((asked, bytes))
}

/// Checks who signed a request whose body, if any, is vouched for otherwise.
///
/// # Errors
/// [`Unheard`].
pub async fn head(journal: &Arc<Journal>, asked: Request) -> Result<(Device, Parts, Body), Unheard> {
    let (parts, body) = asked.into_parts();
    let device = check(journal, &parts, request::Body::Unsigned).await?.device.ok_or(Unheard::Unsigned)?;
    Ok((device, parts, body))
}

async fn check(journal: &Arc<Journal>, parts: &Parts, body: request::Body<'_>) -> Result<Asked, Unheard> {
    let [dev, echo, sig] = [DEVICE_HEADER, ECHO_HEADER, SIGNATURE_HEADER].map(|name| text(&parts.headers, name));
    let (Some(dev), Some(echo), Some(sig)) = (dev, echo, sig) else { return Err(Unheard::Unsigned) };
    let journal = Arc::clone(journal);
    let device = away(move || journal.read(|conn| directory::device(conn, &dev))).await.map_err(Unheard::Failed)?;
    if let Some(device) = &device {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        // Behind an old gateway a PATCH travels as a POST: either may have been signed.
        let meant = text(&parts.headers, "x-http-method-override");
        let mut methods = [Some(parts.method.as_str()), meant.as_deref()].into_iter().flatten();
        if !methods.any(|method| request::verify(&device.key, method, path, &echo, body, &sig).is_ok()) {
            return Err(Unheard::Unsigned);
        }
    } else if !request::is_echo(&echo) {
        return Err(Unheard::Unsigned);
    }
    Ok(Asked { device, echo })
}

/// A header's text.
pub fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
