//! The notice of a year is read as it stands, and nothing is guessed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use std::collections::BTreeMap;

use xunju_domain::calendar::{Published, file, fold, in_force, publish};
use xunju_domain::case::decide::ActInput;
use xunju_domain::case::payload::RECOUNTED;
use xunju_domain::case::{CaseState, judge, recounts};
use xunju_domain::deadline::{Calendar, Day, compute};
use xunju_domain::event::{FoldEvent, NewEvent};
use xunju_domain::permission::Role;

/// The facts of `assets/calendar/holidays.json` for a notice's year: the year itself and the December before, as far
/// as the text speaks of it.
fn shipped(year: &str) -> Vec<(String, bool)> {
    let all: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(include_str!("../../../assets/calendar/holidays.json")).unwrap();
    all.into_iter()
        .filter(|(date, _)| date.starts_with(year))
        .map(|(date, d)| (date, d["off"].as_bool().unwrap()))
        .collect()
}

fn found(text: &str) -> (Vec<(String, bool)>, Vec<String>) {
    let read = file::read(text, None);
    let days = read.published.days.iter().map(|d| (d.date.to_string(), d.off)).collect();
    let blocking = read.problems.iter().filter(|p| p.blocks).map(|p| format!("{} {}", p.code, p.date)).collect();
    (days, blocking)
}

const OF_2024: &str = "关于2024年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。除夕（2月9日）可安排休年假。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。";

const OF_2025: &str = "2025年放假安排
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。";

const OF_2026: &str = "2026年放假安排
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。";

/// Made up for these tests; the real one is not out.
const OF_2027: &str = "2027年放假安排（试编）
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。";

#[test]
fn the_notices_of_three_years_say_what_is_shipped() {
    for (year, text) in [("2024", OF_2024), ("2025", OF_2025), ("2026", OF_2026)] {
        let (days, problems) = found(text);
        assert_eq!(problems, Vec::<String>::new(), "{year}");
        assert_eq!(days, shipped(year), "{year}");
    }
}

#[test]
fn advice_about_new_years_eve_is_handed_back_and_is_no_day_off() {
    let read = file::read(OF_2024, None);
    assert!(read.published.days.iter().all(|d| d.date.to_string() != "2024-02-09"));
    assert_eq!(read.unread, ["除夕(2月9日)可安排休年假"]);
}

#[test]
fn a_text_copied_with_full_width_digits_and_blanks_reads_the_same() {
    let wide: String = OF_2026
        .chars()
        .map(|c| c.to_digit(10).map_or(c, |d| char::from_u32('０' as u32 + d).unwrap()))
        .flat_map(|c| if c == '月' { vec![' ', c, '\u{3000}'] } else { vec![c] })
        .collect();
    assert_eq!(file::read(&wide, None).published.days, file::read(OF_2026, None).published.days);
}

#[test]
fn every_slip_is_named() {
    let with = |from: &str, to: &str| {
        assert!(OF_2027.contains(from));
        found(&OF_2027.replace(from, to)).1
    };
    for (from, to, problem) in [
        ("1月1日（周五）至3日", "1月1日（周六）至3日", "weekday_wrong 2027-01-01"),
        ("放假，共3天。\n二", "放假，共4天。\n二", "count_wrong 2027-01-01"),
        ("6月9日（周三）放假1天", "6月31日（周三）放假1天", "no_such_date "),
        ("6月9日（周三）放假1天", "6月10日（周四）放假1天", "festival_missing 2027-06-09"),
        ("5月8日（周六）上班", "5月5日（周三）上班", "both 2027-05-05"),
        ("5月8日（周六）上班", "10月6日（周三）上班", "both 2027-10-06"),
        ("六、中秋节：9月15日（周三）放假1天", "六、中秋节：9月15日（周三）上班", "worked_festival 2027-09-15"),
        ("至11日（周四）", "至2029年2月11日", "date_unclear 2027-02-05"),
        ("1月30日（周六）", "12月26日", "date_unclear 2027-12-26"),
        ("1月30日（周六）", "2028年5月6日（周六）", "outside 2028-05-06"),
    ] {
        assert!(with(from, to).iter().any(|p| p == problem), "{to}: {:?}", with(from, to));
    }
    assert_eq!(with("1月30日（周六）", "12月26日（周六）"), Vec::<String>::new(), "only 2026 has it on a Saturday");
    assert_eq!(found("").1, ["no_days "]);
    assert_eq!(found("一、元旦：1月1日放假。").1, ["year_missing "]);
    assert_eq!(found("{\"year\": 2027").1, ["not_a_file "]);
    assert_eq!(found("2027年放假安排\n没有日期").1, ["no_days "]);
    assert_eq!(file::read(OF_2027, Some(2028)).problems.iter().filter(|p| p.code == "other_year").count(), 1);
}

