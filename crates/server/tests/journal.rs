//! The journal: dense numbers, resends, forks, rulings, quarantine, who gets what.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use std::collections::BTreeMap;
use std::sync::Arc;

use town::{Plain, Town, accepted, act, only, recorded};
use xunju_domain::permission::{Role, Scopes};
use xunju_evidence::{EventBody, scope};
use xunju_server::Journal;
use xunju_sync::{PullReply, PullRequest, PushReply};

fn is_dense(numbers: &[u64]) -> bool {
    numbers.iter().copied().eq(1..=numbers.len() as u64)
}

/// Positions and rolling hashes of every scope follow from the events in order.
fn check_scopes(journal: &Arc<Journal>) -> usize {
    let rows: Vec<(String, u64, [u8; 32], [u8; 32])> = journal
        .read(|conn| {
            let sql = "SELECT i.scope, i.pos, i.hash, l.id FROM scope_index i JOIN log l ON l.seq = i.seq ORDER BY i.scope, i.pos";
            let mut stmt = conn.prepare(sql).unwrap();
            let rows = stmt.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).unwrap();
            Ok(rows.map(Result::unwrap).collect())
        })
        .unwrap();
    let mut ends = BTreeMap::new();
    for (name, pos, hash, id) in &rows {
        let (end, before) = ends.entry(name.clone()).or_insert((0, scope::EMPTY));
        assert_eq!(*pos, *end + 1, "{name}");
        *before = scope::extend(before, &xunju_evidence::Hash(*id));
        assert_eq!(before.0, *hash, "{name} {pos}");
        *end = *pos;
    }
    rows.len()
}

#[test]
fn numbers_are_dense_whoever_pushes_at_once() {
    let town = Town::new();
    let beside = town.beside();
    let laptops: Vec<_> = (0..6)
        .map(|i| {
            let user = format!("inspector{i}");
            town.user(&user, Role::Ins, Scopes::All);
            town.laptop(&user, i + 1)
        })
        .collect();
    std::thread::scope(|threads| {
        for (i, mut laptop) in laptops.into_iter().enumerate() {
            let journal = if i % 2 == 0 { Arc::clone(&town.journal) } else { Arc::clone(&beside) };
            threads.spawn(move || {
                for batch in 0..5 {
                    let events =
                        (0..4).map(|k| recorded(&format!("{i}-{batch}-{k}"), &format!("cmp-{}", k % 2))).collect();
                    accepted(&laptop.push(&journal, events));
                }
            });
        }
    });
    let seqs = town.numbers("SELECT seq FROM log ORDER BY seq");
    assert!(is_dense(&seqs));
    // 6 users, 6 devices, 120 cases, 120 rulings.
    assert_eq!(seqs.len(), 6 + 6 + 240);
    assert_eq!(check_scopes(&town.journal), seqs.len());
    let chains = town
        .texts("SELECT dev || '/' || inc FROM chain WHERE n != (SELECT count(*) FROM log WHERE log.dev = chain.dev)");
    assert!(chains.is_empty(), "{chains:?}");
}

#[test]
fn a_resend_stores_nothing_and_gets_the_same_receipt() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, Scopes::All);
    let mut laptop = town.laptop("inspector1", 1);
    let events: Vec<_> = (0..3).map(|k| laptop.sign(recorded(&format!("c{k}"), "cmp-1"))).collect();
    let first = accepted(&town.journal.push(&laptop.device, laptop.request(1, events.clone())).unwrap());
    let before = town.numbers("SELECT seq FROM log");
    town.pass_ms(3_600_000);
    let again = accepted(&town.journal.push(&laptop.device, laptop.request(1, events.clone())).unwrap());
    let prefix = accepted(&town.beside().push(&laptop.device, laptop.request(1, events[..2].to_vec())).unwrap());
    assert_eq!(first, again);
    assert_eq!((prefix.0, prefix.2), (2, first.2));
    assert_eq!(town.numbers("SELECT seq FROM log"), before);
}

#[test]
fn a_gap_is_named_and_nothing_of_it_stored() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, Scopes::All);
    let mut laptop = town.laptop("inspector1", 1);
    laptop.sign(recorded("lost", "cmp-1"));
    let second = laptop.sign(recorded("second", "cmp-1"));
    let reply = town.journal.push(&laptop.device, laptop.request(2, vec![second])).unwrap();
    assert!(matches!(reply, PushReply::Expected { n: 1, .. }), "{reply:?}");
    assert!(town.texts("SELECT record FROM log WHERE record LIKE 'case:%'").is_empty());
}

