//! 今天: what is due, what came back, what was begun.

use xunju_domain::permission::{Action, may};
use xunju_store::{Order, Query};

use crate::error::ApiError;
use crate::refuse::Refused;
use crate::view::app::Nothing;
use crate::view::work::{Bucket, DutyView, ReturnedCase, TodayView};
use crate::{Api, Caller, doc};

/// Rows shown of each bucket; the count is always of the whole.
const ROWS_SHOWN: u32 = 50;
/// Rows shown of each list of work.
const DUTY_ROWS_SHOWN: u32 = 5;

/// States in which it is somebody else's turn, seen from an inspector.
const WAITING: [&str; 4] = ["REPORTED", "ACCEPTED", "DISPATCHED", "HANDLING"];

/// # Errors
/// Disk failures.
pub fn show(api: &Api, caller: &Caller, _: Nothing) -> Result<TodayView, ApiError> {
    let sees = may(&caller.roles(), Action::See);
    let today = api.today();
    let bucket = |name: &str| if sees { due(api, caller, name) } else { Ok(Bucket::default()) };
    Ok(TodayView {
        date: today.format("%Y-%m-%d").to_string(),
        weekday: u8::try_from(chrono::Datelike::weekday(&today).number_from_monday()).unwrap_or(1),
        round: api.round(caller)?.map(|state| api.round_card(caller, &state)).transpose()?,
        rounds: api.rounds_due(caller)?,
        returned: if sees { returned(api, caller)? } else { Vec::new() },
        drafts: super::draft::list(api, caller, Nothing {})?,
        late_photos: api.late_photos(caller)?,
        pairs: if may(&caller.roles(), Action::File) {
            u32::try_from(api.pairs(caller)?.len()).unwrap_or(u32::MAX)
        } else {
            0
        },
        duties: if sees { duties(api, caller)? } else { Vec::new() },
        overdue: bucket("overdue")?,
        today: bucket("today")?,
        week: bucket("week")?,
        waiting: if sees { waiting(api, caller)? } else { Bucket::default() },
        done_today: api.done_today(caller)?,
        unvisited: if sees { api.unvisited(caller)? } else { 0 },
    })
}

/// Open cases by deadline that are not just waiting for the office.
fn due(api: &Api, caller: &Caller, name: &str) -> Result<Bucket, ApiError> {
    let (due_from, due_to) = api.bucket_bounds(Some(name));
    let query = Query { due_from, due_to, ..open(caller) };
    fill(api, query)
}

/// 待办: what waits for this person's own next step; empty lists are left out.
fn duties(api: &Api, caller: &Caller) -> Result<Vec<DutyView>, ApiError> {
    let mut all = Vec::new();
    for (key, query) in super::duty::duties(api, caller) {
        let bucket = fill(api, Query { order: Order::Due, limit: DUTY_ROWS_SHOWN, ..query })?;
        if bucket.count > 0 {
            all.push(DutyView { key: key.to_owned(), bucket });
        }
    }
    Ok(all)
}

fn open(caller: &Caller) -> Query {
    Query { order: Order::Due, limit: ROWS_SHOWN, ..caller.cases(vec![("open", "1".into())]) }
}

/// 等别人: reported by this person, and somebody else's turn.
pub fn waiting_for(caller: &Caller) -> Query {
    let mut query = Query { status: WAITING.map(str::to_owned).to_vec(), ..open(caller) };
    query.facets.push(("author".into(), caller.user.clone()));
    query
}

fn waiting(api: &Api, caller: &Caller) -> Result<Bucket, ApiError> {
    fill(api, waiting_for(caller))
}

fn fill(api: &Api, query: Query) -> Result<Bucket, ApiError> {
    let names = api.names()?;
    let rows = api.store().records(&query).refused()?;
    let rows = rows.iter().map(|row| api.card(&doc(row)?, &names)).collect::<Result<_, _>>()?;
    Ok(Bucket { count: api.store().count(&query).refused()?, rows })
}

fn returned(api: &Api, caller: &Caller) -> Result<Vec<ReturnedCase>, ApiError> {
    let query = Query {
        kind: "case".into(),
        status: vec!["RETURNED".into()],
        facets: vec![("author".into(), caller.user.clone())],
        limit: ROWS_SHOWN,
        ..Query::default()
    };
    let names = api.names()?;
    let mut cases = Vec::new();
    for row in api.store().records(&query).refused()? {
        let state: xunju_domain::case::CaseState = doc(&row)?;
        if let Some(returned) = api.returned_view(&state, &names) {
            cases.push(ReturnedCase { card: api.card(&state, &names)?, returned });
        }
    }
    Ok(cases)
}

impl Api {
    /// What this person recorded or asked for today.
    fn done_today(&self, caller: &Caller) -> Result<u32, ApiError> {
        let now = self.clock.wall_ms();
        let midnight = now - (now + 8 * 3_600_000).rem_euclid(86_400_000);
        let count = |kind: &str| self.store.acts_since(&caller.user, kind, midnight).refused();
        Ok(count("case.recorded")? + count("case.act")?)
    }
}
