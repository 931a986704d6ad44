//! 节假日: what counts, what a text says, and a new version of a year.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use xunju_domain::calendar::{self, CalendarState, file, notice::Read};
use xunju_domain::deadline::{Calendar, Day};
use xunju_domain::permission::{Action, may};
use xunju_store::{Commit, Query};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::app::Nothing;
use crate::view::calendar::{
    CalendarDay, CalendarFound, CalendarList, CalendarMonth, CalendarPreview, CalendarPublish, CalendarText,
    CalendarVersion, CalendarYear, CalendarYearRef, YearCard,
};
use crate::{Api, Caller, doc};

/// Years shown before the newest, and after the current one.
const YEARS_BACK: i32 = 3;
const YEARS_MAX: u32 = 200;

/// # Errors
/// Disk failures.
pub fn list(api: &Api, caller: &Caller, _: Nothing) -> Result<CalendarList, ApiError> {
    let states = api.published_years()?;
    let counts = api.calendar();
    let this = api.today().year();
    let newest = states.iter().map(|s| s.year).chain([this + 1, counts.shipped().1]).max().unwrap_or(this);
    let years = (this - YEARS_BACK..=newest).rev().map(|year| card(&counts, &states, year));
    Ok(CalendarList {
        version: counts.version.clone(),
        years: years.collect(),
        may_publish: may(&caller.roles(), Action::Calendar),
        today: api.today().to_string(),
    })
}

/// # Errors
/// `Invalid` for a year no calendar can name; disk failures.
pub fn year(api: &Api, _: &Caller, of: CalendarYearRef) -> Result<CalendarYear, ApiError> {
    let states = api.published_years()?;
    let counts = api.calendar();
    let names = api.names()?;
    let state = states.iter().find(|s| s.year == of.year);
    let versions = state.map(|s| s.versions.as_slice()).unwrap_or_default().iter().rev().enumerate();
    let months: Option<Vec<CalendarMonth>> = (1..=12).map(|m| month(&counts, of.year, m)).collect();
    Ok(CalendarYear {
        card: card(&counts, &states, of.year),
        months: months.ok_or_else(|| ApiError::new(ErrorCode::Invalid).at("year").with("problem", "out_of_range"))?,
        versions: versions
            .map(|(i, v)| CalendarVersion {
                id: v.id.clone(),
                notice_no: v.published.notice_no.clone(),
                source: v.published.source.clone(),
                days: u32::try_from(v.published.days.len()).unwrap_or(u32::MAX),
                author: names.of(&v.author),
                wall_ms: v.wall_ms,
                in_force: i == 0,
            })
            .collect(),
    })
}

/// # Errors
/// `NotAllowed`. What is wrong with the text is in the answer.
pub fn preview(api: &Api, caller: &Caller, asked: CalendarText) -> Result<CalendarPreview, ApiError> {
    caller.require(Action::Calendar)?;
    let Read { published, problems, unread } = file::read(&asked.text, asked.year);
    let counts = api.calendar();
    let days = published.days.into_iter().map(|d| CalendarFound {
        date: d.date.to_string(),
        weekday: d.date.weekday().number_from_monday(),
        new: counts.is_work(d.date) == d.off,
        off: d.off,
        name: d.name,
    });
    Ok(CalendarPreview {
        year: published.year,
        notice_no: published.notice_no,
        source: published.source,
        days: days.collect(),
        sound: problems.iter().all(|p| !p.blocks),
        problems,
        unread,
    })
}

/// Reads the text again, so that nothing is published that was not checked.
///
/// # Errors
/// `NotAllowed`; `Invalid` with every problem that stands in the way.
pub fn publish(api: &Api, caller: &Caller, asked: CalendarPublish) -> Result<CalendarYear, ApiError> {
    caller.require(Action::Calendar)?;
    let Read { mut published, problems, .. } = file::read(&asked.text, asked.year);
    let blocking: Vec<String> =
        problems.iter().filter(|p| p.blocks).map(|p| format!("{}:{}", p.code, p.date)).collect();
    let refused = |all: Vec<String>| {
        let first = all.first().cloned().unwrap_or_default();
        ApiError::new(ErrorCode::Invalid).at("text").with("problem", first).with("all", all.join(","))
    };
    if !blocking.is_empty() {
        return Err(refused(blocking));
    }
    for (own, given) in [(&mut published.notice_no, asked.notice_no), (&mut published.source, asked.source)] {
        if !given.trim().is_empty() {
            given.trim().clone_into(own);
        }
    }
    let event = calendar::publish(&published, &caller.user)
        .map_err(|all| refused(all.iter().map(|p| format!("{}:{}", p.code, p.date)).collect()))?;
    let year = published.year;
    api.commit(Commit { events: vec![event], ..Commit::empty() }, "")?;
    self::year(api, caller, CalendarYearRef { year })
}

fn card(counts: &Calendar, states: &[CalendarState], year: i32) -> YearCard {
    let versions = states.iter().find(|s| s.year == year).map_or(0, |s| s.versions.len());
    let stands = match () {
        () if versions > 0 => "published",
        () if counts.is_official_year(year) => "shipped",
        () => "provisional",
    };
    YearCard { year, stands: stands.to_owned(), versions: u32::try_from(versions).unwrap_or(u32::MAX) }
}

fn month(counts: &Calendar, year: i32, month: u32) -> Option<CalendarMonth> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let days = first.iter_days().take_while(|d| d.month() == month).map(|date| {
        let (kind, name) = match counts.day(date) {
            Day::Work => ("work", String::new()),
            Day::MakeUp(name) => ("make_up", name),
            Day::Weekend => ("weekend", String::new()),
            Day::Holiday(name) => ("holiday", name),
        };
        CalendarDay { date: date.to_string(), kind: kind.to_owned(), name, statutory: counts.festival(date).is_some() }
    });
    Some(CalendarMonth { month, starts_on: first.weekday().number_from_monday(), days: days.collect() })
}

impl Api {
    fn published_years(&self) -> Result<Vec<CalendarState>, ApiError> {
        let query = Query { kind: "calendar".into(), limit: YEARS_MAX, ..Query::default() };
        self.store().records(&query).refused()?.iter().map(doc).collect()
    }

    /// The calendar every deadline here counts with: the shipped one under what the town has published. A disk that
    /// cannot be read leaves the shipped one, and is told by every other answer.
    #[must_use]
    pub fn calendar(&self) -> Arc<Calendar> {
        if let Some(known) = crate::held(&self.calendar).clone() {
            return known;
        }
        let Ok(states) = self.published_years() else { return Arc::new(Calendar::standard().clone()) };
        let calendar = Arc::new(calendar::in_force(&states));
        *crate::held(&self.calendar) = Some(Arc::clone(&calendar));
        calendar
    }

    /// Open cases whose deadline may come out otherwise under the calendar that counts: after a new version all, else
    /// those still provisional. Each with what it stands on, which changes whenever the case does.
    ///
    /// # Errors
    /// Disk failures.
    pub fn cases_to_recount(&self, all: bool, offset: u32, limit: u32) -> Result<Vec<(String, String)>, ApiError> {
        let flag = if all { "open" } else { "provisional" };
        let facets = vec![(flag.to_owned(), "1".to_owned())];
        let order = xunju_store::Order::Oldest;
        let query = Query { kind: "case".into(), facets, order, offset, limit, ..Query::default() };
        let rows = self.store().records(&query).refused()?.into_iter();
        Ok(rows.map(|row| (row.id, row.doc.get("heads").map(ToString::to_string).unwrap_or_default())).collect())
    }
}
