//! 文号: blocks asked for in time, the next number, and where every number has gone (domain.md §5.3).

use std::collections::BTreeMap;

use xunju_domain::numbers::{self, Block, NumbersState, Returned};
use xunju_domain::paper::PaperState;
use xunju_domain::paper::numbering::{Number, book};
use xunju_domain::paper::terms::terms;
use xunju_store::{Commit, Query};

use crate::error::{ApiError, ErrorCode};
use crate::refuse::Refused;
use crate::view::app::Nothing;
use crate::view::paper::{NumberBlock, NumberUse};
use crate::{Api, Caller, doc};

const BLOCK_PAPERS_MAX: u32 = 1_000;

/// Every block on this machine, number by number: gaps are explained, never closed.
///
/// # Errors
/// Disk failures.
pub fn list(api: &Api, caller: &Caller, _: Nothing) -> Result<Vec<NumberBlock>, ApiError> {
    api.ask_for_numbers(caller)?;
    blocks(api)
}

/// Gives every unused number of this machine back: before a laptop is handed in, or a year ends.
///
/// # Errors
/// `NotEnrolled`, disk failures.
pub fn give_back(api: &Api, caller: &Caller, _: Nothing) -> Result<Vec<NumberBlock>, ApiError> {
    let me = api.store().identity().refused()?.ok_or_else(|| ApiError::new(ErrorCode::NotEnrolled))?;
    {
        let _turn = crate::held(&api.numbering);
        let all = Query { kind: "numbers".into(), limit: BLOCK_PAPERS_MAX, ..Query::default() };
        let mut events = Vec::new();
        for row in api.store().records(&all).refused()? {
            let state: NumbersState = doc(&row)?;
            for block in state.blocks.iter().filter(|b| state.device == me.device && b.inc == me.inc) {
                let from = api.next_in(block, state.year)?;
                if from <= block.end() {
                    let returned = Returned { series: block.series.clone(), block: block.first, from };
                    events.push(numbers::hand_back(&me.device, state.year, &caller.user, &returned));
                }
            }
        }
        if !events.is_empty() {
            api.commit(Commit { events, ..Commit::empty() }, "")?;
        }
    }
    blocks(api)
}

fn blocks(api: &Api) -> Result<Vec<NumberBlock>, ApiError> {
    let me = api.store().identity().refused()?.ok_or_else(|| ApiError::new(ErrorCode::NotEnrolled))?;
    let all = Query { kind: "numbers".into(), limit: BLOCK_PAPERS_MAX, ..Query::default() };
    let mut blocks = Vec::new();
    for row in api.store().records(&all).refused()? {
        let state: NumbersState = doc(&row)?;
        // A laptop does not hold the papers of other machines; the desk holds all.
        if !api.is_desk() && state.device != me.device {
            continue;
        }
        let current = api.current_inc(&state.device)?;
        for block in &state.blocks {
            blocks.push(api.block_view(&state, block, block.inc < current)?);
        }
    }
    Ok(blocks)
}

impl Api {
    /// Asks the server for a block of every series this person may number in and has few left of. Answered at the
    /// next exchange; what is asked for already is not asked again. Says whether anything was asked for.
    ///
    /// # Errors
    /// Disk failures.
    pub fn ask_for_numbers(&self, caller: &Caller) -> Result<bool, ApiError> {
        let Some(me) = self.store.identity().refused()? else { return Ok(false) };
        let _turn = crate::held(&self.numbering);
        let today = self.today().to_string();
        let year = chrono::Datelike::year(&self.today());
        let roles = caller.roles();
        let state = self.leased(&me.device, year)?;
        let mut wanted = Vec::new();
        for series in &book().series {
            let serves = book().series_of(&series.template, &today).is_some_and(|s| s.id == series.id);
            let may = terms(&series.template).is_some_and(|t| t.may_issue(&roles));
            if serves
                && may
                && !state.asked.contains(&series.id)
                && self.left(&state, &series.id, me.inc)? < book().ask_below
            {
                wanted.push(series.id.clone());
            }
        }
        if wanted.is_empty() {
            return Ok(false);
        }
        let ask = numbers::ask(&me.device, year, &caller.user, wanted);
        self.commit(Commit { events: vec![ask], ..Commit::empty() }, "").map(|_| true)
    }

    fn leased(&self, device: &str, year: i32) -> Result<NumbersState, ApiError> {
        let row = self.store.record(&numbers::record_of(device, year)).refused()?;
        row.map_or_else(
            || Ok(NumbersState { device: device.to_owned(), year, ..NumbersState::default() }),
            |row| doc(&row),
        )
    }

