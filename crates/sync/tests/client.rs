//! The laptop's machine, answer by answer: what it asks next, what it says of troubles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use serde_json::json;
use xunju_evidence::{BlobReceipt, Countersigned, EventBody, Hash, Head, PublicKey, SignedEvent, Signer, Times};
use xunju_sync::client::{
    Apply, Asked, BlobsView, Client, EventsView, Failure, Input, Lane, Outgoing, Output, Party, RawReply, Reply,
    Request, Status, StoreFault, Transfer, Trouble, answer,
};
use xunju_sync::message::{UnfitEvent, blob_receipt_header};
use xunju_sync::server::{Granted, Intake, Shelf, Shelved, Standing, page, receipt};
use xunju_sync::{PullReply, PullRequest, PushReply, limits, wire};

fn server() -> Signer {
    Signer::from_seed(&[9; 32])
}

fn device() -> Signer {
    Signer::from_seed(&[1; 32])
}

fn dev() -> String {
    device().public().device_id()
}

fn events(count: u64) -> Vec<Outgoing> {
    let mut prev: Option<Hash> = None;
    let mut event = |n| {
        let t = Times { wall: 0, tz: "+08:00".into(), boot: "b".into(), mono: 0, anc: None, gps: None };
        let body = EventBody {
            v: 1,
            kind: "case.noted".into(),
            tv: 1,
            record: "case:1".into(),
            scope: "cmp-1".into(),
            dev: dev(),
            inc: 1,
            n,
            prev,
            parents: Vec::new(),
            actor: "u".into(),
            sess: None,
            acl: 0,
            t,
            seen: None,
            blobs: Vec::new(),
            crit: false,
            touches: Vec::new(),
            data: json!({}),
        };
        let event = device().sign_event(&body).unwrap();
        prev = Some(event.id());
        Outgoing { inc: 1, n, id: event.id(), event }
    };
    (1..=count).map(&mut event).collect()
}

/// A machine with a laptop that holds these events, and what it last asked for.
struct Desk {
    machine: Client,
    now_ms: u64,
    outgoing: Vec<Outgoing>,
    upload: Option<Transfer>,
    status: Status,
    wait_ms: u64,
    sent: Vec<(u64, Lane, Request)>,
    kept: Vec<Apply>,
}

impl Desk {
    fn new(outgoing: Vec<Outgoing>) -> Self {
        let party = Party { log: "town-1".into(), dev: dev(), server: server().public() };
        let machine = Client::new(party, 1);
        let (sent, kept, status) = (Vec::new(), Vec::new(), Status::default());
        let mut desk = Self { machine, now_ms: 1_000, outgoing, upload: None, status, wait_ms: 0, sent, kept };
        desk.feed(Input::Tick);
        desk
    }

    fn feed(&mut self, input: Input) {
        let mut queue = vec![input];
        while let Some(input) = queue.pop() {
            for output in self.machine.step(self.now_ms, input) {
                match output {
                    Output::NeedEvents(need) => {
                        let from_n = need.from.map_or(1, |(_, n)| n);
                        let held = self.outgoing.iter().filter(|own| own.n >= from_n).take(need.events_max);
                        let waiting = self.outgoing.first().map(|own| (own.inc, own.n));
                        let (outgoing, to_the_end) = (held.cloned().collect(), true);
                        let (epoch, inc, inc_max, cursors) = (1, 1, 1, Vec::new());
                        queue.push(Input::Events(EventsView {
                            epoch,
                            inc,
                            inc_max,
                            waiting,
                            cursors,
                            outgoing,
                            to_the_end,
                        }));
                    }
                    Output::NeedBlobs { skip } => {
                        let upload = self.upload.filter(|transfer| !skip.contains(&transfer.hash));
                        queue.push(Input::Blobs(BlobsView { upload, download: None }));
                    }
                    Output::Send { id, lane, request, .. } => self.sent.push((id, lane, request)),
                    Output::Store { lane, apply } => {
                        if let Apply::Receipt { ids, .. } = &apply {
                            self.outgoing.retain(|own| !ids.contains(&own.id));
                        }
                        if let Apply::BlobVerified(_) = &apply {
                            self.upload = None;
                        }
                        self.kept.push(apply);
                        queue.push(Input::Stored { lane, result: Ok(()) });
                    }
                    Output::Status(status) => self.status = status,
                    Output::WaitUntil(moment) => self.wait_ms = moment,
                    Output::Anchor(_) | Output::Sent { .. } => {}
                }
            }
        }
    }

