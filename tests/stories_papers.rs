//! Papers across machines: numbers out of blocks without a network, the PDF at the server, service and its clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use xunju_api::error::{ApiError, ErrorCode};
use xunju_api::view::access::AccessPage;
use xunju_api::view::paper::{NumberBlock, PaperDuty, PaperPage, PaperPrepared, PaperView};
use xunju_api::view::proceeding::Unmasked;
use xunju_link::Options;
use xunju_testkit::{Desk, Inspector, Town, case_with, scene};

/// A case recorded by an inspector and filed by the office, known to everybody.
fn filed(town: &Town, everybody: &[&Inspector]) -> String {
    let inspector = Inspector::enrol(town, "inspector1", "inspector", Options::default());
    let compound = inspector.compound("东湖花园");
    let photo = inspector.import(&scene(70), "A.JPG");
    let recorded = inspector.record(&case_with(&compound, "9号", "402", &[(photo, "far")])).unwrap();
    inspector.sync();
    let office = Inspector::enrol(town, "reviewer1", "office", Options::default());
    office.ask::<Value>("case.act", json!({ "id": recorded.case_id, "action": "approve" })).unwrap();
    office.sync();
    everybody.iter().for_each(|who| who.sync());
    recorded.case_id
}

/// The form of a 责令限期改正通知书 as the case fills it, completed by hand.
fn notice(who: &Inspector, case: &str, party: &str) -> Value {
    let prepared: PaperPrepared = who.ask("paper.prepare", json!({ "case_id": case, "template": "F09" })).unwrap();
    let officers: Vec<_> = prepared.officer_choices.iter().take(2).map(|o| o.user.clone()).collect();
    assert_eq!(officers.len(), 2, "the sample town has two certified officers");
    let mut content = serde_json::to_value(prepared.content).unwrap();
    let typed = [
        ("party_name", party),
        ("party_id_no", "11010519491231002X"),
        ("contact_phone", "02100000000"),
        ("organ_address", "示例路 1 号"),
        ("remedy_authority", "示例区人民政府"),
        ("remedy_court", "示例区"),
    ];
    for (key, value) in typed {
        content["fields"][key] = value.into();
    }
    content["officers"] = json!(officers);
    content
}

fn issue(who: &Inspector, case: &str, party: &str) -> Result<PaperView, ApiError> {
    who.ask("paper.issue", notice(who, case, party))
}

fn blocks(who: &Inspector) -> Vec<NumberBlock> {
    let all: Vec<NumberBlock> = who.ask("paper.numbers", json!({})).unwrap();
    all.into_iter().filter(|b| b.template == "F09").collect()
}

/// Numbers came with the first exchange, unasked: who leaves early has them.
fn stocked(who: &Inspector) {
    assert_eq!(blocks(who).iter().map(|b| b.left).sum::<u32>(), 20);
}

