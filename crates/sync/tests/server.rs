//! What the server decides about pushes and pages, case by case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use serde_json::json;
use xunju_evidence::{EventBody, Hash, Head, SignedEvent, Signer, Times, scope};
use xunju_sync::message::UnfitEvent;
use xunju_sync::request::{self, Body};
use xunju_sync::server::{
    ChainRow, ChainView, Fork, Granted, Intake, PageError, PushDecision, Shelf, Shelved, Standing, judge_push,
    open_batch, page, receipt,
};
use xunju_sync::{PageFrame, PullReply, PullRequest, PushReply, PushRequest};

fn device() -> Signer {
    Signer::from_seed(&[1; 32])
}

fn intake() -> Intake {
    Intake { log: "town-1".into(), epoch: 1, dev: device().public().device_id() }
}

/// A chain of `count` events after `before`; `mark` makes its events its own.
fn chain(before: Option<(u64, Hash)>, count: u64, mark: &str) -> Vec<SignedEvent> {
    let (mut n, mut prev) = before.map_or((0, None), |(n, hash)| (n, Some(hash)));
    let mut next = || {
        n += 1;
        let body = EventBody {
            v: 1,
            kind: "case.noted".into(),
            tv: 1,
            record: "case:1".into(),
            scope: "cmp-1".into(),
            dev: device().public().device_id(),
            inc: 1,
            n,
            prev,
            parents: Vec::new(),
            actor: "u".into(),
            sess: None,
            acl: 0,
            t: Times { wall: 0, tz: "+08:00".into(), boot: "b".into(), mono: 0, anc: None, gps: None },
            seen: None,
            blobs: Vec::new(),
            crit: false,
            touches: Vec::new(),
            data: json!({ "mark": mark }),
        };
        let event = device().sign_event(&body).unwrap();
        prev = Some(event.id());
        event
    };
    (0..count).map(|_| next()).collect()
}

fn request(from_n: u64, events: &[SignedEvent]) -> PushRequest {
    let Intake { log, epoch, dev } = intake();
    PushRequest { proto: 1, log, epoch, dev, inc: 1, from_n, events: events.to_vec(), t0: 0 }
}

fn judge(view: &ChainView, request: &PushRequest) -> PushDecision {
    let bodies = open_batch(request, &device().public()).unwrap();
    judge_push(view, &intake(), request, &bodies)
}

/// A server that holds these events of the main branch, received at `n` seconds.
fn holding(events: &[SignedEvent]) -> ChainView {
    let row = |(n, event): (u64, &SignedEvent)| ChainRow { n, id: event.id(), branch: 0, recv_ms: n as i64 * 1000 };
    let rows: Vec<ChainRow> = (1..).zip(events).map(row).collect();
    let head = rows.last().map_or(Head::default(), |row| Head { n: row.n, hash: row.id });
    ChainView { head, branch_max: 0, rows }
}

fn upto(events: &[SignedEvent], n: u64) -> Head {
    Head { n, hash: events[n as usize - 1].id() }
}

#[test]
fn the_next_events_are_appended() {
    let events = chain(None, 5, "");
    let all = PushDecision::Append { skip: 0, branch: 0, upto: upto(&events, 5), fork: None };
    assert_eq!(judge(&ChainView::default(), &request(1, &events)), all);
    let rest = PushDecision::Append { skip: 0, branch: 0, upto: upto(&events, 5), fork: None };
    assert_eq!(judge(&holding(&events[..3]), &request(4, &events[3..])), rest);
}

#[test]
fn a_resend_is_known_and_answered_as_before() {
    let events = chain(None, 5, "");
    let again = judge(&holding(&events), &request(2, &events[1..]));
    assert_eq!(again, PushDecision::Resend { upto: upto(&events, 5), recv_ms: 5000, ahead: None, fork: None });
    let old = judge(&holding(&events), &request(1, &events[..2]));
    let ahead = Some((5, events[4].id()));
    assert_eq!(old, PushDecision::Resend { upto: upto(&events, 2), recv_ms: 2000, ahead, fork: None });
    let more = judge(&holding(&events[..3]), &request(2, &events[1..]));
    assert_eq!(more, PushDecision::Append { skip: 2, branch: 0, upto: upto(&events, 5), fork: None });
    let server = Signer::from_seed(&[9; 32]);
    let signed = receipt(&intake(), 1, &upto(&events, 2), 2000, &server);
    assert_eq!(old.reply(signed.clone(), 7, 8), PushReply::Accepted { receipt: signed, ahead, t1: 7, t2: 8 });
}

#[test]
fn a_gap_is_told_where_to_go_on() {
    let events = chain(None, 5, "");
    let told = PushDecision::Answer(PushReply::Expected { n: 3, head: events[1].id() });
    assert_eq!(judge(&holding(&events[..2]), &request(5, &events[4..])), told);
    assert_eq!(judge(&holding(&events[..2]), &request(1, &[])), told, "a push without events asks");
    let start = PushDecision::Answer(PushReply::Expected { n: 1, head: Hash::default() });
    assert_eq!(judge(&ChainView::default(), &request(5, &events[4..])), start);
}