#[test]
fn both_branches_of_a_forked_chain_are_kept() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, Scopes::All);
    let mut laptop = town.laptop("inspector1", 1);
    let first = laptop.sign(recorded("first", "cmp-1"));
    let head = first.id();
    let mine = laptop.sign_at(2, Some(head), recorded("mine", "cmp-1"));
    let other = laptop.sign_at(2, Some(head), recorded("other", "cmp-1"));
    let then = laptop.sign_at(3, Some(other.id()), recorded("then", "cmp-1"));
    accepted(&town.journal.push(&laptop.device, laptop.request(1, vec![first, mine.clone()])).unwrap());
    let reply = town.journal.push(&laptop.device, laptop.request(2, vec![other.clone(), then.clone()])).unwrap();
    let PushReply::Forked { at_n, receipt, .. } = reply else { panic!("{reply:?}") };
    assert_eq!((at_n, receipt.said.upto_n, receipt.said.head), (2, 3, then.id()));
    receipt.verify(&town.journal.signer().public()).unwrap();

    let kept: Vec<Vec<u8>> = town
        .journal
        .read(|c| {
            Ok(c.prepare("SELECT body FROM fork ORDER BY n")
                .unwrap()
                .query_map([], |r| r.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect())
        })
        .unwrap();
    assert_eq!(kept, [other.body.clone(), then.body.clone()]);
    let again = town.journal.push(&laptop.device, laptop.request(2, vec![other, then])).unwrap();
    assert!(matches!(again, PushReply::Forked { at_n: 2, .. } | PushReply::Forked { at_n: 3, .. }), "{again:?}");
    assert_eq!(town.numbers("SELECT count(*) FROM fork"), [2]);
    assert_eq!(town.texts("SELECT kind FROM log WHERE kind = 'device.forked'").len(), 1);
    assert_eq!(town.numbers("SELECT forked_at FROM chain WHERE forked_at IS NOT NULL"), [2]);
}

#[test]
fn a_case_is_ruled_on_and_numbered_without_gaps() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, Scopes::All);
    town.user("reviewer1", Role::Lxb, Scopes::All);
    let (mut inspector, mut reviewer) = (town.laptop("inspector1", 1), town.laptop("reviewer1", 2));
    for case in ["a", "b", "c"] {
        accepted(&inspector.push(&town.journal, vec![recorded(case, "cmp-1")]));
    }
    // The inspector may not accept; his try takes no number.
    accepted(&inspector.push(&town.journal, vec![act("b", "cmp-1", "REPORTED", "accept")]));
    for case in ["a", "b", "c"] {
        accepted(&reviewer.push(&town.journal, vec![act(case, "cmp-1", "REPORTED", "accept")]));
    }
    let year_cat = "SELECT json_extract(CAST(body AS TEXT), '$.data.case_no') AS no FROM log WHERE kind = 'case.ruled' AND no IS NOT NULL ORDER BY seq";
    assert_eq!(town.texts(year_cat), ["XJ-2026-WJ-000001", "XJ-2026-WJ-000002", "XJ-2026-WJ-000003"]);
    let quarantined =
        "SELECT actor FROM log JOIN quarantine USING(seq) WHERE dev != (SELECT dev FROM log WHERE actor = 'server')";
    assert_eq!(town.texts(quarantined), ["inspector1"]);
    check_scopes(&town.journal);
}

