//! `GET /api/paper/{id}.pdf`: a paper as it was issued, for those who may see it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use super::App;
use super::answer::{api_refusal, away, refusal};
use super::session;

pub async fn show(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let person = match session::person(&app, &headers).await {
        Ok(person) => person,
        Err(e) => return refusal(e),
    };
    let desk = Arc::clone(&app.desk);
    let done = away(move || {
        let read = desk.api().paper_pdf(&person.caller(), name.trim_end_matches(".pdf"));
        // The look is in the access log before the pages leave.
        desk.settle();
        Ok(read)
    });
    match done.await {
        Ok(Ok(bytes)) => {
            let headers = [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CONTENT_DISPOSITION, "inline"),
                (header::CACHE_CONTROL, "no-store"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (headers, bytes).into_response()
        }
        Ok(Err(e)) => api_refusal(&e),
        Err(e) => refusal(e),
    }
}