#[test]
fn a_file_a_table_and_the_text_are_one() {
    let text = file::read(OF_2027, None).published;
    let json = serde_json::json!({ "year": 2027, "papers": ["https://example.invalid/n"], "days":
        text.days.iter().map(|d| serde_json::json!({ "name": d.name, "date": d.date, "isOffDay": d.off })).collect::<Vec<_>>() });
    let table = text.days.iter().map(|d| format!("{}\t{}\t{}", d.date, if d.off { "休" } else { "班" }, d.name));
    let table = format!("date\toff\tname\n{}", table.collect::<Vec<_>>().join("\n"));
    assert_eq!(file::read(&json.to_string(), None).published.days, text.days);
    assert_eq!(file::read(&table, None).published.days, text.days);
    let broken = table.replace("2027-06-09\t休", "2027-06-09\t也许");
    assert!(file::read(&broken, None).problems.iter().any(|p| p.code == "unread" && p.blocks));
}

fn event(id: &str, parents: &[&str], published: &Published) -> FoldEvent {
    let new = publish(published, "lxb").unwrap();
    FoldEvent {
        id: id.into(),
        parents: parents.iter().map(|p| (*p).to_owned()).collect(),
        kind: new.kind,
        tv: 1,
        actor: new.actor,
        device: "d".into(),
        inc: 1,
        n: 1,
        by_server: false,
        wall_ms: 0,
        tz: "+08:00".into(),
        estimate: None,
        blobs: vec![],
        data: new.data,
        seq: None,
        received_ms: None,
    }
}

#[test]
fn a_published_year_counts_and_the_shipped_one_stays_under_it() {
    let first = file::read(OF_2027, None).published;
    assert_eq!(first.notice_no, "国办发明电〔2026〕99号");
    let mut second = first.clone();
    second.days.retain(|d| d.date.to_string() != "2027-02-20");
    let events = [event("aaaaaaaaaa", &[], &first), event("bbbbbbbbbb", &["aaaaaaaaaa"], &second)];
    let state = fold("calendar:2027", &events);
    assert_eq!(state.versions.iter().map(|v| v.id.as_str()).collect::<Vec<_>>(), ["2027.aaaaaaaa", "2027.bbbbbbbb"]);
    let calendar = in_force(&[fold("calendar:2027", &events[..1])]);
    assert_eq!(calendar.version, format!("{}+2027.aaaaaaaa", Calendar::standard().version));
    let day = |d: &str| calendar.day(d.parse().unwrap());
    assert_eq!(day("2027-02-20"), Day::MakeUp("春节".into()));
    assert_eq!(day("2027-02-11"), Day::Holiday("春节".into()));
    assert_eq!(day("2026-10-10"), Day::MakeUp("国庆节".into()), "other years stand");
    let later = in_force(&[state]);
    assert_eq!(later.day("2027-02-20".parse().unwrap()), Day::Weekend, "the newer version");

    let start = "2027-01-29T09:00:00".parse().unwrap();
    let before = compute(Calendar::standard(), "WORK", 5, "workday", start).unwrap();
    let after = compute(&calendar, "WORK", 5, "workday", start).unwrap();
    assert!(before.provisional && !after.provisional);
    assert_eq!(
        (before.due_at.date().to_string(), after.due_at.date().to_string()),
        ("2027-02-11".into(), "2027-02-04".into())
    );
}

#[test]
fn two_who_publish_at_once_agree_on_one_and_an_unsound_version_is_none() {
    let sound = file::read(OF_2027, None).published;
    let mut unsound = event("0000", &[], &sound);
    unsound.data["days"] = serde_json::json!([]);
    let events = [event("bbbb", &[], &sound), event("aaaa", &[], &sound), unsound];
    let state = fold("calendar:2027", &events);
    assert_eq!(state.in_force().unwrap().event, "aaaa");
    assert_eq!(state.versions.len(), 2);
    assert!(publish(&Published { days: vec![], ..sound }, "lxb").is_err());
}

