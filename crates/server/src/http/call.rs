//! `POST /api/call/{command}`: the one table of commands, for whoever is signed in.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;
use xunju_evidence::Hash;

use super::App;
use super::answer::{api_refusal, away, json, refusal};
use super::session;
use crate::accounts::access::{self, Look};
use crate::error::{Result, ServerError};
use crate::journal::Journal;

const BODY_BYTES_MAX: usize = 256 * 1024;
/// Commands whose use is a look at somebody's case or home (domain.md §8.3), and where its id stands.
const LOOKS: &[(&str, &str)] = &[
    ("case.get", "id"),
    ("case.act", "id"),
    ("review.decide", "case_id"),
    ("dwelling.dossier", "compound building room"),
    ("paper.get", "id"),
    ("proceeding.get", "id"),
    ("search.find", "text"),
];
/// What was looked for may name somebody: of its words only a hash is kept, enough to find who looked for a given one.
const SEARCH: &str = "search.find";

pub async fn call(
    State(app): State<App>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Path(command): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let person = match session::ours(&headers) {
        Ok(()) => session::person(&app, &headers).await,
        Err(e) => Err(e),
    };
    let (person, args) = match person.and_then(|person| Ok((person, arguments(&body)?))) {
        Ok(asked) => asked,
        Err(e) => return refusal(e),
    };
    let (desk, journal) = (Arc::clone(&app.desk), Arc::clone(&app.journal));
    let done = away(move || {
        note(&journal, &person.user.id, &command, &args, from)?;
        Ok(desk.call(&person.caller(), &command, args))
    });
    match done.await {
        Ok(Ok(answer)) => json(&answer),
        Ok(Err(e)) => api_refusal(&e),
        Err(e) => refusal(e),
    }
}

fn arguments(body: &Bytes) -> Result<Value> {
    if body.len() > BODY_BYTES_MAX {
        return Err(ServerError::BadRequest { what: "body".to_owned() });
    }
    if body.is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    serde_json::from_slice(body).map_err(|e| ServerError::BadRequest { what: e.to_string() })
}

fn note(journal: &Journal, user: &str, command: &str, args: &Value, from: SocketAddr) -> Result<()> {
    let Some((action, key)) = LOOKS.iter().find(|(name, _)| *name == command) else { return Ok(()) };
    let said = key.split(' ').filter_map(|key| args.get(key)?.as_str()).collect::<Vec<_>>().join(" ");
    let object = if *action == SEARCH {
        format!("sha256:{}", Hash::of(said.trim().as_bytes()).hex())
    } else {
        said.chars().take(64).collect()
    };
    let user = user.to_owned();
    journal.write(move |tx| {
        access::note(tx, &Look { user: &user, device: "web", action, object: &object, address: from.ip() })
    })
}
