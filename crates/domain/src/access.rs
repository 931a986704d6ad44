//! 访问日志: who saw, found, took out or printed what, and why (domain.md §8.3; 网络安全法 21, PIPL 51, 54). One record
//! for each person and day, written by that person's own device, signed and chained like everything else.

use serde::{Deserialize, Serialize};

use crate::event::{EventId, FoldEvent, NewEvent, Projection};
use crate::graph::Graph;
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::Grant;
use crate::record::{self, AUDIT};

pub const NOTED: &str = "access.noted";

/// What can be done to data, as the log tells it.
pub const ACTIONS: &[&str] = &["view", "unmask", "search", "export", "print", "edit", "delete"];
/// Those that need a reason in words.
const REASONED: &[&str] = &["unmask", "export", "delete"];

/// Names in one entry, and characters in each.
pub const NAMES_MAX: usize = 200;
pub const NAME_CHARS_MAX: usize = 200;
pub const REASON_CHARS_MAX: usize = 500;

/// One entry. It names records and fields and never carries their values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Noted {
    /// One of [`ACTIONS`].
    pub action: String,
    /// Record ids, or the name of what was taken out.
    pub objects: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Role codes the person acted under.
    pub roles: Vec<String>,
    /// `desktop` | `web`
    pub host: String,
}

impl Noted {
    /// The first thing wrong with an entry, by field.
    #[must_use]
    pub fn problem(&self) -> Option<&'static str> {
        let long = |names: &[String]| {
            names.len() > NAMES_MAX || names.iter().any(|n| n.is_empty() || n.chars().count() > NAME_CHARS_MAX)
        };
        let reasoned = REASONED.contains(&self.action.as_str());
        match () {
            () if !ACTIONS.contains(&self.action.as_str()) => Some("action"),
            () if self.objects.is_empty() || long(&self.objects) => Some("objects"),
            () if long(&self.fields) || long(&self.roles) || self.host.chars().count() > NAME_CHARS_MAX => {
                Some("fields")
            }
            () if reasoned && self.reason.trim().is_empty() => Some("reason"),
            () if self.reason.chars().count() > REASON_CHARS_MAX => Some("reason"),
            () => None,
        }
    }
}

/// `access:enforcer1-20261124`
#[must_use]
pub fn record_of(user: &str, day: chrono::NaiveDate) -> String {
    format!("access:{user}-{}", day.format("%Y%m%d"))
}

/// Whose log it is and of which day, `2026-11-24`.
#[must_use]
pub fn owner(record: &str) -> Option<(&str, String)> {
    let (user, day) = record::id_of(record).rsplit_once('-')?;
    let digits = day.len() == 8 && day.chars().all(|c| c.is_ascii_digit());
    let day = chrono::NaiveDate::parse_from_str(day, "%Y%m%d").ok().filter(|_| digits)?;
    (!user.is_empty()).then(|| (user, day.to_string()))
}

/// The event of one entry.
#[must_use]
pub fn note(user: &str, day: chrono::NaiveDate, noted: &Noted) -> NewEvent {
    NewEvent {
        record: record_of(user, day),
        scope: AUDIT.into(),
        kind: NOTED.into(),
        tv: 1,
        actor: user.to_owned(),
        parents: Vec::new(),
        blobs: Vec::new(),
        data: serde_json::to_value(noted).unwrap_or_default(),
    }
}

/// One entry as it was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub event: EventId,
    #[serde(flatten)]
    pub noted: Noted,
    pub device: String,
    pub wall_ms: i64,
    /// When the server had it; none while only here.
    pub received_ms: Option<i64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessState {
    pub user: String,
    pub day: String,
    pub entries: Vec<Entry>,
    pub heads: Vec<EventId>,
}

/// Folds a day of somebody's log. What somebody else wrote into it is no part of it.
#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> AccessState {
    let graph = Graph::new(events);
    let (user, day) = owner(record).unwrap_or_default();
    let own = |e: &FoldEvent| e.kind == NOTED && e.tv == 1 && e.actor == user;
    let entry = |e: &FoldEvent| {
        Some(Entry {
            event: e.id.clone(),
            noted: Noted::deserialize(&e.data).ok()?,
            device: e.device.clone(),
            wall_ms: e.wall_ms,
            received_ms: e.received_ms,
        })
    };
    let entries = graph.iter().filter(|(_, e)| own(e)).filter_map(|(_, e)| entry(e)).collect();
    AccessState { user: user.to_owned(), day, entries, heads: graph.heads() }
}

/// Facets: `user`, and each `action` of the day. The day stands in `due`, so that a span of days is a question.
#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    let actions = state.entries.iter().map(|e| ("action".to_owned(), e.noted.action.clone()));
    let mut facets: Vec<(String, String)> = actions.chain([("user".to_owned(), state.user.clone())]).collect();
    facets.sort();
    facets.dedup();
    Projection {
        kind: "access".into(),
        scope: scope.to_owned(),
        status: String::new(),
        due: Some(state.day.clone()),
        search: String::new(),
        facets,
        doc: serde_json::to_value(&state).unwrap_or_default(),
    }
}

/// Only one's own log, only entries, only whole ones. Nothing takes an entry back.
pub fn judge(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    let own = owner(of.record).is_some_and(|(user, _)| user == event.actor) && grant.user == event.actor;
    let sound = event.tv == 1 && Noted::deserialize(&event.data).is_ok_and(|noted| noted.problem().is_none());
    Judgement::stands(own && event.kind == NOTED && sound)
}
