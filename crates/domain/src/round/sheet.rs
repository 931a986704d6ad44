//! What the patrol record (F02 巡查记录表, domain.md §5.2) says, from a round and what was found on it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::RoundState;
use crate::case::decide::Moment;

/// One problem found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    pub case_no: String,
    pub place: String,
    pub problem: String,
    /// Its category.
    #[serde(default)]
    pub kind: String,
    /// 现场处置
    pub handled: String,
    /// SHA-256 of each photo.
    pub photos: Vec<String>,
}

/// 日期, 起止时间, 路线/小区, 巡查人, 发现问题数, 问题清单, 现场处置, 照片; the signature is the paper's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sheet {
    pub date: String,
    /// `2026-11-24T09:05`, Shanghai.
    pub started_at: String,
    /// Empty while it is walked.
    pub ended_at: String,
    pub compound: String,
    /// In order: what was walked.
    pub route: Vec<String>,
    /// With the reason behind it.
    pub skipped: Vec<String>,
    pub walkers: Vec<String>,
    pub findings: Vec<Finding>,
    pub doors_visited: u32,
    pub doors_all: u32,
    pub note: String,
}

/// `walker` is the shown name.
#[must_use]
pub fn sheet(state: &RoundState, walker: &str, findings: Vec<Finding>) -> Sheet {
    let clock = |ms: Option<i64>| {
        let at = ms.map(|wall_ms| Moment { wall_ms, tz: "+08:00".into() }.shanghai());
        at.map(|at| at.format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
    };
    let with = |result: &'static str| state.stops.iter().filter(move |s| s.result == result);
    let (doors_visited, doors_all) = state.doors();
    Sheet {
        date: if state.walked_on.is_empty() { state.plan.date.clone() } else { state.walked_on.clone() },
        started_at: clock(state.started_ms),
        ended_at: clock(state.ended_ms),
        compound: state.plan.compound_name.clone(),
        route: with("done").map(|s| s.stop.label.clone()).collect(),
        skipped: with("skipped").map(|s| format!("{}({})", s.stop.label, s.reason)).collect(),
        walkers: vec![walker.to_owned()],
        findings,
        doors_visited,
        doors_all,
        note: state.note.clone(),
    }
}
