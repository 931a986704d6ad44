//! `xunjuctl sync`, `xunjuctl status`

use std::time::Duration;

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::work::SyncView;
use xunju_link::{Laptop, Outcome};

use crate::answer::{Answer, Refusal};
use crate::arguments::FolderArguments;
use crate::{case, folder};

/// Success is an empty outbox; anything else says what is left and why.
pub fn sync(of: &FolderArguments, seconds: u64) -> Answer {
    let laptop = folder::open(of)?;
    let outcome = laptop.sync_until_quiet(Duration::from_secs(seconds))?;
    laptop.stop();
    let pending = pending(&laptop)?;
    match outcome {
        Outcome::Drained => Ok(json!({ "outcome": "drained", "pending": pending })),
        Outcome::Stuck(why) => {
            let shown = json!({ "outcome": "stuck", "why": why, "pending": pending });
            Err(Refusal::shown(&why, shown))
        }
    }
}

pub fn status(of: &FolderArguments) -> Answer {
    let laptop = folder::open(of)?;
    Ok(json!({ "state": laptop.state()?, "pending": pending(&laptop)? }))
}

fn pending(laptop: &Laptop) -> Result<Value, ApiError> {
    let view: SyncView = case::ask(laptop, "sync.status", json!({}))?;
    let why = match &view.stuck {
        Some(stuck) => json!(stuck),
        None if view.pending_events + view.pending_photos > 0 => json!({ "code": "not_sent_yet" }),
        None => Value::Null,
    };
    serde_json::to_value(&view)
        .map(|mut value| {
            if let Some(object) = value.as_object_mut() {
                object.insert("why".to_owned(), why);
                // The chip is about a running program; this one ends with this line.
                object.remove("chip");
            }
            value
        })
        .map_err(|e| ApiError::new(ErrorCode::Internal).with("op", e))
}
