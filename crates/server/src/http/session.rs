//! Who is asking, on `/api`: the session cookie, and on writes a header no foreign form can send.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use xunju_api::Caller;
use xunju_api::view::app::Host;

use super::App;
use super::answer::away;
use super::device::text;
use crate::accounts::session;
use crate::error::{Result, ServerError};
use crate::journal::directory::{self, User};

const OURS: &str = "x-xunju";

/// The signed-in person and what the log grants them now.
#[derive(Debug, Clone)]
pub struct Person {
    pub user: User,
    pub token: String,
}

impl Person {
    #[must_use]
    pub fn caller(&self) -> Caller {
        let roles = self.user.roles.iter().map(|role| role.code().to_owned()).collect();
        let (user, unit) = (self.user.id.clone(), self.user.unit.clone());
        Caller { user, roles, scopes: self.user.scopes.clone(), unit, host: Host::Web }
    }
}

/// # Errors
/// `SignedOut`, `Sql`.
pub async fn person(app: &App, headers: &HeaderMap) -> Result<Person> {
    let token = token(app, headers).ok_or(ServerError::SignedOut)?;
    let journal = Arc::clone(&app.journal);
    away(move || {
        let now = journal.clock().now_ms();
        let found = journal.read(|conn| {
            let Some((id, due)) = session::user_of(conn, &token, now)? else { return Ok(None) };
            Ok(directory::user(conn, &id)?.filter(|user| user.active).map(|user| (user, due)))
        })?;
        let (user, due) = found.ok_or(ServerError::SignedOut)?;
        if due {
            let token = token.clone();
            journal.write(move |tx| session::seen(tx, &token))?;
        }
        Ok(Person { user, token })
    })
    .await
}

/// A write must come from our own pages.
///
/// # Errors
/// `BadRequest`.
pub fn ours(headers: &HeaderMap) -> Result<()> {
    match text(headers, OURS).as_deref() {
        Some("1") => Ok(()),
        _ => Err(ServerError::BadRequest { what: OURS.to_owned() }),
    }
}

fn name(app: &App) -> &'static str {
    // The prefix makes a browser refuse the cookie from anywhere but this very host, over TLS.
    if app.tls { "__Host-xunju" } else { "xunju" }
}

pub fn token(app: &App, headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name(app)).map(|(_, value)| value.to_owned())
}

/// `Set-Cookie` that begins a session, or with none ends it.
pub fn cookie(app: &App, token: Option<&str>) -> Result<HeaderValue> {
    let (value, age) = token.map_or(("", 0), |token| (token, session::LIFE_MS / 1_000));
    let secure = if app.tls { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}", name(app));
    HeaderValue::from_str(&text).map_err(|e| ServerError::inner("write cookie", e))
}
