//! The table of domain.md §3.1: every transition of a case, who may ask for it, and what it needs.
//! Anything not in the table is refused by laptop and server alike.

use super::state::CaseState;
use crate::permission::{Action, Role, roles_for};

/// States of domain.md §3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Draft,
    Reported,
    Returned,
    Accepted,
    Filed,
    Dispatched,
    Refused,
    Handling,
    Suspended,
    Handled,
    Checking,
    Rejected,
    Merged,
    Transferred,
    Void,
    Closed,
    Archived,
}

use State::{
    Accepted, Archived, Checking, Closed, Dispatched, Draft, Filed, Handled, Handling, Merged, Refused, Rejected,
    Reported, Returned, Suspended, Transferred, Void,
};

/// Every state with its code, from least closed to most.
pub const STATES: &[(State, &str)] = &[
    (Draft, "DRAFT"),
    (Reported, "REPORTED"),
    (Returned, "RETURNED"),
    (Accepted, "ACCEPTED"),
    (Filed, "FILED"),
    (Dispatched, "DISPATCHED"),
    (Refused, "REFUSED"),
    (Handling, "HANDLING"),
    (Suspended, "SUSPENDED"),
    (Handled, "HANDLED"),
    (Checking, "CHECKING"),
    (Rejected, "REJECTED"),
    (Merged, "MERGED"),
    (Transferred, "TRANSFERRED"),
    (Void, "VOID"),
    (Closed, "CLOSED"),
    (Archived, "ARCHIVED"),
];

impl State {
    #[must_use]
    pub fn code(self) -> &'static str {
        STATES.iter().find(|(s, _)| *s == self).map_or("", |(_, code)| code)
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        STATES.iter().find(|(_, c)| *c == code).map(|(s, _)| *s)
    }

    /// Whether work on the case goes on.
    #[must_use]
    pub fn is_open(self) -> bool {
        self < Rejected
    }
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anyone with a role that may do this.
    May(Action),
    /// Whoever recorded the case.
    Author,
}

/// A condition on the case itself, which no input can make good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The handler may not judge his own work.
    NotHandler,
    /// The re-check was passed.
    CheckPassed,
    /// Somebody else of the office has asked for it: two persons void a case.
    SecondPerson,
    /// At most two extensions.
    ExtensionsLeft,
    /// Only small matters of order close on the spot (简易): see [`QUICK_CATEGORIES`].
    QuickCategory,
    /// Not already so marked.
    NotDifficult,
}

