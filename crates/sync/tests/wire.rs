//! Bytes frozen at release, and bytes no honest program sends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use proptest::prelude::*;
use xunju_evidence::hash::to_hex;
use xunju_evidence::{Countersigned, Hash, PageSeal, Receipt, SignedEvent, Signer, scope};
use xunju_sync::message::{Page, Refusal, UnfitEvent};
use xunju_sync::wire::{self, Message, WireError};
use xunju_sync::{
    BackedReply, BackedRequest, Carried, EnrolReply, EnrolRequest, LogReply, PageFrame, PullReply, PullRequest,
    PushReply, PushRequest, Reach, RecoverReply, RecoverRequest, WaitReply, Welcome, limits,
};

const ECHO: &str = "00112233445566778899aabbccddeeff";

fn server() -> Signer {
    Signer::from_seed(&[9; 32])
}

fn event(text: &str) -> SignedEvent {
    SignedEvent { body: text.as_bytes().to_vec(), suite: 1, sig: vec![7; 64] }
}

fn push_request() -> PushRequest {
    PushRequest {
        proto: 1,
        log: "town-1".into(),
        epoch: 3,
        dev: "d_9f3c".into(),
        inc: 2,
        from_n: 41,
        events: vec![event("{\"甲\":1}"), event("{\"b\":2}")],
        t0: 8_123_456,
    }
}

fn receipt() -> Countersigned<Receipt> {
    let said = Receipt {
        log: "town-1".into(),
        epoch: 3,
        dev: "d_9f3c".into(),
        inc: 2,
        upto_n: 42,
        head: event("{\"b\":2}").id(),
        recv_ms: 1_790_301_781_123,
    };
    Countersigned::sign(said, &server())
}

fn push_replies() -> Vec<(&'static str, PushReply)> {
    let (t1, t2) = (1_790_301_781_100, 1_790_301_781_123);
    vec![
        ("push_accepted", PushReply::Accepted { receipt: receipt(), ahead: Some((50, Hash::of(b"x"))), t1, t2 }),
        ("push_expected", PushReply::Expected { n: 40, head: Hash::of(b"x") }),
        ("push_forked", PushReply::Forked { at_n: 41, head_n: 44, head: Hash::of(b"x"), receipt: receipt(), t1, t2 }),
        ("push_too_large", PushReply::TooLarge { events_max: 500, bytes_max: 2_000_000 }),
        ("push_unfit", PushReply::Unfit { n: 41, why: UnfitEvent::Signature }),
        ("push_epoch", PushReply::EpochChanged { epoch: 4 }),
        ("push_other_log", PushReply::OtherLog { log: "town-2".into() }),
        ("push_upgrade", PushReply::Upgrade { proto_max: 1 }),
        ("push_busy", PushReply::Busy { retry_ms: 1500 }),
        ("push_revoked", PushReply::Revoked),
    ]
}

fn pull_request() -> PullRequest {
    let cursors = vec![("cmp-017".to_owned(), 12), ("town".to_owned(), 0)];
    PullRequest { proto: 1, log: "town-1".into(), epoch: 3, cursors, max_bytes: 1_048_576, t0: 8_123_456 }
}

fn page() -> PullReply {
    let frame =
        PageFrame { scope: "town".into(), pos: 1, seq: 9, recv_ms: 1_790_301_781_123, event: event("{\"a\":1}") };
    let end = scope::extend(&scope::EMPTY, &frame.event.id());
    let scopes = vec![("cmp-017".to_owned(), 12, Hash::of(b"h")), ("town".to_owned(), 1, end)];
    let said = PageSeal { log: "town-1".into(), epoch: 3, scopes, echo: ECHO.into() };
    PullReply::Page(Box::new(Page {
        frames: vec![frame],
        seal: Countersigned::sign(said, &server()),
        more: true,
        granted: vec!["cmp-017".into(), "town".into()],
        revoked: vec!["cmp-003".into()],
        tip_seq: 77,
        town_name: "九亭镇".into(),
        t1: 1,
        t2: 2,
    }))
}

fn pull_replies() -> Vec<(&'static str, PullReply)> {
    vec![
        ("pull_page", page()),
        ("pull_epoch", PullReply::EpochChanged { epoch: 4 }),
        ("pull_other_log", PullReply::OtherLog { log: "town-2".into() }),
        ("pull_behind", PullReply::Behind { scope: "town".into(), pos: 5 }),
        ("pull_upgrade", PullReply::Upgrade { proto_max: 1 }),
        ("pull_busy", PullReply::Busy { retry_ms: 1500 }),
        ("pull_revoked", PullReply::Revoked),
    ]
}