#[test]
fn a_second_writer_is_kept_on_a_branch() {
    let common = chain(None, 3, "");
    let at = Some((3, common[2].id()));
    let (first, second) = (chain(at, 2, "first"), chain(at, 3, "second"));
    let main: Vec<SignedEvent> = [common.clone(), first].concat();
    let mut server = holding(&main);
    let fork = Some(Fork { at_n: 4, main: server.head });
    let end = Head { n: 6, hash: second[2].id() };
    assert_eq!(judge(&server, &request(4, &second)), PushDecision::Append { skip: 0, branch: 1, upto: end, fork });

    // Kept; sent again, and sent on.
    server.rows.extend((4..).zip(&second).map(|(n, e)| ChainRow { n, id: e.id(), branch: 1, recv_ms: 99 }));
    server.branch_max = 1;
    let again = judge(&server, &request(4, &second));
    assert!(matches!(again, PushDecision::Resend { upto, recv_ms: 99, fork: Some(_), .. } if upto == end));
    let on = chain(Some((6, second[2].id())), 1, "second");
    assert!(matches!(judge(&server, &request(7, &on)), PushDecision::Append { skip: 0, branch: 1, fork: Some(_), .. }));
    // A third writer gets a branch of its own; so does another first event.
    let third = chain(at, 1, "third");
    assert!(matches!(judge(&server, &request(4, &third)), PushDecision::Append { branch: 2, .. }));
    let anew = chain(None, 2, "anew");
    assert!(matches!(judge(&server, &request(1, &anew)), PushDecision::Append { skip: 0, branch: 2, .. }));
}

#[test]
fn histories_that_parted_earlier_go_back_a_batch() {
    let (ours, theirs) = (chain(None, 5, "ours"), chain(None, 5, "theirs"));
    let told = judge(&holding(&ours), &request(4, &theirs[3..]));
    assert_eq!(told, PushDecision::Answer(PushReply::Expected { n: 1, head: Hash::default() }));
}

#[test]
fn what_is_not_one_signed_run_of_this_chain_is_unfit() {
    let events = chain(None, 4, "");
    let unfit = |request: &PushRequest| match *open_batch(request, &device().public()).unwrap_err() {
        PushReply::Unfit { n, why } => (n, why),
        other => panic!("{other:?}"),
    };
    let mut forged = events.clone();
    forged[2].sig[0] ^= 1;
    assert_eq!(unfit(&request(1, &forged)), (3, UnfitEvent::Signature));
    let gap = [events[0].clone(), events[2].clone()];
    assert_eq!(unfit(&request(1, &gap)), (2, UnfitEvent::Chain));
    assert_eq!(unfit(&request(2, &events)), (2, UnfitEvent::Chain));
    let spliced = [events[..2].to_vec(), chain(Some((2, Hash::of(b"other"))), 1, "")].concat();
    assert_eq!(unfit(&request(1, &spliced)), (3, UnfitEvent::Chain));
    let others = PushRequest { dev: "d_other".into(), ..request(1, &events) };
    assert_eq!(unfit(&others), (1, UnfitEvent::Chain));
    let stranger = Signer::from_seed(&[2; 32]).public();
    assert!(matches!(*open_batch(&request(1, &events), &stranger).unwrap_err(), PushReply::Unfit { n: 1, .. }));
}

#[test]
fn another_log_epoch_or_version_is_said_so() {
    let events = chain(None, 1, "");
    let answer = |request: PushRequest| match judge(&ChainView::default(), &request) {
        PushDecision::Answer(reply) => reply,
        other => panic!("{other:?}"),
    };
    let asked = request(1, &events);
    assert_eq!(answer(PushRequest { proto: 2, ..asked.clone() }), PushReply::Upgrade { proto_max: 1 });
    assert_eq!(answer(PushRequest { epoch: 2, ..asked.clone() }), PushReply::EpochChanged { epoch: 1 });
    assert_eq!(answer(PushRequest { log: "x".into(), ..asked }), PushReply::OtherLog { log: "town-1".into() });
}

/// Scopes with events of about `cost` bytes each.
struct Shelves(Vec<(String, u64)>);

impl Shelves {
    fn frame(scope: &str, pos: u64) -> PageFrame {
        let body = format!("{scope} {pos} {}", "x".repeat(1000)).into_bytes();
        let event = SignedEvent { body, suite: 1, sig: vec![0; 64] };
        PageFrame { scope: scope.into(), pos, seq: pos, recv_ms: 0, event }
    }

    fn hash(scope: &str, pos: u64) -> Hash {
        (1..=pos).fold(scope::EMPTY, |hash, pos| scope::extend(&hash, &Self::frame(scope, pos).event.id()))
    }

    fn standing(&self) -> Standing {
        Standing {
            log: "town-1".into(),
            epoch: 1,
            town_name: "九亭镇".into(),
            tip_seq: 5,
            granted: self.0.iter().map(|(scope, pos)| Granted { scope: scope.clone(), pos: *pos }).collect(),
            t1: 0,
            t2: 0,
        }
    }
}

impl Shelf for Shelves {
    type Error = ();

