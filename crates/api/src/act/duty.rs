//! 待办: whose turn it is, by state and post. Each is a list, and its count on 今天 is that list's length.

use xunju_domain::case::clocks;
use xunju_domain::deadline::stamp;
use xunju_domain::permission::Action;
use xunju_store::Query;

use crate::{Api, Caller};

/// One list of work.
struct Duty {
    key: &'static str,
    /// Whose work it is.
    action: Action,
    /// Empty for whatever state.
    status: &'static str,
    facets: &'static [(&'static str, Whose)],
    /// What must not be so.
    without: &'static [(&'static str, Whose)],
    /// The clock, or day, that must be over; empty where none.
    over: &'static str,
}

const fn duty_of(key: &'static str, action: Action, status: &'static str) -> Duty {
    Duty { key, action, status, facets: &[], without: &[], over: "" }
}

impl Duty {
    const fn facets(self, facets: &'static [(&'static str, Whose)]) -> Self {
        Self { facets, ..self }
    }

    const fn without(self, without: &'static [(&'static str, Whose)]) -> Self {
        Self { without, ..self }
    }

    const fn over(self, over: &'static str) -> Self {
        Self { over, ..self }
    }
}

/// What a facet must say.
#[derive(Clone, Copy)]
enum Whose {
    Word(&'static str),
    /// This person.
    Mine,
    /// This person's department; nobody in particular where none is recorded.
    Unit,
}

use Whose::{Mine, Unit, Word};

/// What is late first, then in the order a case passes through them.
const DUTIES: &[Duty] = &[
    duty_of("late_accept", Action::Accept, "REPORTED").over(clocks::ACCEPT),
    duty_of("late_receive", Action::File, "DISPATCHED").over(clocks::RECEIVE),
    duty_of("late_take", Action::Handle, "DISPATCHED").facets(&[("lead", Unit)]).over(clocks::RECEIVE),
    duty_of("late_check", Action::Recheck, "CHECKING")
        .facets(&[("check", Word("open")), ("checker", Mine)])
        .over(clocks::CHECK),
    duty_of("late_case", Action::Close, "").facets(&[("open", Word("1"))]).over(clocks::CASE),
    duty_of("late_settle", Action::DecideClass, "").facets(&[("open", Word("1"))]).over("settle_by"),
    duty_of("to_decide_class", Action::DecideClass, "")
        .facets(&[("class_asked", Word("1"))])
        .without(&[("class_asked_by", Mine)]),
    duty_of("to_dispatch", Action::File, "FILED"),
    duty_of("to_take", Action::Handle, "DISPATCHED").facets(&[("lead", Unit)]),
    duty_of("to_redispatch", Action::File, "REFUSED"),
    duty_of("handling", Action::Handle, "HANDLING").facets(&[("lead", Unit)]),
    duty_of("to_extend", Action::Grant, "HANDLING").facets(&[("asked", Word("ask_extend"))]),
    duty_of("to_suspend", Action::Grant, "HANDLING").facets(&[("asked", Word("ask_suspend"))]),
    duty_of("to_resume", Action::Grant, "SUSPENDED"),
    duty_of("to_assign_check", Action::File, "HANDLED"),
    duty_of("to_check", Action::Recheck, "CHECKING").facets(&[("check", Word("open")), ("checker", Mine)]),
    duty_of("to_close", Action::Close, "CHECKING").facets(&[("check", Word("passed"))]),
    duty_of("to_sample", Action::Recheck, "CLOSED").facets(&[("sample", Word("open"))]).without(&[("worked", Mine)]),
    duty_of("to_archive", Action::Archive, "CLOSED").without(&[("sample", Word("open"))]),
];

/// The lists this person has, with what to ask of the store for each.
pub fn duties(api: &Api, caller: &Caller) -> Vec<(&'static str, Query)> {
    let author = caller.author();
    let own = DUTIES.iter().filter(|duty| author.person().may(duty.action));
    let now = stamp(api.now());
    own.map(|duty| (duty.key, query(duty, caller, &now))).collect()
}

/// One of them by name; none for a list that is not this person's.
pub fn duty(api: &Api, caller: &Caller, key: &str) -> Option<Query> {
    duties(api, caller).into_iter().find(|(name, _)| *name == key).map(|(_, query)| query)
}

fn query(duty: &Duty, caller: &Caller, now: &str) -> Query {
    let value = |whose: Whose| match whose {
        Word(word) => Some(word.to_owned()),
        Mine => Some(caller.user.clone()),
        Unit => Some(caller.unit.clone()).filter(|unit| !unit.is_empty()),
    };
    let facets = duty.facets.iter().filter_map(|(key, whose)| Some((*key, value(*whose)?)));
    let without = duty.without.iter().filter_map(|(key, whose)| Some(((*key).to_owned(), value(*whose)?)));
    let filled = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    Query {
        status: filled(duty.status).into_iter().collect(),
        without: without.collect(),
        over: filled(duty.over).map(|clock| (clock, now.to_owned())).into_iter().collect(),
        ..caller.cases(facets.collect())
    }
}
