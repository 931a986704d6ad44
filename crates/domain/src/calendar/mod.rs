//! 节假日: the State Council's notice for one year, published in the town as a record `calendar:<year>` with
//! versions (domain.md §4.3). What is shipped with the program counts until a version is published.
//!
//! [`notice`] reads the notice's own sentences, [`file`] the usual files, [`check`] says what is wrong with either.
pub mod check;
pub mod file;
pub mod notice;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use check::{Problem, check};

use crate::deadline::Calendar;
use crate::event::{EventId, FoldEvent, NewEvent, Projection};
use crate::graph::Graph;
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::{Action, Grant, may};
use crate::record;

pub const PUBLISHED: &str = "calendar.published";

/// One day the notice names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NamedDay {
    pub date: NaiveDate,
    /// 放假; false for 上班.
    pub off: bool,
    /// The festival it belongs to.
    pub name: String,
}

/// What a version says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Published {
    pub year: i32,
    /// `国办发明电〔2026〕1号`
    pub notice_no: String,
    /// Address of the notice, or where the text came from.
    pub source: String,
    pub days: Vec<NamedDay>,
    /// 法定节假日 proper, where the program does not know them for that year.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statutory: Vec<NamedDay>,
}

/// One published version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub event: EventId,
    /// `2027.3fa9c1d2`: the year, and the beginning of the event's id.
    pub id: String,
    #[serde(flatten)]
    pub published: Published,
    pub author: String,
    pub wall_ms: i64,
}

/// What `Projection.doc` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarState {
    pub year: i32,
    /// In the order of the graph; the one in force last.
    pub versions: Vec<Version>,
    pub heads: Vec<EventId>,
}

impl CalendarState {
    #[must_use]
    pub fn in_force(&self) -> Option<&Version> {
        self.versions.last()
    }
}

/// Folds a year: every version; in force is the newest, of several that do not know of each other the one with
/// the smallest id. A version that does not hold (see [`check`]) is none.
#[must_use]
pub fn fold(record: &str, events: &[FoldEvent]) -> CalendarState {
    let graph = Graph::new(events);
    let year = record::id_of(record).parse().unwrap_or_default();
    let read = |e: &FoldEvent| {
        let published: Published = serde_json::from_value(e.data.clone()).ok()?;
        let fits = e.kind == PUBLISHED && e.tv == 1 && published.year == year;
        (fits && check(&published).iter().all(|p| !p.blocks)).then(|| version(e, published))
    };
    let all: Vec<_> = graph.iter().filter_map(|(at, e)| Some((at, read(e)?))).collect();
    let newest = graph.maximal(&all.iter().map(|(at, _)| *at).collect::<Vec<_>>());
    let chosen = all.iter().filter(|(at, _)| newest.contains(at)).map(|(_, v)| v).min_by(|a, b| a.event.cmp(&b.event));
    let chosen = chosen.cloned();
    let others = all.into_iter().map(|(_, v)| v).filter(|v| Some(&v.event) != chosen.as_ref().map(|c| &c.event));
    let versions = others.chain(chosen.clone()).collect();
    CalendarState { year, versions, heads: graph.heads() }
}

fn version(event: &FoldEvent, published: Published) -> Version {
    let short: String = event.id.chars().take(8).collect();
    Version {
        id: format!("{}.{short}", published.year),
        event: event.id.clone(),
        published,
        author: event.actor.clone(),
        wall_ms: event.wall_ms,
    }
}

#[must_use]
pub fn project(record: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let state = fold(record, events);
    Projection {
        kind: "calendar".into(),
        scope: scope.to_owned(),
        search: state.year.to_string(),
        doc: serde_json::to_value(&state).unwrap_or_default(),
        ..Projection::default()
    }
}

/// The office and the administrator publish (domain.md §7), and only what holds.
pub fn judge(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    let sound = || {
        let published: Option<Published> = serde_json::from_value(event.data.clone()).ok();
        event.kind == PUBLISHED
            && published.is_some_and(|p| {
                record::id_of(of.record) == p.year.to_string() && check(&p).iter().all(|problem| !problem.blocks)
            })
    };
    Judgement::stands(event.by_server || may(&grant.roles, Action::Calendar) && sound())
}

/// The event of a new version.
///
/// # Errors
/// Everything that stands in the way.
pub fn publish(published: &Published, user: &str) -> Result<NewEvent, Vec<Problem>> {
    let problems: Vec<Problem> = check(published).into_iter().filter(|p| p.blocks).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(NewEvent {
        record: format!("calendar:{}", published.year),
        scope: record::TOWN.into(),
        kind: PUBLISHED.into(),
        tv: 1,
        actor: user.to_owned(),
        parents: Vec::new(),
        blobs: Vec::new(),
        data: serde_json::to_value(published).unwrap_or_default(),
    })
}

/// The calendar that counts: the shipped one under every version in force.
#[must_use]
pub fn in_force(states: &[CalendarState]) -> Calendar {
    let mut versions: Vec<&Version> = states.iter().filter_map(CalendarState::in_force).collect();
    versions.sort_by_key(|v| v.published.year);
    versions.into_iter().fold(Calendar::standard().clone(), |calendar, v| calendar.with(&v.published, &v.id))
}
