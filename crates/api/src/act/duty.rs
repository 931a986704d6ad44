//! 待办: whose turn it is, by state and post. Each is a list, and its count on 今天 is that list's length.

use xunju_domain::permission::Action;
use xunju_store::Query;

use crate::Caller;

/// One list of work.
struct Duty {
    key: &'static str,
    /// Whose work it is.
    action: Action,
    status: &'static str,
    facets: &'static [(&'static str, Whose)],
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

/// In the order a case passes through them.
const DUTIES: &[Duty] = &[
    Duty { key: "to_dispatch", action: Action::File, status: "FILED", facets: &[] },
    Duty { key: "to_take", action: Action::Handle, status: "DISPATCHED", facets: &[("lead", Unit)] },
    Duty { key: "to_redispatch", action: Action::File, status: "REFUSED", facets: &[] },
    Duty { key: "handling", action: Action::Handle, status: "HANDLING", facets: &[("lead", Unit)] },
    Duty { key: "to_extend", action: Action::Grant, status: "HANDLING", facets: &[("asked", Word("ask_extend"))] },
    Duty { key: "to_suspend", action: Action::Grant, status: "HANDLING", facets: &[("asked", Word("ask_suspend"))] },
    Duty { key: "to_resume", action: Action::Grant, status: "SUSPENDED", facets: &[] },
    Duty { key: "to_assign_check", action: Action::File, status: "HANDLED", facets: &[] },
    Duty {
        key: "to_check",
        action: Action::Recheck,
        status: "CHECKING",
        facets: &[("check", Word("open")), ("checker", Mine)],
    },
    Duty { key: "to_close", action: Action::Close, status: "CHECKING", facets: &[("check", Word("passed"))] },
];

/// The lists this person has, with what to ask of the store for each.
pub fn duties(caller: &Caller) -> Vec<(&'static str, Query)> {
    let author = caller.author();
    let own = DUTIES.iter().filter(|duty| author.person().may(duty.action));
    own.map(|duty| (duty.key, query(duty, caller))).collect()
}

/// One of them by name; none for a list that is not this person's.
pub fn duty(caller: &Caller, key: &str) -> Option<Query> {
    duties(caller).into_iter().find(|(name, _)| *name == key).map(|(_, query)| query)
}

fn query(duty: &Duty, caller: &Caller) -> Query {
    let value = |whose: Whose| match whose {
        Word(word) => Some(word.to_owned()),
        Mine => Some(caller.user.clone()),
        Unit => Some(caller.unit.clone()).filter(|unit| !unit.is_empty()),
    };
    let facets = duty.facets.iter().filter_map(|(key, whose)| Some((*key, value(*whose)?)));
    Query { status: vec![duty.status.to_owned()], ..caller.cases(facets.collect()) }
}