    fn left(&self, state: &NumbersState, series: &str, inc: u32) -> Result<u32, ApiError> {
        let mut left = 0;
        for block in state.blocks.iter().filter(|b| b.series == series && b.inc == inc) {
            left += (block.end() + 1).saturating_sub(self.next_in(block, state.year)?);
        }
        Ok(left)
    }

    /// Numbers of a template's series left on this machine.
    pub(crate) fn numbers_left(&self, template: &str, on: &str) -> Result<Option<u32>, ApiError> {
        let Some(series) = book().series_of(template, on) else { return Ok(None) };
        let Some(me) = self.store.identity().refused()? else { return Ok(Some(0)) };
        let state = self.leased(&me.device, year_of(on))?;
        self.left(&state, &series.id, me.inc).map(Some)
    }

    /// The next number for a paper of this day. The caller holds `numbering` until the paper is committed.
    ///
    /// # Errors
    /// `NoNumbers` when every number on this machine is used.
    pub(crate) fn next_number(&self, template: &str, on: &str) -> Result<Option<Number>, ApiError> {
        let Some(series) = book().series_of(template, on) else { return Ok(None) };
        let me = self.store.identity().refused()?.ok_or_else(|| ApiError::new(ErrorCode::NotEnrolled))?;
        let state = self.leased(&me.device, year_of(on))?;
        for block in state.blocks.iter().filter(|b| b.series == series.id && b.inc == me.inc) {
            let seq = self.next_in(block, state.year)?;
            if block.may_give(seq) {
                let text = book().text(series, &block.town, state.year, seq);
                return Ok(Some(Number { series: series.id.clone(), year: state.year, seq, block: block.first, text }));
            }
        }
        Err(ApiError::new(ErrorCode::NoNumbers).with("series", &series.id).with("template", template).retryable())
    }

    /// After the highest number of the block that any paper here carries, whatever became of that paper.
    fn next_in(&self, block: &Block, year: i32) -> Result<u32, ApiError> {
        let used = self.used_of(block, year)?.into_keys().next_back();
        Ok(used.map_or(block.first, |last| last + 1))
    }

    fn used_of(&self, block: &Block, year: i32) -> Result<BTreeMap<u32, PaperState>, ApiError> {
        let facet = xunju_domain::paper::block_facet(&block.series, year, block.first);
        let query = Query {
            kind: "paper".into(),
            facets: vec![("block".into(), facet)],
            limit: BLOCK_PAPERS_MAX,
            ..Query::default()
        };
        let rows = self.store.records(&query).refused()?;
        let papers = rows.iter().map(doc::<PaperState>).collect::<Result<Vec<_>, _>>()?;
        Ok(papers.into_iter().filter_map(|p| Some((p.issued.number.as_ref()?.seq, p))).collect())
    }

    fn current_inc(&self, device: &str) -> Result<u32, ApiError> {
        let me = self.store.identity().refused()?;
        if let Some(me) = me.filter(|me| me.device == device) {
            return Ok(me.inc);
        }
        let row = self.store.record(&format!("device:{device}")).refused()?;
        Ok(row
            .and_then(|row| row.doc.get("inc").and_then(serde_json::Value::as_u64))
            .map_or(0, |inc| u32::try_from(inc).unwrap_or(0)))
    }

    fn block_view(&self, state: &NumbersState, block: &Block, ended: bool) -> Result<NumberBlock, ApiError> {
        let used = self.used_of(block, state.year)?;
        let next = used.keys().next_back().map_or(block.first, |last| last + 1);
        let series = book().series(&block.series);
        let one = |seq: u32| {
            let paper = used.get(&seq);
            let text = series.map(|s| book().text(s, &block.town, state.year, seq)).unwrap_or_default();
            let (word, reason) = match paper {
                Some(p) if p.status == "voided" => ("voided", p.voided.as_ref().map(|v| v.reason.clone())),
                Some(p) if p.status == "refused" => ("refused", p.refused.clone()),
                Some(_) => ("used", None),
                None if !block.may_give(seq) => ("returned", None),
                None if ended => ("lost_chain", None),
                None => ("unused", None),
            };
            let paper = paper.map(|p| p.id.clone());
            NumberUse { seq, text, state: word.to_owned(), paper, reason: reason.unwrap_or_default() }
        };
        Ok(NumberBlock {
            series: block.series.clone(),
            template: series.map(|s| s.template.clone()).unwrap_or_default(),
            year: state.year,
            first: block.first,
            last: block.last,
            device: state.device.clone(),
            ended,
            left: if ended { 0 } else { (block.end() + 1).saturating_sub(next) },
            numbers: (block.first..=block.last).map(one).collect(),
        })
    }
}

fn year_of(on: &str) -> i32 {
    on.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0)
}