fn copy_dir(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_dir(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn issued_without_a_network_on_two_laptops_served_and_read_at_the_server() {
    let mut town = Town::start();
    let enrol = |user: &str| Inspector::enrol(&town, user, user, Options::default());
    let (first, second) = (enrol("enforcer1"), enrol("enforcer2"));
    let case = filed(&town, &[&first, &second]);
    stocked(&first);
    stocked(&second);

    // No network: both issue at once, and no number is the same.
    town.kill();
    let gap = json!({ "case_id": case, "template": "F09" });
    let incomplete = first.ask::<PaperView>("paper.issue", gap).unwrap_err();
    assert_eq!(incomplete.code, ErrorCode::Invalid);
    assert!(incomplete.params["all"].contains("party_name:required"), "{incomplete:?}");
    let papers: Vec<PaperView> =
        [&first, &second, &first, &second].iter().map(|who| issue(who, &case, "欧阳小明").unwrap()).collect();
    let numbers: BTreeSet<&str> = papers.iter().map(|p| p.card.number.as_str()).collect();
    assert_eq!(numbers.len(), 4, "{numbers:?}");
    assert!(papers.iter().all(|p| p.card.pending && p.card.status == "issued"));

    // Served on the spot, without a network: the clock starts here, not where the paper was typed.
    let paper = &papers[0].card.id;
    let today = papers[0].card.date.clone();
    let service = json!({
        "mode": "direct", "on": today, "place": "9号402室", "receiver": "欧阳小明", "relation": "self",
        "servers": [{ "name": "队员甲" }, { "name": "队员乙" }],
    });
    let one_server = first.ask::<PaperView>(
        "paper.serve",
        json!({ "id": paper, "service": { "mode": "direct", "on": today, "servers": [{ "name": "队员甲" }] } }),
    );
    assert_eq!(one_server.unwrap_err().code, ErrorCode::Invalid);
    let served: PaperView = first.ask("paper.serve", json!({ "id": paper, "service": service })).unwrap();
    let due = served.due.unwrap();
    assert!(due.start.starts_with(&today) && due.steps.iter().any(|s| s.kind == "due"), "{due:?}");
    let list: PaperPage = first.ask("paper.list", json!({ "case_id": case })).unwrap();
    assert_eq!(list.total, 2, "a laptop shows its own until the other's have come");
    let void: PaperView =
        first.ask("paper.void", json!({ "id": papers[2].card.id, "reason": "当事人姓名有误" })).unwrap();
    assert_eq!(void.card.status, "voided");

    // Online again: the server accepts all four, and holds each PDF byte for byte.
    town.restart();
    [&first, &second, &first].into_iter().for_each(Inspector::sync);
    let list: PaperPage = first.ask("paper.list", json!({ "case_id": case })).unwrap();
    assert_eq!(list.total, 4);
    assert!(list.rows.iter().all(|row| !row.pending && row.refused.is_none()), "{:?}", list.rows);
    town.set_password("enforcer1", "R-ENF", "a-long-password-1");
    let desk = Desk::sign_in(&town.server.url, "enforcer1", "a-long-password-1");
    let mine = first.laptop.api().unwrap();
    let caller = mine.laptop_caller().unwrap();
    let pdf = mine.paper_pdf(&caller, paper).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(
        desk.get(&format!("/api/paper/{paper}.pdf")),
        (200, pdf),
        "the evidence at the server is the file issued"
    );
    let view: PaperView = desk.ask("paper.get", &json!({ "id": paper }));
    assert_eq!((view.card.status.as_str(), view.due.map(|d| d.due_at)), ("served", Some(due.due_at)));

    // 今天: each count is the length of its list.
    let duties: Vec<PaperDuty> = first.ask("paper.duties", json!({})).unwrap();
    let to_serve = duties.iter().find(|d| d.key == "to_serve").unwrap();
    let whole: PaperPage = first.ask("paper.list", json!({ "duty": "to_serve" })).unwrap();
    assert_eq!((to_serve.count, whole.total), (2, 2), "one is served, one void");

    // Every number of the block is accounted for.
    let block = blocks(&first).remove(0);
    let states: Vec<&str> = block.numbers.iter().take(3).map(|n| n.state.as_str()).collect();
    assert_eq!(states, ["used", "voided", "unused"]);
    assert_eq!(block.numbers[1].reason, "当事人姓名有误");
}

#[test]
fn an_exhausted_block_says_so_and_a_restored_folder_gives_no_old_number() {
    let town = Town::start();
    let who = Inspector::enrol(&town, "enforcer1", "enforcer1", Options::default());
    let case = filed(&town, &[&who]);
    stocked(&who);
    issue(&who, &case, "张三").unwrap();
    who.laptop.stop();
    let copy = town.folder("copy");
    copy_dir(&who.dir, &copy);

    // Offline through the whole block: the twenty-first is refused with its own code, and nothing is lost.
    let mut given: Vec<String> = (0..19).map(|_| issue(&who, &case, "张三").unwrap().card.number).collect();
    let refused = issue(&who, &case, "张三").unwrap_err();
    assert_eq!((refused.code, refused.retry), (ErrorCode::NoNumbers, true));
    assert_eq!(given.last().map(|n| n.contains("0020")), Some(true), "{given:?}");

    // The folder is put back from the copy: its block held nineteen unused numbers, all of them given meanwhile.
    let Inspector { laptop, dir, state_dir } = who;
    drop(laptop);
    std::fs::remove_dir_all(&dir).unwrap();
    copy_dir(&copy, &dir);
    let laptop =
        xunju_link::Laptop::open(&dir, Options { state_dir: Some(state_dir.clone()), ..Options::default() }).unwrap();
    let who = Inspector { laptop, dir, state_dir };
    assert_eq!(issue(&who, &case, "李四").unwrap_err().code, ErrorCode::NoNumbers, "the old block is another chain's");
    who.laptop.start().unwrap();
    blocks(&who);
    who.sync();
    let next = issue(&who, &case, "李四").unwrap().card.number;
    assert!(next.contains("0021"), "{next}");
    who.sync();
    let list: PaperPage = who.ask("paper.list", json!({ "case_id": case })).unwrap();
    let row = list.rows.iter().find(|row| row.number == next).unwrap();
    assert!(!row.pending && row.refused.is_none(), "{row:?}");
    given.push(next);
    assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), 20);
    let ended = blocks(&who).into_iter().find(|b| b.first == 1).unwrap();
    assert!(ended.ended && ended.left == 0 && ended.numbers.iter().any(|n| n.state == "lost_chain"));
}