/// What must come with the request, or be in the case by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A reason code and the text that goes with it.
    Reason,
    /// Any of these parameters, not empty.
    Param(&'static str),
    /// New content since it was sent back, or an answer in words.
    Change,
    /// Everything filing asks for: type, compound, severity, deadline, and the type's own fields.
    Complete,
    /// A photo in this slot.
    PhotoIn(&'static str),
    /// A deadline computed by the rule.
    Deadline,
    /// This reason code and no other.
    OnlyReason(&'static str),
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    pub action: &'static str,
    pub from: &'static [State],
    /// None: the state stays, the fact is recorded.
    pub to: Option<State>,
    pub who: Who,
    pub guards: &'static [Guard],
    pub needs: &'static [Need],
    /// Has legal effect or cannot be taken back: the UI asks once.
    pub confirm: bool,
}

/// Categories whose small cases may be closed on the spot (domain.md §3.1 quick flow).
pub const QUICK_CATEGORIES: &[&str] = &["LS", "XF", "WY"];
/// Extensions of one order (domain.md §3.1, practice).
pub const EXTENSIONS_MAX: u32 = 2;

const OPEN: &[State] =
    &[Reported, Returned, Accepted, Filed, Dispatched, Refused, Handling, Suspended, Handled, Checking];

const fn row(action: &'static str, from: &'static [State], to: State, who: Who) -> Transition {
    Transition { action, from, to: Some(to), who, guards: &[], needs: &[], confirm: false }
}

impl Transition {
    const fn stays(self) -> Self {
        Self { to: None, ..self }
    }

    const fn guards(self, guards: &'static [Guard]) -> Self {
        Self { guards, ..self }
    }

    const fn needs(self, needs: &'static [Need]) -> Self {
        Self { needs, ..self }
    }

    const fn confirm(self) -> Self {
        Self { confirm: true, ..self }
    }

    #[must_use]
    pub fn needs_reason(&self) -> bool {
        self.needs.iter().any(|n| matches!(n, Need::Reason | Need::OnlyReason(_)))
    }
}

use Action::{Accept, Archive, Close, File, Grant, Handle, Recheck, Report};
use Need::{Change, Complete, Deadline, OnlyReason, Param, PhotoIn, Reason};
use Who::{Author, May};

/// The table.
pub const TABLE: &[Transition] = &[
    row("submit", &[Draft], Reported, May(Report)),
    row("discard", &[Draft], Void, Author),
    row("accept", &[Reported], Accepted, May(Accept)),
    row("return", &[Reported], Returned, May(Accept)).needs(&[Reason]),
    row("resubmit", &[Returned], Reported, Author).needs(&[Change]),
    row("reject", &[Reported], Rejected, May(Accept)).needs(&[Reason]).confirm(),
    row("difficult", &[Reported], Reported, May(Accept)).stays().guards(&[Guard::NotDifficult]),
    row("quick_close", &[Reported], Closed, Author)
        .guards(&[Guard::QuickCategory])
        .needs(&[PhotoIn("after")])
        .confirm(),
    row("file", &[Accepted], Filed, May(File)).needs(&[Complete]).confirm(),
    row("dispatch", &[Filed], Dispatched, May(File)).needs(&[Param("lead"), Deadline]).confirm(),
    row("take", &[Dispatched], Handling, May(Handle)).needs(&[Param("handler")]),
    row("refuse", &[Dispatched], Refused, May(Handle)).needs(&[Reason]).confirm(),
    row("redispatch", &[Refused], Dispatched, May(File)).needs(&[Param("lead"), Deadline]).confirm(),
    row("hand_on", &[Handling], Dispatched, May(File)).needs(&[Param("lead")]),
    row("report_done", &[Handling], Handled, May(Handle)).needs(&[Param("result"), PhotoIn("after")]).confirm(),
    row("suspend", &[Handling], Suspended, May(Grant)).needs(&[Reason, Param("expected_end")]).confirm(),
    row("resume", &[Suspended], Handling, May(Grant)).needs(&[Param("document")]),
    row("extend", &[Handling], Handling, May(Grant))
        .stays()
        .guards(&[Guard::ExtensionsLeft])
        .needs(&[Reason, Deadline]),
    row("assign_check", &[Handled], Checking, May(File)).needs(&[Param("checker")]),
    row("pass", &[Checking], Checking, May(Recheck)).stays().guards(&[Guard::NotHandler]).needs(&[PhotoIn("after")]),
    row("close", &[Checking], Closed, May(Close)).guards(&[Guard::CheckPassed]).confirm(),
    row("fail", &[Checking], Handling, May(Recheck)).guards(&[Guard::NotHandler]).needs(&[Reason, Deadline]),
    row("merge", OPEN, Merged, May(File)).needs(&[Param("target")]).confirm(),
    row("refer_out", OPEN, Transferred, May(File)).needs(&[Param("document"), Param("receiver")]).confirm(),
    row("reopen", &[Closed], Filed, May(Close)).needs(&[OnlyReason("reopen.unfounded_check")]).confirm(),
    row("archive", &[Closed], Archived, May(Archive)).confirm(),
    row("ask_void", &[Reported, Returned, Accepted, Filed], Filed, May(File)).stays().needs(&[Reason]),
    row("void", &[Reported, Returned, Accepted, Filed], Void, May(File))
        .guards(&[Guard::SecondPerson])
        .needs(&[Reason])
        .confirm(),
];

/// The row for this action from this state; none when the table has none.
#[must_use]
pub fn find(from: State, action: &str) -> Option<&'static Transition> {
    TABLE.iter().find(|t| t.action == action && t.from.contains(&from))
}

/// Whether this person is one who may ask.
#[must_use]
pub fn allows(who: Who, state: &CaseState, user: &str, roles: &[Role]) -> bool {
    match who {
        Who::May(action) => roles.iter().any(|r| roles_for(action).contains(r)),
        Who::Author => state.author == user && roles.iter().any(|r| roles_for(Report).contains(r)),
    }
}

/// The first guard that stands in the way, as a code.
#[must_use]
pub fn blocked(transition: &Transition, state: &CaseState, user: &str) -> Option<&'static str> {
    transition.guards.iter().find_map(|guard| guard_blocks(*guard, state, user))
}

fn guard_blocks(guard: Guard, state: &CaseState, user: &str) -> Option<&'static str> {
    let last = state.last.as_ref();
    let (clear, code) = match guard {
        Guard::NotHandler => (!state.handlers.contains(user), "own_work"),
        Guard::CheckPassed => (last.is_some_and(|l| l.action == "pass"), "check_not_passed"),
        Guard::SecondPerson => {
            (last.is_some_and(|l| l.action == "ask_void" && l.author != user), "second_person_needed")
        }
        Guard::ExtensionsLeft => (state.extensions < EXTENSIONS_MAX, "no_extension_left"),
        Guard::QuickCategory => (QUICK_CATEGORIES.contains(&state.category().as_str()), "not_quick"),
        Guard::NotDifficult => (!state.difficult, "already_difficult"),
    };
    (!clear).then_some(code)
}
