//! `xunjuctl round plan|start|stop|end|list`

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::round::{RoundList, RoundView};
use xunju_link::Laptop;

use crate::answer::Answer;
use crate::arguments::{FolderArguments, RoundCommand, RoundPlanArguments, RoundStopArguments};
use crate::case::{ask, compound, pair_of};
use crate::folder;

pub fn run(of: &FolderArguments, command: &RoundCommand) -> Answer {
    let laptop = folder::open(of)?;
    match command {
        RoundCommand::Plan(asked) => plan(&laptop, asked),
        RoundCommand::Start { id } => start(&laptop, id),
        RoundCommand::Stop(asked) => stop(&laptop, asked),
        RoundCommand::End { id, note } => {
            let round = walking(&laptop, id.as_deref())?;
            Ok(laptop.call("round.act", json!({ "id": round.card.id, "action": "end", "note": note }))?)
        }
        RoundCommand::List { compound: named, mine, open } => {
            let id = named.as_deref().map(|name| compound(&laptop, name)).transpose()?;
            Ok(laptop.call("round.list", json!({ "compound_id": id, "mine": mine, "open": open }))?)
        }
    }
}

fn plan(laptop: &Laptop, asked: &RoundPlanArguments) -> Answer {
    let RoundPlanArguments { compounds, walker, date, stops, note } = asked;
    let compounds = compounds.iter().map(|name| compound(laptop, name)).collect::<Result<Vec<_>, _>>()?;
    let stops: Vec<Value> = stops.iter().map(|label| json!({ "label": label })).collect();
    let request = json!({ "compounds": compounds, "walker": walker, "date": date, "stops": stops, "note": note });
    Ok(laptop.call("round.plan", request)?)
}

/// What is no round is a compound to walk now.
fn start(laptop: &Laptop, id: &str) -> Answer {
    match laptop.call("round.act", json!({ "id": id, "action": "start" })) {
        Err(e) if e.code == ErrorCode::NotFound => {
            Ok(laptop.call("round.begin", json!({ "id": compound(laptop, id)? }))?)
        }
        other => Ok(other?),
    }
}

/// The round named, or the only one of one's own that is being walked.
fn walking(laptop: &Laptop, id: Option<&str>) -> Result<RoundView, ApiError> {
    let id = match id {
        Some(id) => id.to_owned(),
        None => {
            let own: RoundList = ask(laptop, "round.list", json!({ "mine": true, "open": true }))?;
            let mut walked = own.rows.into_iter().filter(|r| r.status == "WALKING");
            match (walked.next(), walked.next()) {
                (Some(one), None) => one.id,
                _ => return Err(ApiError::new(ErrorCode::NotFound).at("round").with("what", "round")),
            }
        }
    };
    ask(laptop, "round.get", json!({ "id": id }))
}

fn stop(laptop: &Laptop, asked: &RoundStopArguments) -> Answer {
    let round = walking(laptop, asked.round.as_deref())?;
    let found = round.stops.iter().find(|s| s.label == asked.stop || s.id == asked.stop);
    let stop = found.ok_or_else(|| ApiError::new(ErrorCode::NotFound).at("stop").with("what", &asked.stop))?;
    let base = json!({ "id": round.card.id, "stop": stop.id });
    let act = |more: Value| {
        let mut request = base.clone();
        if let (Some(into), Value::Object(more)) = (request.as_object_mut(), more) {
            into.extend(more);
        }
        laptop.call("round.act", request)
    };
    for visit in &asked.visits {
        let (room, outcome) = pair_of(visit)?;
        act(json!({ "action": "visit", "room": room, "outcome": outcome }))?;
    }
    Ok(act(json!({ "action": "stop", "result": asked.result, "reason": asked.reason }))?)
}
