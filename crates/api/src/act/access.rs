//! 访问日志: written before personal data is answered, read by auditors, and by everybody for their own part.

use chrono::{Days, NaiveDate};
use xunju_domain::access::{self, AccessState, Noted};
use xunju_domain::permission::{Action, may};
use xunju_store::{Commit, Order, Query};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::access::{AccessPage, AccessQuery, AccessRow};
use crate::view::app::Host;
use crate::{Api, Caller, doc};

const ROWS_MAX: u32 = 200;
/// Person-days read for one answer; more of them ask for a shorter span.
const DAYS_READ_MAX: u32 = 5_000;
/// Days shown when no span is asked for.
const SPAN_DAYS: u64 = 31;

/// What a command did to data, before it is noted with who and where.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// One of [`access::ACTIONS`].
    pub action: &'static str,
    /// Record ids, or the name of what was taken out.
    pub objects: Vec<String>,
    pub fields: Vec<String>,
    pub reason: String,
}

impl Api {
    /// Writes one entry of the access log, durably, before it returns: call it before the data leaves.
    ///
    /// # Errors
    /// `Invalid` for an entry without what it needs (a reason for unmasking, export, deletion); disk failures. In
    /// both cases the data must not be given.
    pub fn note_access(&self, caller: &Caller, access: Access) -> Result<(), ApiError> {
        let noted = Noted {
            action: access.action.to_owned(),
            objects: access.objects,
            fields: access.fields,
            reason: access.reason.trim().to_owned(),
            roles: caller.roles.clone(),
            host: if caller.host == Host::Web { "web" } else { "desktop" }.to_owned(),
        };
        if let Some(field) = noted.problem() {
            let problem = if noted.reason.is_empty() { "required" } else { "too_long" };
            return Err(ApiError::new(ErrorCode::Invalid).at(field).with("problem", problem));
        }
        let event = access::note(&caller.user, self.today(), &noted);
        self.commit(Commit { events: vec![event], ..Commit::empty() }, "").map(drop)
    }
}

/// # Errors
/// `NotAllowed` for another person's log without the right to see the logs; `Invalid` for a day that is none.
pub fn page(api: &Api, caller: &Caller, asked: AccessQuery) -> Result<AccessPage, ApiError> {
    let audits = may(&caller.roles(), Action::Audit);
    let user = if audits { asked.user } else { Some(asked.user.unwrap_or_else(|| caller.user.clone())) };
    if user.as_ref().is_some_and(|user| *user != caller.user) {
        caller.require(Action::Audit)?;
    }
    let to = day(asked.to.as_deref(), "to")?.unwrap_or_else(|| api.today());
    let from = day(asked.from.as_deref(), "from")?.unwrap_or(to - Days::new(SPAN_DAYS));
    let facets = [("user", user), ("action", asked.action.clone())];
    let query = Query {
        kind: "access".into(),
        facets: facets.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect(),
        due_from: Some(from.to_string()),
        due_to: Some(to.to_string()),
        order: Order::Due,
        limit: DAYS_READ_MAX,
        ..Query::default()
    };
    if api.store().count(&query).refused()? > DAYS_READ_MAX {
        return Err(ApiError::new(ErrorCode::Invalid).at("from").with("problem", "too_many"));
    }
    let names = api.names()?;
    let mut rows = Vec::new();
    for row in api.store().records(&query).refused()? {
        let AccessState { user, entries, .. } = doc(&row)?;
        let wanted = entries.into_iter().filter(|e| asked.action.as_ref().is_none_or(|a| *a == e.noted.action));
        rows.extend(wanted.map(|entry| view(&user, names.of(&user), entry)));
    }
    rows.sort_by(|a: &AccessRow, b| b.wall_ms.cmp(&a.wall_ms).then(a.event.cmp(&b.event)));
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let limit = if asked.limit == 0 { ROWS_MAX } else { asked.limit.min(ROWS_MAX) };
    let (skip, take) = (usize::try_from(asked.offset).unwrap_or(usize::MAX), usize::try_from(limit).unwrap_or(0));
    let rows = rows.into_iter().skip(skip).take(take).collect();
    Ok(AccessPage { total, from: from.to_string(), to: to.to_string(), rows })
}

fn view(user: &str, name: String, entry: access::Entry) -> AccessRow {
    let Noted { action, objects, fields, reason, roles, host } = entry.noted;
    let (event, device, wall_ms, received_ms) = (entry.event, entry.device, entry.wall_ms, entry.received_ms);
    let user = user.to_owned();
    AccessRow { event, user, name, roles, device, action, objects, fields, reason, host, wall_ms, received_ms }
}

fn day(text: Option<&str>, field: &str) -> Result<Option<NaiveDate>, ApiError> {
    let read = |text: &str| {
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map_err(|_| ApiError::new(ErrorCode::Invalid).at(field).with("problem", "not_a_date"))
    };
    text.filter(|t| !t.is_empty()).map(read).transpose()
}