    fn asked(&mut self, lane: Lane) -> (u64, Request) {
        let at = self.sent.iter().rposition(|(_, of, _)| *of == lane).unwrap_or_else(|| panic!("nothing on {lane:?}"));
        let (id, _, request) = self.sent.remove(at);
        (id, request)
    }

    fn answer(&mut self, id: u64, result: Result<Reply, Failure>) {
        self.feed(Input::Reply { id, result });
    }

    /// Answers the questions that open every session: nothing is known of this chain.
    fn open_session(&mut self) {
        let (id, request) = self.asked(Lane::Control);
        assert!(matches!(&request, Request::Push(push) if push.events.is_empty()), "{request:?}");
        self.answer(id, Ok(Reply::Push(PushReply::Expected { n: 1, head: Hash::default() })));
    }

    fn push(&mut self) -> (u64, xunju_sync::PushRequest) {
        match self.asked(Lane::Control) {
            (id, Request::Push(push)) => (id, push),
            other => panic!("{other:?}"),
        }
    }

    fn accept(&mut self) {
        let (id, push) = self.push();
        let last = push.events.last().unwrap();
        let upto = Head { n: push.from_n + push.events.len() as u64 - 1, hash: last.id() };
        let intake = Intake { log: "town-1".into(), epoch: 1, dev: dev() };
        let receipt = receipt(&intake, 1, &upto, 5, &server());
        self.answer(id, Ok(Reply::Push(PushReply::Accepted { receipt, ahead: None, t1: 5, t2: 5 })));
    }

    fn empty_page(&mut self) {
        match self.asked(Lane::Control) {
            (id, Request::Pull(request)) => self.answer(id, Ok(Reply::Pull(nothing_new(&request)))),
            other => panic!("{other:?}"),
        }
    }
}

struct Empty;

impl Shelf for Empty {
    type Error = ();
    fn frames(&mut self, _: &str, _: u64, _: usize) -> Result<Vec<Shelved>, ()> {
        Ok(Vec::new())
    }
    fn hash_at(&mut self, _: &str, _: u64) -> Result<Hash, ()> {
        Err(())
    }
}

fn nothing_new(request: &PullRequest) -> PullReply {
    let granted = vec![Granted { scope: "town".into(), pos: 0 }];
    let (log, town_name) = ("town-1".into(), "九亭镇".into());
    let standing = Standing { log, epoch: 1, town_name, tip_seq: 0, granted, t1: 5, t2: 5 };
    page(request, &standing, "echo", &server(), &mut Empty).unwrap()
}

#[test]
fn a_session_sends_little_then_much_then_pulls_and_waits() {
    let mut desk = Desk::new(events(700));
    desk.open_session();
    let mut sizes = Vec::new();
    while let Some((_, _, Request::Push(push))) = desk.sent.iter().rfind(|(_, lane, _)| *lane == Lane::Control) {
        sizes.push(push.events.len());
        desk.accept();
    }
    assert_eq!(sizes, [limits::PUSH_FIRST_EVENTS, 500, 180]);
    assert!(!desk.status.drained);
    desk.empty_page();
    assert_eq!(desk.kept.last(), Some(&Apply::Exchanged));
    assert!(desk.status.drained && !desk.status.working && desk.status.trouble.is_none());
    assert_eq!(desk.asked(Lane::Watch).1, Request::Wait { after_seq: 0 });
}

#[test]
fn a_failure_waits_longer_each_time_and_a_person_does_not_wait() {
    let mut desk = Desk::new(events(1));
    let mut longest = 0;
    for _ in 0..12 {
        let (id, _) = desk.asked(Lane::Control);
        desk.answer(id, Err(Failure::Unreachable));
        assert_eq!(desk.status.trouble, Some(Trouble::Unreachable));
        longest = longest.max(desk.wait_ms - desk.now_ms);
        assert!(desk.sent.is_empty(), "nothing is sent in a pause");
        desk.now_ms = desk.wait_ms;
        desk.feed(Input::Tick);
    }
    assert!(longest > 60_000, "{longest}");
    let (id, _) = desk.asked(Lane::Control);
    desk.answer(id, Err(Failure::Unreachable));
    desk.feed(Input::Now);
    desk.open_session();
    desk.accept();
    assert_eq!(desk.status.trouble, None);
}