#[test]
fn what_is_not_permitted_is_kept_for_its_author_and_the_office() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, only("cmp-1"));
    town.user("inspector2", Role::Ins, only("cmp-2"));
    let mut laptop = town.laptop("inspector1", 1);
    let mut elsewhere = recorded("elsewhere", "cmp-2");
    elsewhere.parents = vec![xunju_evidence::Hash::of(b"never seen")];
    let mut as_other = recorded("as-other", "cmp-2");
    as_other.actor = Some("inspector2".into());
    let as_server =
        Plain::new("case.ruled", "case:mine", "cmp-1", serde_json::json!({ "of": "x", "verdict": "accepted" }));
    let in_town = recorded("in-town", "town");
    let as_admin = Plain::new(
        "user.defined",
        "user:inspector1",
        "town",
        serde_json::json!({ "roles": ["R-ADM"], "scopes": "all" }),
    );
    accepted(
        &laptop.push(&town.journal, vec![recorded("mine", "cmp-1"), elsewhere, as_other, as_server, in_town, as_admin]),
    );

    let scopes =
        "SELECT i.scope || ' ' || l.record || ' ' || l.kind FROM scope_index i JOIN log l USING(seq) WHERE l.dev = '";
    let scopes = town.texts(&format!("{scopes}{}' ORDER BY l.seq, i.scope", laptop.device.dev));
    assert_eq!(
        scopes,
        [
            "cmp-1 case:mine case.recorded",
            "office case:elsewhere case.recorded",
            "user-inspector1 case:elsewhere case.recorded",
            "office case:as-other case.recorded",
            "user-inspector1 case:as-other case.recorded",
            "office case:mine case.ruled",
            "user-inspector1 case:mine case.ruled",
            "office case:in-town case.recorded",
            "user-inspector1 case:in-town case.recorded",
            "office user:inspector1 user.defined",
            "user-inspector1 user:inspector1 user.defined",
        ]
    );
    assert_eq!(town.texts("SELECT record FROM log WHERE missing_parent = 1"), ["case:elsewhere"]);
    assert_eq!(town.texts("SELECT roles FROM directory_user WHERE user = 'inspector1'"), [r#"["R-INS"]"#]);
}

fn pull_all(town: &Town, laptop: &town::Laptop) -> Vec<(String, EventBody)> {
    let (log, epoch) = town.log_and_epoch();
    let (mut cursors, mut seen) = (BTreeMap::<String, u64>::new(), Vec::new());
    loop {
        let request = PullRequest {
            proto: 1,
            log: log.clone(),
            epoch,
            cursors: cursors.clone().into_iter().collect(),
            max_bytes: 16 * 1024,
            t0: 0,
        };
        let echo = "0123456789abcdef0123456789abcdef";
        let PullReply::Page(page) = town.journal.pull(&laptop.device, &request, echo).unwrap() else {
            panic!("no page")
        };
        page.seal.verify(&town.journal.signer().public()).unwrap();
        for frame in &page.frames {
            cursors.insert(frame.scope.clone(), frame.pos);
            seen.push((frame.scope.clone(), EventBody::parse(&frame.event.body).unwrap()));
        }
        if !page.more {
            return seen;
        }
    }
}

#[test]
fn nobody_is_sent_a_scope_he_was_not_granted() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, only("cmp-1"));
    town.user("inspector2", Role::Ins, only("cmp-2"));
    town.user("reviewer1", Role::Lxb, Scopes::All);
    town.user("admin1", Role::Adm, Scopes::All);
    let (mut one, mut two) = (town.laptop("inspector1", 1), town.laptop("inspector2", 2));
    let (office, admin) = (town.laptop("reviewer1", 3), town.laptop("admin1", 4));
    for k in 0..20 {
        accepted(&one.push(&town.journal, vec![recorded(&format!("one{k}"), "cmp-1")]));
        accepted(&two.push(
            &town.journal,
            vec![recorded(&format!("two{k}"), "cmp-2"), recorded(&format!("astray{k}"), "cmp-1")],
        ));
    }
    let scopes = |laptop: &town::Laptop| -> BTreeMap<String, usize> {
        pull_all(&town, laptop).into_iter().fold(BTreeMap::new(), |mut all, (scope, _)| {
            *all.entry(scope).or_default() += 1;
            all
        })
    };
    let expect = |list: &[(&str, usize)]| list.iter().map(|(s, n)| ((*s).to_owned(), *n)).collect::<BTreeMap<_, _>>();
    assert_eq!(scopes(&one), expect(&[("town", 8), ("cmp-1", 40)]));
    assert_eq!(scopes(&two), expect(&[("town", 8), ("cmp-2", 40), ("user-inspector2", 40)]));
    assert_eq!(scopes(&office), expect(&[("town", 8), ("cmp-1", 40), ("cmp-2", 40), ("office", 40)]));
    assert_eq!(scopes(&admin), expect(&[("town", 8)]));
    assert!(
        pull_all(&town, &one).iter().all(|(_, body)| !body.record.contains("astray") && !body.record.contains("two"))
    );
    let order: Vec<_> = pull_all(&town, &office).into_iter().map(|(scope, _)| scope).collect();
    assert!(order[..8].iter().all(|scope| scope == "town"), "keys before what they sign");
}