fn enrol_request() -> EnrolRequest {
    EnrolRequest {
        proto: 1,
        code: "K7QF-2M9X".into(),
        device_public_key: Signer::from_seed(&[1; 32]).public().text(),
        device_name: "巡查一号".into(),
    }
}

fn enrol_replies() -> Vec<(&'static str, EnrolReply)> {
    let welcome = Welcome {
        log: "town-1".into(),
        epoch: 3,
        town_name: "九亭镇".into(),
        town_code: "310117103".into(),
        server_public_key: server().public().text(),
        user: "u-10023".into(),
        user_name: "王".into(),
        device: "d_9f3c".into(),
    };
    vec![
        ("enrol_welcome", EnrolReply::Welcome(welcome)),
        ("enrol_refused", EnrolReply::Refused(Refusal::Code)),
        ("enrol_wait", EnrolReply::Refused(Refusal::TooManyTries { retry_s: 30 })),
    ]
}

fn log_reply() -> LogReply {
    LogReply {
        note: Some("xunju/log_1\n1\n\n".into()),
        path: vec![Hash::of(b"left"), Hash::of(b"right")],
        backed: None,
        stamped: None,
        fork: None,
    }
}

/// What a server says since it can be backed up; one of before says nothing there.
fn log_reach() -> LogReply {
    let reach = |size| Some(Reach { size, at_ms: 1_795_485_600_000 });
    LogReply { backed: reach(9_000), stamped: reach(8_000), fork: Some("xunju/log_1/fork\n".into()), ..log_reply() }
}

fn recover_request() -> RecoverRequest {
    let PushRequest { events, .. } = push_request();
    let carried = |(seq, event)| Carried { seq, recv_ms: 1_795_485_600_000, event };
    let events = (1_601..).zip(events).map(carried).collect();
    RecoverRequest { log: "town-1".into(), note: Some("xunju/log_1\n".into()), events }
}

