//! The table: which step may follow which, who takes it, what it asks for (domain.md §3.2, §3.3). Anything else is
//! refused by laptop and server.

use crate::permission::Role;

/// What a particular of a step looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Date,
    /// `10:30`
    Time,
    /// Yuan.
    Money,
    Text,
    Choice(&'static [&'static str]),
}

/// A particular, and whether the step can be taken without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Param {
    pub name: &'static str,
    pub form: Form,
    pub required: bool,
}

/// A rule of law a step is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    InProgress,
    PartyKnown,
    /// Approved by the head of the organ; by the legal officer on the fast path.
    Approved,
    SignedOff,
    HearingInTime,
    HearingAsked,
    HearingAnnounced,
    NotInvestigator,
    HearingSettled,
    CorrectionOver,
    Noticed,
    FineNamed,
    PerformanceOver,
    Demolition,
    Urged,
    MayDemolish,
    Daytime,
    CourtRoute,
    Settled,
    /// What the first step begins and the second ends is not running.
    Idle(&'static str, &'static str),
    /// It is.
    Running(&'static str, &'static str),
    /// A seizure is extended once, before its first thirty days are over.
    SeizureInTime,
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub code: &'static str,
    pub from: &'static [&'static str],
    /// The stage after it; none when the stage stays.
    pub to: Option<&'static str>,
    pub who: &'static [Role],
    /// Two distinct officers with certificates valid on that day (行政处罚法 42).
    pub officers: bool,
    pub params: &'static [Param],
    pub guards: &'static [Guard],
}

use Form::{Choice, Date, Money, Text, Time};
use Guard::{
    Approved, CorrectionOver, CourtRoute, Daytime, Demolition, FineNamed, HearingAnnounced, HearingAsked,
    HearingInTime, HearingSettled, Idle, InProgress, MayDemolish, NotInvestigator, Noticed, PartyKnown,
    PerformanceOver, Running, SeizureInTime, Settled, SignedOff, Urged,
};
use Role::{Arc, Enf, Enfl, Head, Leg};

const TEAM: &[Role] = &[Enf, Enfl];
const LEADER: &[Role] = &[Enfl];

const fn must(name: &'static str, form: Form) -> Param {
    Param { name, form, required: true }
}

const fn may(name: &'static str, form: Form) -> Param {
    Param { name, form, required: false }
}

