//! 抽查: of the cases closed on the spot some are looked at again (domain.md §3.1 quick flow). Nobody picks them: the
//! draw is a number out of the id of the server's own ruling, which nobody knows before it is made, and of the month. Anyone can
//! do the sum again.

use serde::{Deserialize, Serialize};

use super::history::History;
use super::payload::Act;
use super::state::CaseState;
use crate::deadline::stamp_of_ms;
use crate::event::{EventId, FoldEvent};

/// A case closed on the spot, drawn or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The ruling the number comes from.
    pub ruling: EventId,
    /// `2026-11`
    pub month: String,
    /// 0 to 99; drawn where it is less than `percent`.
    pub number: u32,
    /// As it counted when the case was closed.
    pub percent: u32,
    /// `passed` | `failed`; empty until looked at.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When the server took the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_ms: Option<i64>,
}

impl Sample {
    #[must_use]
    pub fn drawn(&self) -> bool {
        self.number < self.percent
    }

    /// `open` | `passed` | `failed`; none for a case that was not drawn.
    #[must_use]
    pub fn stands(&self) -> Option<&str> {
        let result = if self.result.is_empty() { "open" } else { &self.result };
        self.drawn().then_some(result)
    }
}

/// The number of a ruling in a month, 0 to 99: FNV-1a over both with a `/` between, its high half over 100.
#[must_use]
pub fn number(ruling: &str, month: &str) -> u32 {
    let bytes = ruling.bytes().chain([b'/']).chain(month.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    u32::try_from((hash >> 32) % 100).unwrap_or(0)
}

pub(super) fn drawn(ruling: &FoldEvent, percent: u32) -> Sample {
    let month: String = stamp_of_ms(ruling.wall_ms).chars().take(7).collect();
    Sample {
        number: number(&ruling.id, &month),
        ruling: ruling.id.clone(),
        month,
        percent,
        result: String::new(),
        reason: String::new(),
        by: String::new(),
        at_ms: None,
    }
}

/// The draw and its result; a case opened again and closed otherwise keeps them.
pub(super) fn fold_sample(case: &History, state: &mut CaseState) {
    for (_, event, ruled) in case.accepted() {
        match ruled.action.as_str() {
            "quick_close" => state.sample = ruled.sample_percent.map(|percent| drawn(event, percent)),
            "sample_pass" => result(state, "passed", event, case.asked(ruled)),
            "sample_fail" => result(state, "failed", event, case.asked(ruled)),
            _ => {}
        }
    }
}

fn result(state: &mut CaseState, result: &str, ruling: &FoldEvent, asked: Option<(&FoldEvent, Option<&Act>)>) {
    let Some(sample) = &mut state.sample else { return };
    result.clone_into(&mut sample.result);
    sample.at_ms = Some(ruling.wall_ms);
    if let Some((event, act)) = asked {
        sample.by.clone_from(&event.actor);
        sample.reason = act.map(|a| a.reason.clone()).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn about_one_in_ten_is_drawn_and_the_same_one_every_time() {
        let ids: Vec<String> = (0_u32..20_000).map(|n| format!("{:08x}", n.wrapping_mul(2_654_435_761))).collect();
        let drawn = ids.iter().filter(|id| number(id, "2026-11") < 10).count();
        assert!((1_800..2_200).contains(&drawn), "{drawn}");
        assert_eq!(number("3fa9c1d2", "2026-11"), number("3fa9c1d2", "2026-11"));
        let moved = ids.iter().filter(|id| number(id, "2026-11") != number(id, "2026-12")).count();
        assert!(moved > 19_000, "another month draws others: {moved}");
    }
}