/// An open case whose deadline leans on 2027 before its notice is out.
fn provisional_case() -> (town::Town, CaseState) {
    let (ins, lxb) = (town::author("ins", Role::Ins), town::author("lxb", Role::Lxb));
    let mut town = town::Town::default();
    let mut draft = town::draft("LS-SB");
    draft.deadline =
        Some(xunju_domain::catalogue::DeadlineChoice { rule: "WORK".into(), n: 53, unit: "workday".into() });
    town.record(&ins, &draft);
    let state = town.act(&lxb, ActInput { action: "approve".into(), ..ActInput::default() }).unwrap();
    (town, state)
}

fn say(town: &mut town::Town, said: &xunju_domain::case::payload::Recounted, by_server: bool) -> CaseState {
    let event = NewEvent {
        record: town.record.clone(),
        scope: town.scope.clone(),
        kind: RECOUNTED.into(),
        tv: 1,
        actor: if by_server { "server" } else { "ins" }.into(),
        parents: vec![],
        blobs: vec![],
        data: serde_json::to_value(said).unwrap(),
    };
    let heads = town.state().heads;
    town.put(&event, heads, by_server);
    town.state()
}

#[test]
fn an_open_clock_is_counted_again_when_the_year_arrives_and_both_values_are_kept() {
    let (mut town, state) = provisional_case();
    assert!(state.deadline().unwrap().provisional);
    let old = state.deadline().unwrap().clone();
    assert!(recounts(&state, Calendar::standard()).is_empty(), "nothing new to count with");
    let calendar = in_force(&[fold("calendar:2027", &[event("aaaa", &[], &file::read(OF_2027, None).published)])]);
    let said = recounts(&state, &calendar);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].old_due_at, old.due_at);

    let state = say(&mut town, &said[0], true);
    let now = state.deadline().unwrap();
    assert!(!now.provisional);
    assert_ne!(now.due_at, old.due_at);
    assert_eq!(state.deadlines[0].original.as_ref(), Some(&old));
    assert!(!state.deadline_in_conflict());
    assert!(recounts(&state, &calendar).is_empty(), "said once");
    let entry = state.timeline.iter().find(|e| e.kind == RECOUNTED).unwrap();
    assert_eq!((&entry.was, entry.changes.len()), (&old.due_at, 1));

    let corrected = {
        let mut second = file::read(OF_2027, None).published;
        second.days.retain(|d| d.date.to_string() != "2027-01-30");
        in_force(&[fold("calendar:2027", &[event("bbbb", &[], &second)])])
    };
    let again = recounts(&state, &corrected);
    assert_eq!((again.len(), &again[0].old_due_at), (1, &now.due_at), "a corrected notice counts from the same start");
    let state = say(&mut town, &again[0], true);
    assert_eq!(state.deadlines[0].original.as_ref(), Some(&old), "the first stays");
}

#[test]
fn a_decision_made_without_knowing_of_the_recount_stands_before_it() {
    let (mut town, state) = provisional_case();
    let calendar = in_force(&[fold("calendar:2027", &[event("aaaa", &[], &file::read(OF_2027, None).published)])]);
    let said = recounts(&state, &calendar);
    let set = serde_json::json!({ "set": {}, "deadline": town::due("2027-05-10") });
    let decision = NewEvent {
        record: town.record.clone(),
        scope: town.scope.clone(),
        kind: "case.field_set".into(),
        tv: 1,
        actor: "lxb".into(),
        parents: vec![],
        blobs: vec![],
        data: set,
    };
    let heads = town.state().heads;
    town.put(&decision, heads.clone(), false);
    let recount = NewEvent { kind: RECOUNTED.into(), data: serde_json::to_value(&said[0]).unwrap(), ..decision };
    town.put(&recount, heads, true);
    let state = town.state();
    assert_eq!(state.deadline().unwrap().due_date(), "2027-05-10");
    assert_eq!(state.deadlines.len(), 1, "and makes no conflict");
}

#[test]
fn nobody_but_the_server_counts_again() {
    let (mut town, state) = provisional_case();
    let calendar = in_force(&[fold("calendar:2027", &[event("aaaa", &[], &file::read(OF_2027, None).published)])]);
    let said = recounts(&state, &calendar);
    let ins = town::author("ins", Role::Ins);
    let after = say(&mut town, &said[0], false);
    assert_eq!(after.deadline(), state.deadline());
    let forged = town.events.last().unwrap().clone();
    assert!(judge(&state, &forged, &town::grant(&ins), &mut town::Desk::default()).quarantine);
}