#[test]
fn troubles_keep_their_names() {
    for (reply, trouble) in [
        (PushReply::Revoked, Trouble::Revoked),
        (PushReply::OtherLog { log: "x".into() }, Trouble::OtherLog),
        (PushReply::Upgrade { proto_max: 1 }, Trouble::Upgrade { proto_max: 1 }),
        (PushReply::Busy { retry_ms: 10 }, Trouble::Busy),
        (
            PushReply::Expected { n: 9, head: Hash::default() },
            Trouble::BadReply { what: "expects what it was not sent" },
        ),
    ] {
        let mut desk = Desk::new(events(1));
        desk.open_session();
        let (id, _) = desk.push();
        desk.answer(id, Ok(Reply::Push(reply)));
        assert_eq!(desk.status.trouble, Some(trouble));
        assert!(desk.kept.is_empty(), "nothing was believed");
    }
    for (failure, trouble) in [(Failure::NotOurs, Trouble::NotOurs), (Failure::WrongKey, Trouble::WrongKey)] {
        let mut desk = Desk::new(events(1));
        let (id, _) = desk.asked(Lane::Control);
        desk.answer(id, Err(failure));
        assert_eq!(desk.status.trouble, Some(trouble));
        assert!(!desk.status.reachable);
    }
}

#[test]
fn an_event_that_cannot_go_does_not_stop_what_comes_in() {
    let mut desk = Desk::new(events(2));
    desk.open_session();
    let (id, _) = desk.push();
    desk.answer(id, Ok(Reply::Push(PushReply::Unfit { n: 1, why: UnfitEvent::Body })));
    desk.empty_page();
    assert!(desk.kept.iter().any(|apply| matches!(apply, Apply::Page(_))));
    assert_eq!(desk.status.trouble, Some(Trouble::Unfit { n: 1, why: UnfitEvent::Body }));
    assert!(!desk.status.drained);
}

#[test]
fn an_event_that_cannot_go_does_not_hold_back_those_before_it() {
    let mut desk = Desk::new(events(3));
    desk.open_session();
    let (id, push) = desk.push();
    assert_eq!(push.events.len(), 3);
    desk.answer(id, Ok(Reply::Push(PushReply::Unfit { n: 3, why: UnfitEvent::Body })));
    let (id, push) = desk.push();
    assert_eq!((push.from_n, push.events.len()), (1, 2), "those before it go alone");
    let upto = Head { n: 2, hash: push.events[1].id() };
    let receipt = receipt(&Intake { log: "town-1".into(), epoch: 1, dev: dev() }, 1, &upto, 5, &server());
    desk.answer(id, Ok(Reply::Push(PushReply::Accepted { receipt, ahead: None, t1: 5, t2: 5 })));
    assert!(desk.kept.iter().any(|apply| matches!(apply, Apply::Receipt { ids, .. } if ids.len() == 2)));
}

#[test]
fn a_receipt_for_anything_else_than_was_sent_is_not_kept() {
    let wrong = |change: fn(&mut Intake, &mut Head)| {
        let mut desk = Desk::new(events(3));
        desk.open_session();
        let (id, push) = desk.push();
        let mut intake = Intake { log: "town-1".into(), epoch: 1, dev: dev() };
        let mut upto = Head { n: 3, hash: push.events[2].id() };
        change(&mut intake, &mut upto);
        let receipt = receipt(&intake, 1, &upto, 5, &server());
        desk.answer(id, Ok(Reply::Push(PushReply::Accepted { receipt, ahead: None, t1: 5, t2: 5 })));
        desk.kept.is_empty() && desk.status.trouble == Some(Trouble::BadReply { what: "receipt" })
    };
    assert!(wrong(|_, upto| upto.n = 2));
    assert!(wrong(|_, upto| upto.hash = Hash::of(b"other")));
    assert!(wrong(|intake, _| intake.dev = "d_other".into()));
    assert!(wrong(|intake, _| intake.epoch = 2));
    assert!(!wrong(|_, _| {}));
}

#[test]
fn too_large_halves_until_it_fits() {
    let mut desk = Desk::new(events(16));
    desk.open_session();
    for size in [16, 8, 4, 2] {
        let (id, push) = desk.push();
        assert_eq!(push.events.len(), size);
        desk.answer(id, Ok(Reply::Push(PushReply::TooLarge { events_max: 500, bytes_max: 1 })));
    }
    assert_eq!(desk.push().1.events.len(), 1);
}

