//! Dates that explain themselves, by the town's clock as well as this machine knows it.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime};
use xunju_domain::case::payload::DeadlineFact;
use xunju_domain::deadline::{bucket, named, read_stamp, workdays_left};

use crate::Api;
use crate::view::deadline::{DeadlineStep, DeadlineView};

const SHANGHAI_MS: i64 = 8 * 3_600_000;

impl Api {
    /// Local time in Shanghai by the server's clock where this boot has heard it, else by the machine's own.
    pub(crate) fn now(&self) -> NaiveDateTime {
        DateTime::from_timestamp_millis(self.now_ms() + SHANGHAI_MS).unwrap_or_default().naive_utc()
    }

    pub(crate) fn now_ms(&self) -> i64 {
        let anchor = self.store.anchor(&self.clock.boot()).ok().flatten();
        anchor.map_or_else(|| self.clock.wall_ms(), |a| a.srv + (self.clock.mono_ms() - a.mono))
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.now().date()
    }

    /// The last date that is overdue today.
    pub(crate) fn yesterday(&self) -> String {
        (self.today() - Days::new(1)).to_string()
    }

    /// First and last due date of a bucket of 今天; `week` ends on Sunday.
    pub(crate) fn bucket_bounds(&self, name: Option<&str>) -> (Option<String>, Option<String>) {
        let today = self.today();
        let weekday = chrono::Datelike::weekday(&today).num_days_from_monday();
        let sunday = today + Days::new(u64::from(6 - weekday));
        let day = |date: NaiveDate| Some(date.to_string());
        match name {
            Some("overdue") => (None, Some(self.yesterday())),
            Some("today") => (day(today), day(today)),
            Some("week") => (day(today + Days::new(1)), day(sunday.max(today))),
            Some("later") => (day(sunday + Days::new(1)), None),
            _ => (None, None),
        }
    }

    /// The deadline as it was decided, with the sum behind it counted again for show.
    pub(crate) fn deadline_view(&self, fact: &DeadlineFact) -> DeadlineView {
        let calendar = &*self.calendar();
        let counted =
            read_stamp(&fact.start).and_then(|start| named(calendar, &fact.rule, fact.n, &fact.unit, start, &[]).ok());
        let steps = counted.map(|d| d.steps).unwrap_or_default();
        let due = read_stamp(&fact.due_at).unwrap_or_default();
        let now = self.now();
        DeadlineView {
            due_at: fact.due_at.clone(),
            due_date: fact.due_date().to_owned(),
            rule: fact.rule.clone(),
            n: fact.n,
            unit: fact.unit.clone(),
            label: fact.label.clone(),
            basis: fact.basis.clone(),
            start: fact.start.clone(),
            provisional: fact.provisional,
            calendar_version: fact.calendar_version.clone(),
            was: None,
            steps: steps
                .into_iter()
                .map(|s| DeadlineStep { at: s.at, kind: s.kind.to_owned(), count: s.count, name: s.name })
                .collect(),
            workdays_left: workdays_left(calendar, due, now),
            bucket: bucket(due, now).to_owned(),
        }
    }
}