fn recover_replies() -> [(&'static str, RecoverReply); 3] {
    [
        ("recover_after", RecoverReply::After { seq: 1_612 }),
        ("recover_over", RecoverReply::Over),
        ("recover_other", RecoverReply::OtherLog { log: "town-2".into() }),
    ]
}

fn backed_request() -> BackedRequest {
    BackedRequest { hashes: vec![Hash::of(b"photo"), Hash::of(b"another")] }
}

/// A message without its compression, whose bytes may change with the library: the items are the promise.
fn raw(packed: &[u8]) -> String {
    let length = u32::from_be_bytes(packed[4..8].try_into().unwrap()) as usize;
    assert_eq!(&packed[..4], b"XJW1");
    to_hex(&zstd::bulk::decompress(&packed[8..], length).unwrap())
}

#[test]
fn the_bytes_of_every_message_are_frozen() {
    let mut lines = vec![
        ("push_request", raw(&wire::encode(&push_request()).unwrap())),
        ("pull_request", raw(&wire::encode(&pull_request()).unwrap())),
        ("enrol_request", raw(&wire::encode(&enrol_request()).unwrap())),
        ("wait", raw(&wire::seal(&WaitReply { dirty: vec!["town".into()] }, ECHO, &server()).unwrap())),
        ("log", raw(&wire::seal(&log_reply(), ECHO, &server()).unwrap())),
        ("log_reach", raw(&wire::seal(&log_reach(), ECHO, &server()).unwrap())),
        ("recover_request", raw(&wire::encode(&recover_request()).unwrap())),
        ("backed_request", raw(&wire::encode(&backed_request()).unwrap())),
        ("backed", raw(&wire::seal(&BackedReply { hashes: vec![Hash::of(b"photo")] }, ECHO, &server()).unwrap())),
    ];
    lines.extend(recover_replies().iter().map(|(name, m)| (*name, raw(&wire::seal(m, ECHO, &server()).unwrap()))));
    let recovering = PushReply::Recovering { retry_ms: 10_000 };
    lines.push(("push_recovering", raw(&wire::seal(&recovering, ECHO, &server()).unwrap())));
    let recovering = PullReply::Recovering { retry_ms: 10_000 };
    lines.push(("pull_recovering", raw(&wire::seal(&recovering, ECHO, &server()).unwrap())));
    lines.extend(push_replies().iter().map(|(name, m)| (*name, raw(&wire::seal(m, ECHO, &server()).unwrap()))));
    lines.extend(pull_replies().iter().map(|(name, m)| (*name, raw(&wire::seal(m, ECHO, &server()).unwrap()))));
    lines.extend(enrol_replies().iter().map(|(name, m)| (*name, raw(&wire::seal(m, ECHO, &server()).unwrap()))));
    let now: String = lines.iter().map(|(name, hex)| format!("{name} {hex}\n")).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/messages.txt");
    if std::env::var_os("XUNJU_BLESS").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    assert_eq!(now, std::fs::read_to_string(path).unwrap(), "released bytes changed");
}

#[test]
fn messages_come_back_as_they_went() {
    assert_eq!(wire::decode::<PushRequest>(&wire::encode(&push_request()).unwrap()).unwrap(), push_request());
    assert_eq!(wire::decode::<PullRequest>(&wire::encode(&pull_request()).unwrap()).unwrap(), pull_request());
    assert_eq!(wire::decode::<EnrolRequest>(&wire::encode(&enrol_request()).unwrap()).unwrap(), enrol_request());
    let key = server().public();
    let log = wire::seal(&log_reply(), ECHO, &server()).unwrap();
    assert_eq!(wire::open::<LogReply>(&log, ECHO, &key).unwrap(), log_reply());
    let log = wire::seal(&log_reach(), ECHO, &server()).unwrap();
    assert_eq!(wire::open::<LogReply>(&log, ECHO, &key).unwrap(), log_reach());
    assert_eq!(wire::decode::<BackedRequest>(&wire::encode(&backed_request()).unwrap()).unwrap(), backed_request());
    assert_eq!(wire::decode::<RecoverRequest>(&wire::encode(&recover_request()).unwrap()).unwrap(), recover_request());
    for (name, reply) in recover_replies() {
        let sealed = wire::seal(&reply, ECHO, &server()).unwrap();
        assert_eq!(wire::open::<RecoverReply>(&sealed, ECHO, &key).unwrap(), reply, "{name}");
    }
    for (name, reply) in push_replies() {
        let sealed = wire::seal(&reply, ECHO, &server()).unwrap();
        assert_eq!(wire::open::<PushReply>(&sealed, ECHO, &key).unwrap(), reply, "{name}");
    }
    for (name, reply) in pull_replies() {
        let sealed = wire::seal(&reply, ECHO, &server()).unwrap();
        assert_eq!(wire::open::<PullReply>(&sealed, ECHO, &key).unwrap(), reply, "{name}");
    }
    for (name, reply) in enrol_replies() {
        let sealed = wire::seal(&reply, ECHO, &server()).unwrap();
        assert_eq!(EnrolReply::open(&sealed, ECHO).unwrap(), reply, "{name}");
    }
}

#[test]
fn a_reply_counts_only_under_our_echo_and_our_servers_seal() {
    let sealed = wire::seal(&page(), ECHO, &server()).unwrap();
    let other = "ffeeddccbbaa99887766554433221100";
    assert_eq!(wire::open::<PullReply>(&sealed, other, &server().public()), Err(WireError::WrongEcho));
    let stranger = Signer::from_seed(&[10; 32]);
    let forged = wire::seal(&page(), ECHO, &stranger).unwrap();
    assert!(matches!(wire::open::<PullReply>(&forged, ECHO, &server().public()), Err(WireError::Signature(_))));
    // Whoever welcomes a laptop must hold the key it brings.
    let forged = wire::seal(&enrol_replies()[0].1, ECHO, &stranger).unwrap();
    assert!(matches!(EnrolReply::open(&forged, ECHO), Err(WireError::Signature(_))));
}

#[test]
fn lengths_are_checked_before_anything_is_set_aside() {
    let login_page = b"<!DOCTYPE html><html>Welcome to Hotel WiFi</html>";
    assert_eq!(wire::decode::<PushRequest>(login_page), Err(WireError::NotOurs));
    assert_eq!(wire::decode::<PushRequest>(b""), Err(WireError::NotOurs));
    // Four gigabytes announced in eight bytes.
    let huge = [b"XJW1".as_slice(), &u32::MAX.to_be_bytes(), &[0; 4]].concat();
    assert!(matches!(wire::decode::<PushRequest>(&huge), Err(WireError::TooLarge { .. })));
    // A bomb: a gigabyte of zeros in some kilobytes, announced as little.
    let zeros = vec![0; 64 * 1024 * 1024];
    let bomb = zstd::bulk::compress(&zeros, 3).unwrap();
    let hidden = [b"XJW1".as_slice(), &1024_u32.to_be_bytes(), &bomb].concat();
    assert_eq!(wire::decode::<PushRequest>(&hidden), Err(WireError::Compression));
    // Announced longer than it is.
    let mut longer = wire::encode(&push_request()).unwrap();
    longer[7] += 1;
    assert_eq!(wire::decode::<PushRequest>(&longer), Err(WireError::Compression));
}

/// A packed message of these CBOR items.
fn packed(items: &[u8]) -> Vec<u8> {
    let length = u32::try_from(items.len()).unwrap();
    [b"XJW1".as_slice(), &length.to_be_bytes(), &zstd::bulk::compress(items, 3).unwrap()].concat()
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::decompress(&bytes[8..], u32::from_be_bytes(bytes[4..8].try_into().unwrap()) as usize).unwrap()
}

#[test]
fn items_that_two_readers_could_take_differently_are_refused() {
    let whole = unpacked(&wire::encode(&pull_request()).unwrap());
    let malformed = |items: &[u8]| matches!(wire::decode::<PullRequest>(&packed(items)), Err(WireError::Malformed(_)));
    assert!(wire::decode::<PullRequest>(&packed(&whole)).is_ok());
    assert!(malformed(&[whole.as_slice(), &[0]].concat()), "an item after the end");
    assert!(malformed(&whole[..whole.len() - 1]), "the end missing");
    // The same field twice: one pair more in the map's head, `epoch: 9` at its end.
    let twice = [&[whole[0] + 1], &whole[1..], b"\x65epoch\x09"].concat();
    assert!(malformed(&twice), "a field twice");
    let unsorted = PullRequest { cursors: vec![("b".into(), 1), ("a".into(), 1)], ..pull_request() };
    assert!(malformed(&unpacked(&wire::encode(&unsorted).unwrap())), "cursors out of order");
    let same = PullRequest { cursors: vec![("a".into(), 1), ("a".into(), 2)], ..pull_request() };
    assert!(malformed(&unpacked(&wire::encode(&same).unwrap())), "a scope twice");
    // A byte string that claims to be 2^62 bytes long.
    assert!(malformed(&[0x5b, 0x40, 0, 0, 0, 0, 0, 0, 0]));
    assert!(malformed(&[0x9f; 4096]), "nested without end");
}

#[test]
fn limits_hold_at_their_edges() {
    let many = |count| PushRequest { events: vec![event("{}"); count], ..push_request() };
    assert!(wire::decode::<PushRequest>(&wire::encode(&many(limits::PUSH_EVENTS_MAX)).unwrap()).is_ok());
    let over = wire::encode(&many(limits::PUSH_EVENTS_MAX + 1)).unwrap();
    assert!(matches!(wire::decode::<PushRequest>(&over), Err(WireError::Malformed(_))));
    let long = |bytes| PushRequest { events: vec![event(&"x".repeat(bytes))], ..push_request() };
    assert!(wire::decode::<PushRequest>(&wire::encode(&long(64 * 1024)).unwrap()).is_ok());
    assert!(wire::decode::<PushRequest>(&wire::encode(&long(64 * 1024 + 1)).unwrap()).is_err());
    let flood = PushRequest { events: vec![event(&"x".repeat(64 * 1024)); 33], ..push_request() };
    assert!(matches!(wire::encode(&flood), Err(WireError::TooLarge { .. })));
}

fn hostile<M: Message + std::fmt::Debug>(bytes: &[u8]) {
    let _never_panics = wire::decode::<M>(bytes);
    let _never_panics = wire::open::<M>(bytes, ECHO, &server().public());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_an_answer_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        hostile::<PushRequest>(&bytes);
        hostile::<PushReply>(&bytes);
        hostile::<PullReply>(&bytes);
        let items = packed(&bytes);
        hostile::<PushRequest>(&items);
        hostile::<PullRequest>(&items);
        hostile::<PullReply>(&items);
        hostile::<PushReply>(&items);
        hostile::<EnrolRequest>(&items);
        hostile::<EnrolReply>(&items);
        hostile::<WaitReply>(&items);
        hostile::<LogReply>(&items);
    }

    /// Flip, cut, repeat and insert bytes of a true request's items: it stays true, or is refused, and what
    /// is read never holds more than was sent.
    #[test]
    fn mutated_items_never_grow(
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..8),
    ) {
        let mut items = unpacked(&wire::encode(&push_request()).unwrap());
        for (place, byte, how) in edits {
            let at = place.index(items.len());
            match how {
                0 => items[at] ^= byte,
                1 => items.truncate(at.max(1)),
                2 => items.insert(at, byte),
                _ => items.extend_from_within(at..),
            }
        }
        if let Ok(read) = wire::decode::<PushRequest>(&packed(&items)) {
            let held: usize = read.events.iter().map(|event| event.body.len() + event.sig.len()).sum();
            prop_assert!(held <= items.len());
        }
    }

    /// No change of a sealed reply's items goes unnoticed.
    #[test]
    fn a_changed_reply_is_never_believed(place in any::<prop::sample::Index>(), flip in 1_u8..) {
        let sealed = wire::seal(&page(), ECHO, &server()).unwrap();
        let mut items = unpacked(&sealed);
        let at = place.index(items.len());
        items[at] ^= flip;
        if let Ok(read) = wire::open::<PullReply>(&packed(&items), ECHO, &server().public()) {
            prop_assert_eq!(read, page());
        }
    }
}