#[test]
fn what_could_not_be_read_or_kept_is_tried_again() {
    let mut desk = Desk::new(events(1));
    desk.open_session();
    let (id, _) = desk.push();
    desk.answer(id, Err(Failure::Unreachable));
    // The disk fails just when the pause is over.
    desk.now_ms = desk.wait_ms;
    let outputs = desk.machine.step(desk.now_ms, Input::Tick);
    assert!(outputs.iter().any(|output| matches!(output, Output::NeedEvents(_))));
    desk.feed(Input::Unreadable { lane: Lane::Control });
    assert_eq!(desk.status.trouble, Some(Trouble::Local));
    desk.feed(Input::Stored { lane: Lane::Control, result: Err(StoreFault::Failed) });
    assert!(desk.wait_ms > desk.now_ms, "a stray answer changes nothing");
    desk.now_ms = desk.wait_ms;
    desk.feed(Input::Tick);
    desk.accept();
    assert_eq!(desk.status.trouble, None);
}

#[test]
fn an_upload_goes_on_where_the_server_says_and_ends_with_its_word() {
    let file = vec![7; 700_000];
    let (hash, bytes) = (Hash::of(&file), file.len() as u64);
    let mut desk = Desk::new(Vec::new());
    desk.upload = Some(Transfer { hash, bytes, lane: 3 });
    desk.open_session();
    desk.empty_page();
    let (id, request) = desk.asked(Lane::Bulk);
    assert_eq!(request, Request::Create { hash, bytes });
    desk.answer(id, Ok(Reply::Blob { offset: 100_000, receipt: None }));
    let (id, request) = desk.asked(Lane::Bulk);
    assert_eq!(request, Request::Patch { hash, offset: 100_000, len: limits::PIECE_BYTES_START });
    // Broken off: ask how much arrived, go on from there with smaller pieces.
    desk.answer(id, Err(Failure::Unreachable));
    desk.now_ms = desk.wait_ms;
    desk.feed(Input::Tick);
    let (id, request) = desk.asked(Lane::Bulk);
    assert_eq!(request, Request::Look { hash });
    desk.answer(id, Ok(Reply::Blob { offset: 230_000, receipt: None }));
    let (id, request) = desk.asked(Lane::Bulk);
    assert_eq!(request, Request::Patch { hash, offset: 230_000, len: limits::PIECE_BYTES_START / 2 });
    // A receipt that is not the server's own counts for nothing.
    let said = BlobReceipt { log: "town-1".into(), hash, bytes, recv_ms: 5 };
    let forged = Countersigned::sign(said.clone(), &device());
    desk.answer(id, Ok(Reply::Blob { offset: bytes, receipt: Some(forged) }));
    assert!(!desk.kept.iter().any(|apply| matches!(apply, Apply::BlobVerified(_))));
    assert_eq!(desk.status.refused_files, 1);
    desk.feed(Input::Now);
    desk.empty_page();
    let (id, _) = desk.asked(Lane::Bulk);
    desk.answer(id, Ok(Reply::Blob { offset: bytes, receipt: Some(Countersigned::sign(said.clone(), &server())) }));
    assert!(desk.kept.contains(&Apply::BlobVerified(Countersigned::sign(said, &server()))));
    assert!(desk.status.drained);
}

fn read(request: &Request, key: &PublicKey, raw: RawReply) -> Result<Reply, Failure> {
    answer::read(Asked { request, echo: ECHO, log: "town-1", server: key, blob_bytes: 7 }, raw)
}

const ECHO: &str = "00112233445566778899aabbccddeeff";

#[test]
fn only_our_server_can_answer() {
    let (ours, pull) = (
        server().public(),
        PullRequest { proto: 1, log: "town-1".into(), epoch: 1, cursors: Vec::new(), max_bytes: 0, t0: 0 },
    );
    let request = Request::Pull(pull);
    let sealed = |signer: &Signer, echo: &str| RawReply {
        status: 200,
        media_type: Some(wire::MEDIA_TYPE.into()),
        body: wire::seal(&PullReply::Revoked, echo, signer).unwrap(),
        ..RawReply::default()
    };
    assert_eq!(read(&request, &ours, sealed(&server(), ECHO)), Ok(Reply::Pull(PullReply::Revoked)));
    assert_eq!(read(&request, &ours, sealed(&device(), ECHO)), Err(Failure::WrongKey));
    assert_eq!(read(&request, &ours, sealed(&server(), "10112233445566778899aabbccddeeff")), Err(Failure::NotOurs));
    let page = RawReply { media_type: Some("text/html".into()), ..sealed(&server(), ECHO) };
    assert_eq!(read(&request, &ours, page), Err(Failure::NotOurs));
    let status = |status, retry_ms| RawReply { status, retry_ms, ..RawReply::default() };
    for (code, failure) in [
        (302, Failure::NotOurs),
        (401, Failure::NotOurs),
        (404, Failure::NotOurs),
        (408, Failure::Unreachable),
        (500, Failure::Unreachable),
        (502, Failure::Unreachable),
        (504, Failure::Unreachable),
    ] {
        assert_eq!(read(&request, &ours, status(code, None)), Err(failure), "{code}");
    }
    assert_eq!(read(&request, &ours, status(503, Some(7_000))), Err(Failure::Busy { retry_ms: 7_000 }));
}

