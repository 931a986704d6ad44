//! Signing in and out, the first administrator, and where the page stands.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use xunju_api::view::app::{AppStateView, Host, KeyProtection, LoginRequest, Phase, PrefsView, UserView};

use super::App;
use super::answer::{away, json, refusal};
use super::session::{self, Person};
use crate::accounts::login;
use crate::accounts::session as sessions;
use crate::accounts::setup::{self, SetupRequest};
use crate::error::{Result, ServerError};
use crate::journal::directory;
use crate::journal::town;

const BODY_BYTES_MAX: usize = 16 * 1024;

fn parse<T: serde::de::DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T> {
    session::ours(headers)?;
    if body.len() > BODY_BYTES_MAX {
        return Err(ServerError::BadRequest { what: "body".to_owned() });
    }
    serde_json::from_slice(body).map_err(|e| ServerError::BadRequest { what: e.to_string() })
}

pub async fn login(
    State(app): State<App>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request: LoginRequest = match parse(&headers, &body) {
        Ok(request) => request,
        Err(e) => return refusal(e),
    };
    let journal = Arc::clone(&app.journal);
    let signed_in = away(move || {
        let token = login::login(&journal, &request.user, &request.password, from.ip())?;
        let user = journal.read(|conn| directory::user(conn, &request.user))?.ok_or(ServerError::WrongPassword)?;
        Ok(Person { user, token })
    });
    match signed_in.await {
        Ok(person) => with_cookie(&app, Some(&person.token), view(&app, Some(person.clone())).await),
        Err(e) => refusal(e),
    }
}

pub async fn logout(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Err(e) = session::ours(&headers) {
        return refusal(e);
    }
    if let Some(token) = session::token(&app, &headers) {
        let journal = Arc::clone(&app.journal);
        if let Err(e) = away(move || journal.write(move |tx| sessions::end(tx, &token))).await {
            return refusal(e);
        }
    }
    with_cookie(&app, None, view(&app, None).await)
}

/// The one-time code of the first start makes the first administrator.
pub async fn setup(
    State(app): State<App>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request: SetupRequest = match parse(&headers, &body) {
        Ok(request) => request,
        Err(e) => return refusal(e),
    };
    let journal = Arc::clone(&app.journal);
    match away(move || setup::first_administrator(&journal, request, from.ip())).await {
        Ok(()) => state(State(app), headers).await,
        Err(e) => refusal(e),
    }
}

pub async fn state(State(app): State<App>, headers: HeaderMap) -> Response {
    let person = match session::person(&app, &headers).await {
        Ok(person) => Some(person),
        Err(ServerError::SignedOut) => None,
        Err(e) => return refusal(e),
    };
    match view(&app, person).await {
        Ok(view) => json(&view),
        Err(e) => refusal(e),
    }
}

async fn view(app: &App, person: Option<Person>) -> Result<AppStateView> {
    let (journal, desk) = (Arc::clone(&app.journal), Arc::clone(&app.desk));
    away(move || {
        let town = journal.read(town::read)?;
        let prefs = match &person {
            Some(person) => desk.api().prefs(&person.user.id).map_err(|e| ServerError::inner("read preferences", e))?,
            None => PrefsView::default(),
        };
        let user = person.map(|person| UserView {
            id: person.user.id.clone(),
            name: person.user.name.clone(),
            roles: person.caller().roles,
        });
        Ok(AppStateView {
            phase: if user.is_some() { Phase::Ready } else { Phase::SignedOut },
            host: Host::Web,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            town: Some(town.name),
            server_url: None,
            user,
            device: None,
            key_protection: Some(KeyProtection::Server),
            prefs,
        })
    })
    .await
}

fn with_cookie(app: &App, token: Option<&str>, view: Result<AppStateView>) -> Response {
    match view.and_then(|view| Ok((json(&view), session::cookie(app, token)?))) {
        Ok((mut response, cookie)) => {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            response
        }
        Err(e) => refusal(e),
    }
}
