//! The town server's answer to one stored event, for every kind of record (sync.md §3.4: accept first, judge
//! afterwards).

use serde_json::Value;

use crate::calendar;
use crate::case::{self, CaseState};
use crate::deadline::Calendar;
use crate::event::FoldEvent;

/// What the server does with an event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judgement {
    /// Not permitted: kept, shown to author and supervisor (待裁定), not sent to other devices.
    pub quarantine: bool,
    /// `data` of the `<kind>.ruled` events to write, none when the event needs no ruling.
    pub rulings: Vec<Value>,
}

impl Judgement {
    /// Stands or is put aside, without a word of the server's own.
    #[must_use]
    pub fn stands(may: bool) -> Self {
        Self { quarantine: !may, rulings: Vec::new() }
    }
}

/// The record an event belongs to, as it stands: everything in sequence so far, perhaps with the event itself.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// `case:0192…`
    pub record: &'a str,
    pub scope: &'a str,
    pub events: &'a [FoldEvent],
}

/// A proceeding rarely runs longer; what lies further off counts with the shipped calendar.
const YEARS_BEFORE: i32 = 4;
const YEARS_AFTER: i32 = 2;

/// What a judgement must know of the town beyond the record itself.
pub trait Registry {
    /// The next official number of a series, `WJ` for cases of that category; taken when asked for.
    fn next_no(&mut self, series: &str) -> String;
    /// A run of document numbers nobody else has, first and last, of at most `count`, with the town's name; taken when
    /// asked for.
    fn lease(&mut self, _series: &str, _year: i32, _count: u32) -> Option<(u32, u32, String)> {
        None
    }
    /// Numbers that may be leased anew.
    fn give_back(&mut self, _series: &str, _year: i32, _first: u32, _last: u32) {}
    /// Gives a document number to a paper; false where another paper has it.
    fn take_no(&mut self, _series: &str, _year: i32, _seq: u32, _paper: &str) -> bool {
        false
    }
    /// How many numbers of a run are given to papers.
    fn nos_taken(&mut self, _series: &str, _year: i32, _first: u32, _last: u32) -> u32 {
        0
    }
    /// The scope and the standing events of another record; none where there is no such record.
    fn record(&mut self, record: &str) -> Option<(String, Vec<FoldEvent>)>;
    /// The calendar that counts in the years around one: the shipped one under what the town has published.
    fn calendar(&mut self, year: i32) -> Calendar {
        let states = (year - YEARS_BEFORE..=year + YEARS_AFTER).filter_map(|year| {
            let record = format!("calendar:{year}");
            self.record(&record).map(|(_, events)| calendar::fold(&record, &events))
        });
        calendar::in_force(&states.collect::<Vec<_>>())
    }
    /// Papers and proceedings of a compound, with their standing events.
    fn annex(&mut self, _scope: &str) -> Vec<(String, Vec<FoldEvent>)> {
        Vec::new()
    }
    /// A case by its id.
    fn case(&mut self, id: &str) -> Option<CaseState> {
        let record = format!("case:{id}");
        self.record(&record).map(|(scope, events)| case::fold(&record, &scope, &events))
    }
}