const fn row(code: &'static str, from: &'static [&'static str], to: &'static str, who: &'static [Role]) -> Row {
    Row { code, from, to: Some(to), who, officers: false, params: &[], guards: &[] }
}

impl Row {
    const fn officers(self) -> Self {
        Self { officers: true, ..self }
    }

    const fn asks(self, params: &'static [Param]) -> Self {
        Self { params, ..self }
    }

    const fn guards(self, guards: &'static [Guard]) -> Self {
        Self { guards, ..self }
    }

    const fn stays(self) -> Self {
        Self { to: None, ..self }
    }
}

/// From the service of the decision to the end of its execution.
const EXECUTION: &[&str] = &["E55", "E60", "E65", "E66", "E70", "E72", "E85"];
const OPEN: &[&str] = &[
    "E00", "E05", "E10", "E20", "E30", "E32", "E40", "E41", "E45", "E50", "E50F", "E55", "E60", "E65", "E66", "E70",
    "E72", "E80", "E85", "E86",
];
/// From filing to the decision.
const INQUIRY: &[&str] = &["E10", "E20", "E30", "E32", "E40", "E41", "E45"];
/// Works are stopped before anything is filed, and what builds may be held from then on.
const HOLDING: &[&str] = &["E05", "E10", "E20", "E30", "E32", "E40", "E41", "E45", "E50F"];
const ENDS: &[&str] = &["upheld", "withdrawn", "revoked"];

/// Steps for which somebody else's approval is recorded first.
pub const APPROVED: &[&str] = &["E10", "E50", "E70", "E72F", "E90", "KEEP", "SEIZE", "SEIZE2"];

/// The table.
pub const TABLE: &[Row] = &[
    row("E01", &["E00"], "E01", LEADER).asks(&[must("reason", Text)]),
    row("E05", &["E00"], "E05", TEAM).asks(&[may("tools_held", Text)]).guards(&[InProgress]),
    row("E10", &["E00", "E05"], "E10", TEAM).officers().guards(&[Approved]),
    row("E20", &["E10"], "E20", TEAM).officers(),
    row("E30", &["E20"], "E30", TEAM).officers().asks(&[must("correct_by", Date)]).guards(&[PartyKnown]),
    row("E32", &["E30"], "E32", TEAM)
        .officers()
        .asks(&[must("result", Choice(&["corrected", "partly", "not"]))])
        .guards(&[CorrectionOver]),
    row("E40", &["E20", "E32"], "E40", TEAM)
        .officers()
        .asks(&[must("planned", Text), must("hearing_right", Choice(&["yes", "no"]))])
        .guards(&[PartyKnown]),
    row("E40H", &["E40"], "E40", TEAM).stays().guards(&[HearingInTime]),
    row("E41", &["E40"], "E41", &[Enf, Enfl, Leg]).asks(&[must("announced_on", Date)]).guards(&[
        HearingAsked,
        NotInvestigator,
        HearingAnnounced,
    ]),
    row("E45", &["E40", "E41"], "E45", &[Leg])
        .asks(&[must("opinion", Choice(&["agree"])), may("serious", Text)])
        .guards(&[NotInvestigator]),
    row("E50", &["E45"], "E50", TEAM)
        .officers()
        .asks(&[
            must("decision", Choice(&["demolition", "penalty", "both", "none"])),
            may("fine", Money),
            may("perform_by", Date),
        ])
        .guards(&[Noticed, HearingSettled, FineNamed, Approved]),
    row("E50F", &["E05"], "E50F", TEAM).officers().asks(&[may("perform_by", Date)]).guards(&[InProgress, PartyKnown]),
    row("E55", &["E50"], "E55", TEAM)
        .officers()
        .asks(&[must("mode", Choice(&["direct", "left", "post", "electronic", "entrusted", "notice"]))]),
    row("E60", &["E55", "E60", "E65", "E66", "E70", "E72"], "E60", TEAM)
        .stays()
        .officers()
        .asks(&[must("performed", Choice(&["fine", "demolition", "both"]))]),
    row("E65", &["E55", "E60"], "E65", TEAM).officers().guards(&[PerformanceOver]),
    row("E66", &["E55", "E60", "E65"], "E66", TEAM).officers().guards(&[Demolition]),
    row("E70", &["E65", "E66"], "E70", TEAM).officers().guards(&[Urged, Approved]),
    row("E72", &["E70"], "E72", TEAM)
        .officers()
        .asks(&[
            must("mode", Choice(&["demolition", "substitute"])),
            must("begins", Time),
            must("ends", Time),
            may("urgent", Text),
        ])
        .guards(&[Demolition, MayDemolish, Daytime]),
    row("E72C", &["E65", "E70"], "E72", TEAM).officers().asks(&[must("court", Text)]).guards(&[CourtRoute]),
    row("E72F", &["E50F"], "E72", TEAM)
        .officers()
        .asks(&[must("begins", Time), must("ends", Time), may("urgent", Text)])
        .guards(&[InProgress, SignedOff, Daytime]),
    row("E80", &["E72"], "E80", TEAM)
        .officers()
        .asks(&[must("performed", Choice(&["fine", "demolition", "both"])), may("demolished_m2", Text)]),
    row("E85", &["E55", "E65", "E66", "E70", "E72"], "E85", TEAM)
        .officers()
        .asks(&[must("cause", Choice(&["real_difficulty", "third_party", "irreparable_harm", "other"]))]),
    row("E85R", &["E85"], "E70", TEAM).officers(),
    row("E86", EXECUTION, "E86", TEAM)
        .officers()
        .asks(&[must("cause", Choice(&["party_gone", "object_lost", "basis_revoked", "no_property", "other"]))]),
    row("E90", &["E32", "E50", "E55", "E60", "E65", "E66", "E70", "E72", "E80", "E86"], "E90", LEADER)
        .asks(&[must("result", Text)])
        .guards(&[Settled, Approved]),
    row("E95", &["E90", "E01"], "E95", &[Arc]),
    row("R1", EXECUTION, "R1", TEAM).stays().guards(&[Idle("R1", "R1X")]),
    row("R1X", EXECUTION, "R1X", TEAM).stays().asks(&[must("result", Choice(ENDS))]).guards(&[Running("R1", "R1X")]),
    row("R2", EXECUTION, "R2", TEAM).stays().guards(&[Idle("R2", "R2X")]),
    row("R2X", EXECUTION, "R2X", TEAM).stays().asks(&[must("result", Choice(ENDS))]).guards(&[Running("R2", "R2X")]),
    row("STAY", EXECUTION, "STAY", TEAM).stays().asks(&[must("ordered_by", Text)]).guards(&[Idle("STAY", "STAYX")]),
    row("STAYX", EXECUTION, "STAYX", TEAM).stays().guards(&[Running("STAY", "STAYX")]),
    row("KEEP", INQUIRY, "KEEP", TEAM).stays().officers().asks(&[must("things", Text)]).guards(&[
        PartyKnown,
        Idle("KEEP", "KEEPX"),
        Approved,
    ]),
    row("KEEPX", OPEN, "KEEPX", TEAM)
        .stays()
        .asks(&[must("outcome", Choice(&["returned", "seized", "transferred", "confiscated"]))])
        .guards(&[Running("KEEP", "KEEPX")]),
    row("SEIZE", HOLDING, "SEIZE", TEAM)
        .stays()
        .officers()
        .asks(&[must("things", Text), must("grounds", Text)])
        .guards(&[PartyKnown, Idle("SEIZE", "SEIZEX"), Approved]),
    row("SEIZE2", OPEN, "SEIZE2", TEAM).stays().officers().asks(&[must("reason", Text)]).guards(&[
        Running("SEIZE", "SEIZEX"),
        SeizureInTime,
        Approved,
    ]),
    row("SEIZEX", OPEN, "SEIZEX", TEAM)
        .stays()
        .officers()
        .asks(&[must("outcome", Choice(&["returned", "transferred", "confiscated"]))])
        .guards(&[Running("SEIZE", "SEIZEX")]),
    row("EXCL", INQUIRY, "EXCL", TEAM)
        .stays()
        .asks(&[must("cause", Choice(&["appraisal", "hearing", "public_notice", "other"])), must("rule", Text)])
        .guards(&[Idle("EXCL", "EXCLX")]),
    row("EXCLX", INQUIRY, "EXCLX", TEAM).stays().guards(&[Running("EXCL", "EXCLX")]),
    row("OK", OPEN, "OK", &[Head, Leg]).stays().asks(&[must("for", Choice(APPROVED))]).guards(&[NotInvestigator]),
];

/// The order in which a proceeding is read; E31 and E60 are times that run and not acts.
pub const ROAD: &[&str] = &[
    "E00", "E10", "E20", "E30", "E31", "E32", "E40", "E41", "E45", "E50", "E55", "E60", "E65", "E66", "E70", "E72",
    "E80", "E90", "E95",
];
/// The same for a structure under construction.
pub const FAST_ROAD: &[&str] = &["E00", "E05", "E50F", "E72F", "E80", "E90", "E95"];

#[must_use]
pub fn find(code: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.code == code)
}