#[test]
fn a_grant_taken_back_takes_effect_at_once() {
    let town = Town::new();
    town.user("inspector1", Role::Ins, only("cmp-1"));
    let mut laptop = town.laptop("inspector1", 1);
    accepted(&laptop.push(&town.journal, vec![recorded("mine", "cmp-1")]));
    town.user("inspector1", Role::Ins, only("cmp-9"));
    let (log, epoch) = town.log_and_epoch();
    let cursors = vec![("cmp-1".to_owned(), 0)];
    let request = PullRequest { proto: 1, log, epoch, cursors, max_bytes: 1 << 20, t0: 0 };
    let echo = "0123456789abcdef0123456789abcdef";
    let PullReply::Page(page) = town.journal.pull(&laptop.device, &request, echo).unwrap() else { panic!() };
    assert_eq!(page.revoked, ["cmp-1"]);
    assert!(page.frames.iter().all(|frame| frame.scope == "town"));
    // Work written by somebody who could not know is taken and counts, within the offline lease of two weeks; after it, it
    // is taken and stands aside.
    accepted(&laptop.push(&town.journal, vec![recorded("late", "cmp-1")]));
    assert!(town.texts("SELECT reason FROM quarantine").is_empty());
    town.pass_ms(15 * 86_400_000);
    accepted(&laptop.push(&town.journal, vec![recorded("too late", "cmp-1")]));
    assert_eq!(town.texts("SELECT reason FROM quarantine ORDER BY seq"), ["outside_scope", "ruling"]);
}

#[test]
fn the_access_log_takes_only_ones_own_entries_reaches_auditors_alone_and_shows_tampering() {
    let town = Town::new();
    town.user("enforcer1", Role::Enf, Scopes::All);
    town.user("auditor1", Role::Aud, Scopes::All);
    let mut laptop = town.laptop("enforcer1", 1);
    let entry = |owner: &str, reason: &str| {
        let data = serde_json::json!({ "action": "unmask", "objects": ["proceeding:1"], "fields": ["id_no"], "reason": reason });
        town::Plain::new("access.noted", &format!("access:{owner}-20261124"), "audit", data)
    };
    accepted(&laptop.push(&town.journal, vec![entry("enforcer1", "核对身份"), entry("auditor1", "嫁祸")]));
    let aside = town.texts("SELECT l.record FROM quarantine q JOIN log l USING(seq)");
    assert_eq!(aside, ["access:auditor1-20261124"], "another person's log stays as it was");
    assert_eq!(town.numbers("SELECT seq FROM scope_index WHERE scope = 'audit'").len(), 1);
    let opened = |user: &str| {
        let journal = &town.journal;
        let grant = journal.read(|conn| xunju_server::journal::grant::of(conn, user)).unwrap().unwrap();
        journal.read(|conn| xunju_server::journal::grant::open_scopes(conn, &grant)).unwrap()
    };
    assert!(opened("auditor1").iter().any(|(scope, end)| scope == "audit" && *end == 1));
    assert!(!opened("enforcer1").iter().any(|(scope, _)| scope == "audit"));

    // An entry changed after it was signed, and a chain with an entry left out.
    let (head, before) = (laptop.head, town.numbers("SELECT count(*) FROM log"));
    let honest = laptop.sign_at(3, head, entry("enforcer1", "核对身份"));
    let mut forged = honest.clone();
    let at = forged.body.windows(6).position(|w| w == "核对".as_bytes()).unwrap();
    forged.body[at..at + 6].copy_from_slice("查询".as_bytes());
    let reply = town.journal.push(&laptop.device, laptop.request(3, vec![forged])).unwrap();
    assert!(!matches!(reply, PushReply::Accepted { .. }), "{reply:?}");
    let skipped = laptop.sign_at(4, Some(honest.id()), entry("enforcer1", "核对身份"));
    let reply = town.journal.push(&laptop.device, laptop.request(4, vec![skipped])).unwrap();
    assert!(matches!(reply, PushReply::Expected { n: 3, .. }), "{reply:?}");
    assert_eq!(town.numbers("SELECT count(*) FROM log"), before, "nothing of either is stored");
}
