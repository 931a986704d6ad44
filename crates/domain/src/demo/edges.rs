//! Records at the edge (domain.md §10.3): what breaks programs that have only seen tidy data.

use super::fate::Fate;
use super::{DemoCase, DemoStep, DemoWhat};
use crate::case::draft::NOTE_CHARS_MAX;
use crate::catalogue::FieldValue;

/// One oddity each; the first cases that wait for review carry them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Characters outside the usual fonts and outside the basic plane.
    RareCharacters,
    /// Full-width digits and blanks at the end.
    FullWidth,
    /// A remark as long as remarks may be.
    LongRemark,
    /// A room that no pattern makes.
    OddRoom,
    /// No photo, with the reason.
    NoPhoto,
    /// Traditional and simplified characters mixed.
    MixedScript,
    /// Nobody knows whose it is.
    UnknownParty,
    /// A laptop whose clock is three hours fast.
    FastClock,
    /// Two people changed the same field without seeing each other.
    TwoEdits,
}

const ALL: &[Edge] = &[
    Edge::RareCharacters,
    Edge::FullWidth,
    Edge::LongRemark,
    Edge::OddRoom,
    Edge::NoPhoto,
    Edge::MixedScript,
    Edge::UnknownParty,
    Edge::FastClock,
    Edge::TwoEdits,
];

pub(super) fn edge(fate: Fate, at: u64) -> Option<Edge> {
    usize::try_from(at).ok().filter(|_| fate == Fate::Waiting).and_then(|at| ALL.get(at)).copied()
}

impl Edge {
    /// Whether inspector1 must be the author.
    pub fn on_round(self) -> bool {
        matches!(self, Self::TwoEdits | Self::OddRoom)
    }

    /// Place of its compound in the list: 新村一居 has the odd room, 东湖花园 two inspectors.
    pub fn compound(self) -> usize {
        match self {
            Self::OddRoom => 2,
            Self::RareCharacters => 5,
            _ => 0,
        }
    }

    pub fn dress(self, case: &mut DemoCase) {
        let draft = &mut case.draft;
        match self {
            Self::RareCharacters => draft.location_text = "㛃家宅旁，𠮷庆里弄口".into(),
            Self::FullWidth => {
                draft.building = "１２号".into();
                draft.room = "６０１ ".into();
                draft.location_text = "　阳台  ".into();
            }
            Self::LongRemark => {
                draft.note = "现场情况复杂，逐项记录如下。".chars().cycle().take(NOTE_CHARS_MAX).collect()
            }
            Self::OddRoom => {
                draft.building = "1号".into();
                draft.room = "0102甲".into();
            }
            Self::NoPhoto => {
                case.photos.clear();
                draft.no_photo_reason = "当事人拒绝拍照".into();
            }
            Self::MixedScript => draft.note = "業主稱該處為自用，现场未能核实。".into(),
            Self::UnknownParty => {
                draft.fields.insert("party_type".into(), FieldValue::Text("unknown".into()));
            }
            Self::FastClock => case.wall_ms += 3 * 3_600_000,
            Self::TwoEdits => draft.room = "601".into(),
        }
    }
}

/// inspector1 and inspector2 correct the room, neither having seen the other's correction.
pub(super) fn two_edits(case: &DemoCase) -> Vec<DemoStep> {
    let edit = |author: &str, room: &str, minutes: i64, beside: bool| DemoStep {
        author: author.to_owned(),
        wall_ms: case.wall_ms + minutes * 60_000,
        what: DemoWhat::Edit { field: "room".into(), value: FieldValue::Text(room.into()) },
        photos: Vec::new(),
        beside,
    };
    vec![edit("inspector1", "602", 15, false), edit("inspector2", "603", 25, true)]
}
