//! Which addresses a laptop may talk to: TLS anywhere, plain HTTP only to this very machine.

use reqwest::Url;
use xunju_api::error::{ApiError, ErrorCode};

/// The server's origin, without path.
///
/// # Errors
/// `Invalid` for anything but `https://…`, or `http://` to a loopback host.
pub fn origin(text: &str) -> Result<Url, ApiError> {
    let wrong = |problem: &str| ApiError::new(ErrorCode::Invalid).at("server_url").with("problem", problem);
    let url = Url::parse(text.trim()).map_err(|_| wrong("not_an_address"))?;
    let loopback = match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => return Err(wrong("not_an_address")),
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if loopback => Ok(url),
        "http" => Err(wrong("plain_http")),
        _ => Err(wrong("not_an_address")),
    }
}