#[test]
fn a_blob_reply_needs_our_echo() {
    let (ours, hash) = (server().public(), Hash::of(b"photo"));
    let said = BlobReceipt { log: "town-1".into(), hash, bytes: 7, recv_ms: 5 };
    let receipt = Countersigned::sign(said, &server());
    let whole = |echo: &str| RawReply {
        status: 204,
        echo: Some(echo.into()),
        upload_offset: Some(7),
        blob_receipt: Some(blob_receipt_header(&receipt)),
        ..RawReply::default()
    };
    let look = Request::Look { hash };
    assert_eq!(read(&look, &ours, whole(ECHO)), Ok(Reply::Blob { offset: 7, receipt: Some(receipt.clone()) }));
    assert_eq!(read(&look, &ours, whole("other")), Err(Failure::NotOurs));
    let status = |status| RawReply { status, echo: Some(ECHO.into()), ..RawReply::default() };
    for (code, failure) in [
        (404, Failure::UnknownBlob),
        (403, Failure::RefusedBlob),
        (409, Failure::OtherOffset),
        (460, Failure::HashMismatch),
        (204, Failure::NotOurs),
    ] {
        assert_eq!(read(&look, &ours, status(code)), Err(failure), "{code}");
    }
    let fetch = Request::Fetch { hash, offset: 2, len: 3 };
    let bytes =
        |status, body: &[u8]| RawReply { status, echo: Some(ECHO.into()), body: body.to_vec(), ..RawReply::default() };
    assert_eq!(read(&fetch, &ours, bytes(206, b"cde")), Ok(Reply::Part(b"cde".to_vec())));
    assert_eq!(
        read(&fetch, &ours, bytes(200, b"abcdefg")),
        Ok(Reply::Part(b"cde".to_vec())),
        "a range that was not heeded"
    );
    assert_eq!(read(&fetch, &ours, bytes(206, b"cdef")), Err(Failure::NotOurs), "more than was asked");
    assert_eq!(read(&fetch, &ours, bytes(206, b"")), Err(Failure::NotOurs));
}

#[test]
fn an_event_of_another_chain_is_not_taken_along() {
    // Two branches with the same numbers, as a restored folder holds them: each goes by itself.
    let ours = events(3);
    let mut other: Vec<SignedEvent> = ours.iter().map(|own| own.event.clone()).collect();
    other[1].body = other[1].body.iter().copied().chain(*b" ").collect();
    let twin = Outgoing { inc: 1, n: 2, id: other[1].id(), event: other[1].clone() };
    let mut desk = Desk::new(vec![ours[0].clone(), twin, ours[1].clone(), ours[2].clone()]);
    desk.open_session();
    let ids: Vec<Hash> = desk.push().1.events.iter().map(SignedEvent::id).collect();
    let linked = EventBody::parse(&ours[1].event.body).unwrap().prev == Some(ours[0].id);
    assert!(linked && ids[0] == ours[0].id && ids.len() == 2, "{ids:?}");
}

/// Found by the simulator: server and laptop put back from old copies, the event between them gone for good.
#[test]
fn an_event_that_nobody_has_any_more_does_not_keep_the_laptop_in_circles() {
    let mut desk = Desk::new(events(6).split_off(4));
    desk.open_session();
    for _ in 0..2 {
        let (id, push) = desk.push();
        assert_eq!(push.from_n, 5);
        desk.answer(id, Ok(Reply::Push(PushReply::Expected { n: 4, head: Hash::of(b"3") })));
        desk.empty_page();
        assert!(matches!(desk.status.trouble, Some(Trouble::ServerBehind { .. })));
        assert!(!desk.status.drained && desk.wait_ms > desk.now_ms);
        assert!(!desk.sent.iter().any(|(_, lane, _)| *lane == Lane::Control), "it waits");
        desk.now_ms = desk.wait_ms;
        desk.feed(Input::Tick);
    }
}