    fn frames(&mut self, scope: &str, pos: u64, _: usize) -> Result<Vec<Shelved>, ()> {
        let end = self.0.iter().find(|(name, _)| name == scope).map_or(0, |(_, end)| *end);
        let shelve = |pos| Shelved { frame: Self::frame(scope, pos), hash: Self::hash(scope, pos) };
        Ok((pos + 1..=end).map(shelve).collect())
    }

    fn hash_at(&mut self, scope: &str, pos: u64) -> Result<Hash, ()> {
        Ok(Self::hash(scope, pos))
    }
}

fn pull(shelves: &mut Shelves, cursors: &[(String, u64)]) -> PullReply {
    let server = Signer::from_seed(&[9; 32]);
    let cursors = cursors.to_vec();
    let asked = PullRequest { proto: 1, log: "town-1".into(), epoch: 1, cursors, max_bytes: 0, t0: 0 };
    let standing = shelves.standing();
    page(&asked, &standing, "echo", &server, shelves).unwrap()
}

#[test]
fn pages_lead_through_every_scope_town_first_without_a_hole() {
    let mut shelves = Shelves(vec![("cmp-1".into(), 30), ("cmp-2".into(), 0), ("town".into(), 25)]);
    let mut held: Vec<(String, u64)> = vec![("cmp-9".into(), 3)];
    let mut seen: Vec<(String, u64)> = Vec::new();
    for turn in 0.. {
        let PullReply::Page(page) = pull(&mut shelves, &held) else { panic!("no page") };
        assert!(turn < 20 && !page.frames.is_empty(), "progress on every page");
        assert_eq!(page.granted, ["cmp-1", "cmp-2", "town"]);
        assert_eq!(page.revoked.contains(&"cmp-9".to_owned()), held.iter().any(|(scope, _)| scope == "cmp-9"));
        seen.extend(page.frames.iter().map(|frame| (frame.scope.clone(), frame.pos)));
        for (scope, pos, hash) in &page.seal.said.scopes {
            assert_eq!(*hash, Shelves::hash(scope, *pos));
        }
        held = page.seal.said.scopes.iter().map(|(scope, pos, _)| (scope.clone(), *pos)).collect();
        if !page.more {
            break;
        }
    }
    let town = (1..=25).map(|pos| ("town".to_owned(), pos));
    let compound = (1..=30).map(|pos| ("cmp-1".to_owned(), pos));
    assert_eq!(seen, town.chain(compound).collect::<Vec<_>>());
}

#[test]
fn a_server_that_lost_events_says_so() {
    let mut shelves = Shelves(vec![("town".into(), 2)]);
    assert_eq!(pull(&mut shelves, &[("town".into(), 3)]), PullReply::Behind { scope: "town".into(), pos: 2 });
    let asked = PullRequest { proto: 1, log: "town-1".into(), epoch: 7, cursors: Vec::new(), max_bytes: 0, t0: 0 };
    let server = Signer::from_seed(&[9; 32]);
    let standing = shelves.standing();
    let told = page(&asked, &standing, "echo", &server, &mut shelves).unwrap();
    assert_eq!(told, PullReply::EpochChanged { epoch: 1 });
}

#[test]
fn a_hole_in_storage_is_an_alarm_and_not_a_page() {
    struct Holed;
    impl Shelf for Holed {
        type Error = ();
        fn frames(&mut self, scope: &str, _: u64, _: usize) -> Result<Vec<Shelved>, ()> {
            Ok(vec![Shelved { frame: Shelves::frame(scope, 2), hash: Hash::default() }])
        }
        fn hash_at(&mut self, _: &str, _: u64) -> Result<Hash, ()> {
            Ok(Hash::default())
        }
    }
    let standing = Shelves(vec![("town".into(), 2)]).standing();
    let asked = PullRequest { proto: 1, log: "town-1".into(), epoch: 1, cursors: Vec::new(), max_bytes: 0, t0: 0 };
    let told = page(&asked, &standing, "echo", &Signer::from_seed(&[9; 32]), &mut Holed);
    assert_eq!(told, Err(PageError::NotDense { scope: "town".into(), after: 0 }));
}

#[test]
fn a_request_is_signed_whole() {
    let (key, echo) = (device().public(), "00112233445566778899aabbccddeeff");
    let sig = request::sign(&device(), "POST", "/v1/push", echo, Body::Whole(b"body"));
    let verify = |method, path, echo, body| request::verify(&key, method, path, echo, body, &sig);
    assert!(verify("POST", "/v1/push", echo, Body::Whole(b"body")).is_ok());
    assert!(verify("PUT", "/v1/push", echo, Body::Whole(b"body")).is_err());
    assert!(verify("POST", "/v1/pull", echo, Body::Whole(b"body")).is_err());
    assert!(verify("POST", "/v1/push", echo, Body::Whole(b"b0dy")).is_err());
    assert!(verify("POST", "/v1/push", echo, Body::Unsigned).is_err());
    assert!(verify("POST", "/v1/push", "10112233445566778899aabbccddeeff", Body::Whole(b"body")).is_err());
    assert!(verify("POST", "/v1/push", "short", Body::Whole(b"body")).is_err());
}
