#![allow(clippy::unwrap_used)]
use super::*;
use crate::permission::{Role, Scopes};

struct Town;

impl Registry for Town {
    fn next_no(&mut self, series: &str) -> String {
        series.to_owned()
    }
    fn record(&mut self, _: &str) -> Option<(String, Vec<FoldEvent>)> {
        None
    }
}

fn grant(user: &str, role: Role) -> Grant {
    Grant { user: user.into(), roles: vec![role], scopes: Scopes::All, unit: String::new() }
}

fn stored(n: usize, new: NewEvent) -> FoldEvent {
    FoldEvent {
        id: format!("e{n}"),
        parents: (n > 0).then(|| format!("e{}", n - 1)).into_iter().collect(),
        kind: new.kind,
        tv: 1,
        actor: new.actor,
        device: "d".into(),
        inc: 0,
        n: n as u64,
        by_server: false,
        wall_ms: 1,
        tz: "+08:00".into(),
        estimate: None,
        blobs: Vec::new(),
        data: new.data,
        seq: None,
        received_ms: None,
    }
}

const RECORD: &str = "export:x";

fn asked() -> Asked {
    Asked { ledger: "wj".into(), reason: "区里核查,需要当事人名单".into(), ..Asked::default() }
}

fn yes() -> Answered {
    Answered { approved: true, note: String::new() }
}

#[test]
fn only_a_second_person_of_those_who_may_answers_and_the_file_is_taken_once() {
    let (office, head, inspector) = (grant("office", Role::Lxb), grant("head", Role::Head), grant("i", Role::Ins));
    let first = ask("x", &office.person(), &asked()).unwrap();
    assert!(ask("x", &inspector.person(), &asked()).is_err(), "an inspector takes nothing out");
    let mut events = vec![stored(0, first)];
    let state = fold(RECORD, &events);
    assert_eq!(state.status, "asked");
    assert!(may_use(&state, &office.person()).is_err(), "not before it is approved");
    assert!(matches!(answer(&state, &office.person(), &yes()), Err(Refusal::Blocked { .. })), "not by oneself");
    assert!(answer(&state, &inspector.person(), &yes()).is_err());
    let refused = Answered { approved: false, note: " ".into() };
    assert!(matches!(answer(&state, &head.person(), &refused), Err(Refusal::Invalid(_))), "a refusal says why");
    events.push(stored(1, answer(&state, &head.person(), &yes()).unwrap()));
    let state = fold(RECORD, &events);
    assert!(answer(&state, &head.person(), &yes()).is_err(), "once");
    assert!(may_use(&state, &head.person()).is_err(), "the approver takes nothing out by it");
    let done = Done { number: "DC-1".into(), rows: 3 };
    events.push(stored(2, used(&state, &office.person(), &done).unwrap()));
    let state = fold(RECORD, &events);
    assert_eq!((state.status.as_str(), state.done.clone()), ("done", Some(done)));
    assert!(may_use(&state, &office.person()).is_err(), "once");
}

#[test]
fn the_server_puts_aside_what_the_screen_would_not_offer() {
    let (office, head) = (grant("office", Role::Lxb), grant("head", Role::Head));
    let first = stored(0, ask("x", &office.person(), &asked()).unwrap());
    let own = stored(1, event("x", "office", ANSWERED, &yes()));
    let early = stored(1, event("x", "office", DONE, &Done::default()));
    let foreign = stored(1, event("x", "head", ANSWERED, &yes()));
    let empty = stored(0, event("y", "office", ASKED, &Asked { ledger: "wj".into(), ..Asked::default() }));
    let verdict = |before: &[FoldEvent], event: &FoldEvent, grant: &Grant| {
        let of = Standing { record: RECORD, scope: TOWN, events: before };
        judge(&of, event, grant, &mut Town).quarantine
    };
    assert!(!verdict(&[], &first, &office));
    assert!(verdict(&[], &empty, &office), "no reason");
    assert!(verdict(std::slice::from_ref(&first), &own, &office), "approved by oneself");
    assert!(verdict(std::slice::from_ref(&first), &early, &office), "taken out before");
    assert!(verdict(std::slice::from_ref(&first), &foreign, &office), "in another's name");
    assert!(!verdict(std::slice::from_ref(&first), &foreign, &head));
    let state = fold(RECORD, &[first, own]);
    assert_eq!(state.status, "asked", "and the fold does not count it either");
}
