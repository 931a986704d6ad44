//! The table of domain.md §3.1: every transition of a case, who may ask for it, and what it needs.
//! Anything not in the table is refused by laptop and server alike.

use super::state::CaseState;
use crate::catalogue;
use crate::decimal::Decimal;
use crate::permission::{Action, Person, roles_for};

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
    /// The order was given to this person's department.
    OwnOrder,
    /// What was measured when the work was reported done is the whole of it: a partial demolition does not pass
    /// as a full one.
    WholeDone,
    /// Drawn for a second look and not looked at yet.
    Drawn,
    /// An illegal structure: nothing else is 新增 or 存量.
    Structure,
    /// Nobody has proposed another class, or somebody has.
    NoClassAsked,
    ClassAsked,
    /// Whoever proposed does not decide.
    NotProposer,
}

/// What must come with the request, or be in the case by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A reason code and the text that goes with it.
    Reason,
    /// This parameter, not empty.
    Param(&'static str),
    /// This parameter may be given.
    May(&'static str),
    /// Words of one's own: the legal basis of a refusal.
    Words,
    /// A department of the catalogue to lead.
    Lead,
    /// Another department than those that refused, or the joint conference's decision; after two refusals only
    /// the decision (domain.md §3.1).
    OtherLead,
    /// An open case of the same category in the same compound.
    Target,
    /// What the type's catalogue asks for at the end of the work: area demolished, partitions removed, …
    Measures,
    /// So many photos since the last step.
    NewPhotos(u32),
    /// A deadline that counts on from the one in force, whose original stays in the story (domain.md §4.1 R15).
    LaterDeadline,
    /// New content since it was sent back, or an answer in words.
    Change,
    /// Everything filing asks for: type, compound, severity, deadline, and the type's own fields.
    Complete,
    /// A photo in this slot.
    PhotoIn(&'static str),
    /// A deadline computed by the rule.
    Deadline,
    /// Words to the caller, where the case came from the hotline (domain.md §3.1).
    Reply,
    /// This reason code and no other.
    OnlyReason(&'static str),
    /// Another class than the one in force; the very class that was proposed.
    NewClass,
    AskedClass,
    /// Everything the file in the archive holds; what may lack, with words why.
    WholeFile,
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

/// Filed and still open: what the flag 新增, 存量 counts for.
const ON_THE_BOOKS: &[State] = &[Filed, Dispatched, Refused, Handling, Suspended, Handled, Checking];

/// Steps that say something of a case and do not move it: after them stands what stood before.
const BESIDE: &[&str] = &["ask_class", "set_class", "keep_class", "sample_pass", "sample_fail"];

#[must_use]
pub fn is_beside(action: &str) -> bool {
    BESIDE.contains(&action)
}

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

use Action::{Accept, Archive, Close, DecideClass, File, Grant, Handle, ProposeClass, Recheck, Report};
use Need::{
    AskedClass, Change, Complete, Deadline, LaterDeadline, Lead, Measures, NewClass, NewPhotos, OnlyReason, OtherLead,
    Param, PhotoIn, Reason, Reply, Target, WholeFile, Words,
};
use Who::{Author, May};

const ASSISTING: Need = Need::May("assisting");
const INSTRUCTION: Need = Need::May("instruction");
/// The joint conference's decision, by its paper's number.
const CONFERENCE: Need = Need::May("conference");

/// The table.
pub const TABLE: &[Transition] = &[
    row("submit", &[Draft], Reported, May(Report)),
    row("discard", &[Draft], Void, Author),
    row("accept", &[Reported], Accepted, May(Accept)),
    row("return", &[Reported], Returned, May(Accept)).needs(&[Reason]),
    row("resubmit", &[Returned], Reported, Author).needs(&[Change]),
    row("reject", &[Reported], Rejected, May(Accept)).needs(&[Reason, Reply]).confirm(),
    row("difficult", &[Reported], Reported, May(Accept)).stays().guards(&[Guard::NotDifficult]),
    row("quick_close", &[Reported], Closed, Author)
        .guards(&[Guard::QuickCategory])
        .needs(&[PhotoIn("after")])
        .confirm(),
    row("file", &[Accepted], Filed, May(File)).needs(&[Complete]).confirm(),
    row("dispatch", &[Filed], Dispatched, May(File)).needs(&[Lead, ASSISTING, INSTRUCTION, Deadline]).confirm(),
    row("take", &[Dispatched], Handling, May(Handle)).guards(&[Guard::OwnOrder]).needs(&[Param("handler")]),
    row("refuse", &[Dispatched], Refused, May(Handle)).guards(&[Guard::OwnOrder]).needs(&[Reason, Words]).confirm(),
    row("redispatch", &[Refused], Dispatched, May(File))
        .needs(&[OtherLead, CONFERENCE, ASSISTING, INSTRUCTION, Deadline])
        .confirm(),
    row("hand_on", &[Handling], Dispatched, May(File)).needs(&[Lead, Param("handover")]),
    row("report_done", &[Handling], Handled, May(Handle))
        .guards(&[Guard::OwnOrder])
        .needs(&[Param("result"), Measures, PhotoIn("after")])
        .confirm(),
    row("ask_extend", &[Handling], Handling, May(Handle))
        .stays()
        .guards(&[Guard::OwnOrder, Guard::ExtensionsLeft])
        .needs(&[Reason]),
    row("extend", &[Handling], Handling, May(Grant))
        .stays()
        .guards(&[Guard::ExtensionsLeft])
        .needs(&[Reason, LaterDeadline]),
    row("ask_suspend", &[Handling], Handling, May(Handle)).stays().guards(&[Guard::OwnOrder]).needs(&[Reason]),
    row("suspend", &[Handling], Suspended, May(Grant))
        .needs(&[Reason, Param("expected_end"), Param("document")])
        .confirm(),
    row("resume", &[Suspended], Handling, May(Grant)).needs(&[Param("document"), Deadline]),
    row("assign_check", &[Handled], Checking, May(File)).needs(&[Param("checker")]),
    row("pass", &[Checking], Checking, May(Recheck))
        .stays()
        .guards(&[Guard::NotHandler, Guard::WholeDone])
        .needs(&[PhotoIn("after"), NewPhotos(2)]),
    row("close", &[Checking], Closed, May(Close)).guards(&[Guard::CheckPassed]).confirm(),
    row("fail", &[Checking], Handling, May(Recheck)).guards(&[Guard::NotHandler]).needs(&[Reason, Deadline]),
    row("merge", OPEN, Merged, May(File)).needs(&[Target]).confirm(),
    row("refer_out", OPEN, Transferred, May(File)).needs(&[Param("document"), Param("receiver")]).confirm(),
    row("reopen", &[Closed], Filed, May(Close)).needs(&[OnlyReason("reopen.unfounded_check")]).confirm(),
    row("sample_pass", &[Closed], Closed, May(Recheck))
        .stays()
        .guards(&[Guard::Drawn, Guard::NotHandler])
        .needs(&[NewPhotos(1)]),
    row("sample_fail", &[Closed], Closed, May(Recheck))
        .stays()
        .guards(&[Guard::Drawn, Guard::NotHandler])
        .needs(&[Reason, NewPhotos(1)]),
    row("ask_class", ON_THE_BOOKS, Filed, May(ProposeClass))
        .stays()
        .guards(&[Guard::Structure, Guard::NoClassAsked])
        .needs(&[Reason, Words, NewClass]),
    row("set_class", ON_THE_BOOKS, Filed, May(DecideClass))
        .stays()
        .guards(&[Guard::ClassAsked, Guard::NotProposer])
        .needs(&[AskedClass])
        .confirm(),
    row("keep_class", ON_THE_BOOKS, Filed, May(DecideClass))
        .stays()
        .guards(&[Guard::ClassAsked, Guard::NotProposer])
        .needs(&[Reason]),
    row("archive", &[Closed], Archived, May(Archive)).needs(&[WholeFile]).confirm(),
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
pub fn allows(who: Who, state: &CaseState, person: &Person<'_>) -> bool {
    match who {
        Who::May(action) => person.roles.iter().any(|r| roles_for(action).contains(r)),
        Who::Author => state.author == person.user && person.may(Report),
    }
}

/// The first guard that stands in the way, as a code.
#[must_use]
pub fn blocked(transition: &Transition, state: &CaseState, person: &Person<'_>) -> Option<&'static str> {
    transition.guards.iter().find_map(|guard| guard_blocks(*guard, state, person))
}

fn guard_blocks(guard: Guard, state: &CaseState, person: &Person<'_>) -> Option<&'static str> {
    let last = state.last.as_ref();
    let (clear, code) = match guard {
        Guard::NotHandler => (!state.handlers.contains(person.user), "own_work"),
        Guard::CheckPassed => (last.is_some_and(|l| l.action == "pass"), "check_not_passed"),
        Guard::SecondPerson => {
            (last.is_some_and(|l| l.action == "ask_void" && l.author != person.user), "second_person_needed")
        }
        Guard::ExtensionsLeft => (state.extensions < EXTENSIONS_MAX, "no_extension_left"),
        Guard::QuickCategory => (QUICK_CATEGORIES.contains(&state.category().as_str()), "not_quick"),
        Guard::NotDifficult => (!state.difficult, "already_difficult"),
        Guard::OwnOrder => (state.order.lead().is_empty() || person.works_for(state.order.lead()), "not_own_order"),
        Guard::WholeDone => (whole_done(state), "partly_done"),
        Guard::Drawn => (state.sample.as_ref().and_then(|s| s.stands()) == Some("open"), "not_drawn"),
        Guard::Structure => (state.category() == "WJ", "no_structure"),
        Guard::NoClassAsked => (state.class_ask.is_none(), "class_asked"),
        Guard::ClassAsked => (state.class_ask.is_some(), "class_not_asked"),
        Guard::NotProposer => {
            (state.class_ask.as_ref().is_none_or(|ask| ask.by != person.user), "second_person_needed")
        }
    };
    (!clear).then_some(code)
}

/// Whether every measure that may reach another field's value has reached it.
fn whole_done(state: &CaseState) -> bool {
    let Some(category) = catalogue::standard().category(&state.category()) else { return true };
    let measure = |key: &str| Decimal::parse(&state.text(key));
    let bounded = category.fields.iter().filter_map(|f| Some((measure(&f.key)?, measure(f.at_most.as_deref()?)?)));
    bounded.into_iter().all(|(done, all)| done >= all)
}