#[test]
fn whom_a_paper_is_about_is_masked_and_told_for_a_reason_to_those_of_the_case() {
    let town = Town::start();
    let enrol = |user: &str| Inspector::enrol(&town, user, user, Options::default());
    let (first, auditor, office) = (enrol("enforcer1"), enrol("auditor1"), enrol("reviewer1"));
    let case = filed(&town, &[&first, &office]);
    let paper = issue(&first, &case, "欧阳小明").unwrap();
    assert_eq!((paper.card.recipient.as_str(), paper.personal["recipient"].as_str()), ("欧***", "欧***"));
    first.sync();
    let record = format!("paper:{}", paper.card.id);
    let ask = |reason: &str| json!({ "record": record, "fields": ["recipient"], "reason": reason });
    let told = |who: &Inspector, reason: &str| who.ask::<Unmasked>("party.unmask", ask(reason)).map(|u| u.fields);

    // Who reported it may know while it runs; another inspector of the same compound may not; a leader never.
    let (own, other, leader) = (enrol("inspector1"), enrol("inspector2"), enrol("leader1"));
    for (who, may) in [(&first, true), (&office, true), (&own, true), (&other, false), (&leader, false)] {
        who.sync();
        let page: PaperPage = who.ask("paper.list", json!({ "case_id": case })).unwrap();
        assert_eq!(page.rows[0].recipient, "欧***");
        let view: PaperView = who.ask("paper.get", json!({ "id": paper.card.id })).unwrap();
        assert_eq!(view.may_unmask, may, "offered is what would be granted");
        match told(who, "核对送达对象") {
            Ok(fields) => assert!(may && fields["recipient"] == "欧阳小明"),
            Err(refused) => assert!(!may && refused.code == ErrorCode::NotAllowed, "{refused:?}"),
        }
        who.sync();
    }
    assert_eq!(told(&first, " ").unwrap_err().field.as_deref(), Some("reason"));
    auditor.sync();
    let log: AccessPage = auditor.ask("access.page", json!({ "action": "unmask" })).unwrap();
    let mut who: Vec<&str> = log.rows.iter().map(|row| row.user.as_str()).collect();
    who.sort_unstable();
    assert_eq!(who, ["enforcer1", "inspector1", "reviewer1"]);
    assert!(log.rows.iter().all(|row| row.objects == [record.clone()]));
}
