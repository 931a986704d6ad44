//! Headers on every reply: what a browser may do with it (ui.md §3), and the asker's echo.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use xunju_sync::request::{ECHO_HEADER, is_echo};

use super::App;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; worker-src 'self'; \
    img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'";

const FIXED: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// Policies on everything; over TLS, TLS for the next year too. A page may bring a policy of its own.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if app.tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Returns the asker's echo, so that no other box on the way can pass for this server by a status alone.
pub async fn echo(request: Request, next: Next) -> Response {
    let echo = request.headers().get(ECHO_HEADER).filter(|value| value.to_str().is_ok_and(is_echo)).cloned();
    let mut response = next.run(request).await;
    if let Some(echo) = echo {
        response.headers_mut().insert(HeaderName::from_static(ECHO_HEADER), echo);
    }
    response
}
