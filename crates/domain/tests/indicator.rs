//! The golden month of domain.md §10.4, from events through the fold to the numbers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod town;

use serde_json::{Value, json};
use xunju_domain::case::{CaseState, fold};
use xunju_domain::deadline::Calendar;
use xunju_domain::event::FoldEvent;
use xunju_domain::indicator::{Indicators, Period, count};

/// One case, told day by day.
struct Story {
    id: String,
    events: Vec<FoldEvent>,
}

impl Story {
    /// Recorded and found on a day; due on another.
    fn found(id: usize, category: &str, on: &str, due: &str, fields: Value) -> Self {
        let mut story = Self { id: format!("{id:04}"), events: Vec::new() };
        let data = json!({
            "type_code": category, "compound_id": town::SCOPE, "found_at": format!("{on}T10:00:00+08:00"),
            "severity": "general", "fields": fields, "deadline": town::due(due),
        });
        story.say(on, 10, "case.recorded", data, false);
        story.granted(on, 10, "submit", Some("REPORTED"));
        story
    }

    fn say(&mut self, on: &str, hour: u32, kind: &str, data: Value, by_server: bool) {
        let at: chrono::DateTime<chrono::FixedOffset> = format!("{on}T{hour:02}:00:00+08:00").parse().unwrap();
        let n = self.events.len();
        self.events.push(FoldEvent {
            id: format!("{}-{n:02}", self.id),
            parents: self.events.last().map(|e| e.id.clone()).into_iter().collect(),
            kind: kind.into(),
            tv: 1,
            actor: "somebody".into(),
            device: "d".into(),
            inc: 1,
            n: n as u64,
            by_server,
            wall_ms: at.timestamp_millis() + n as i64,
            tz: "+08:00".into(),
            estimate: None,
            blobs: vec![],
            data,
            seq: None,
            received_ms: None,
        });
    }

    fn granted(&mut self, on: &str, hour: u32, action: &str, to: Option<&str>) {
        let of = self.events.last().unwrap().id.clone();
        let data = json!({ "of": of, "verdict": "accepted", "action": action, "from": "", "to": to });
        self.say(on, hour, "case.ruled", data, true);
    }

    fn step(&mut self, on: &str, hour: u32, action: &str, to: &str, params: Value) {
        self.say(on, hour, "case.act", json!({ "action": action, "params": params }), false);
        self.granted(on, hour, action, Some(to));
    }

    fn filed(mut self, on: &str) -> Self {
        self.step(on, 11, "accept", "ACCEPTED", json!({}));
        self.step(on, 11, "file", "FILED", json!({}));
        self
    }

    fn handled(mut self, on: &str, hour: u32, result: &str, measured: Value) -> Self {
        self.step(on, 9, "dispatch", "DISPATCHED", json!({ "lead": "enforcement" }));
        self.step(on, 9, "take", "HANDLING", json!({ "handler": "h" }));
        self.say(on, hour, "case.field_set", json!({ "set": measured }), false);
        self.step(on, hour, "report_done", "HANDLED", json!({ "result": result }));
        self
    }

    fn closed(mut self, on: &str) -> Self {
        self.step(on, 16, "assign_check", "CHECKING", json!({ "checker": "c" }));
        self.step(on, 16, "pass", "CHECKING", json!({}));
        self.step(on, 17, "close", "CLOSED", json!({}));
        self
    }

    fn merged(mut self, on: &str) -> Self {
        self.step(on, 12, "merge", "MERGED", json!({ "target": "0001" }));
        self
    }

    fn state(&self) -> CaseState {
        fold(&format!("case:{}", self.id), town::SCOPE, &self.events)
    }
}

/// Areas in hundredths that differ from each other and add up: pairs moved apart by a seeded step.
fn areas(n: usize, total: i64, seed: u64) -> Vec<i64> {
    let mean = total / n as i64;
    let mut all = vec![mean; n];
    all[n - 1] += total - mean * n as i64;
    let mut dice = seed;
    for pair in all.chunks_exact_mut(2) {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let step = (dice >> 33) as i64 % (mean / 2).max(1);
        pair[0] += step;
        pair[1] -= step;
    }
    assert_eq!(all.iter().sum::<i64>(), total);
    assert!(all.iter().all(|a| *a > 0));
    all
}

fn metres(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// June 2026, as the document gives it.
fn golden(seed: u64) -> Vec<CaseState> {
    let mut next = 0;
    let mut id = || {
        next += 1;
        next
    };
    let later = "2026-12-31";
    let structure = |id: usize, class: &str, area: i64, on: &str| {
        Story::found(id, "WJ-TJ", on, later, json!({ "stock_class": class, "area_m2": metres(area) }))
    };
    let mut all: Vec<Story> = Vec::new();
    // Opening stock: 100 items, 1,300.00 m².
    for area in areas(15, 19_050, seed) {
        let whole = json!({ "demolished_m2": metres(area) });
        let story = structure(id(), "stock", area, "2026-03-02").filed("2026-03-03");
        all.push(story.handled("2026-06-10", 15, "self_corrected", whole).closed("2026-06-12"));
    }
    for (area, part) in [(2_000, 600), (2_000, 625)] {
        let story = structure(id(), "pending", area, "2026-03-02").filed("2026-03-03");
        all.push(story.handled("2026-06-11", 15, "partly", json!({ "demolished_m2": metres(part) })));
    }
    all.push(structure(id(), "stock", 900, "2026-03-02").filed("2026-03-03").merged("2026-06-15"));
    for area in areas(82, 130_000 - 19_050 - 4_000 - 900, seed + 1) {
        all.push(structure(id(), "stock", area, "2026-03-02").filed("2026-03-03"));
    }
    // Found in June: 4 old, 6 new; filed, and not yet due.
    for (n, class, total) in [(4, "stock", 5_200), (6, "new", 6_000)] {
        for area in areas(n, total, seed + 2) {
            all.push(structure(id(), class, area, "2026-06-05").filed("2026-06-08"));
        }
    }
    // 110 that fell due in June: 96 in time, 8 late, 6 open.
    for n in 0..110 {
        let story = Story::found(id(), "LS-SB", "2026-06-01", "2026-06-15", json!({})).filed("2026-06-01");
        all.push(match n {
            0..96 => story.handled("2026-06-15", 15, "cleared", json!({})).closed("2026-06-18"),
            96..104 => story.handled("2026-06-16", 9, "cleared", json!({})).closed("2026-06-18"),
            _ => story,
        });
    }
    // Beside it: stopped, void, of another month, half-built.
    let beside = || Story::found(999, "LS-SB", "2026-05-04", "2026-06-20", json!({}));
    let mut stopped = beside().filed("2026-05-04").handled("2026-05-05", 15, "cleared", json!({}));
    stopped.id = "stopped".into();
    stopped.step("2026-05-06", 10, "suspend", "SUSPENDED", json!({ "expected_end": "2026-12-01" }));
    all.push(stopped);
    let mut gone = beside().filed("2026-05-04");
    gone.id = "gone".into();
    gone.step("2026-06-02", 10, "void", "VOID", json!({}));
    all.push(gone);
    let mut built = structure(998, "in_progress", 7_700, "2026-06-05");
    built.id = "built".into();
    all.push(built);
    all.iter().map(Story::state).collect()
}

fn june() -> Period {
    Period { from: "2026-06-01".parse().unwrap(), to: "2026-06-30".parse().unwrap() }
}

fn summed(found: &Indicators) -> [(usize, String); 7] {
    let s = &found.stock;
    [&s.start, &s.found_old, &s.new, &s.demolished, &s.partly, &s.written_off, &s.end]
        .map(|items| (items.number(), items.square_metres()))
}

#[test]
fn the_golden_month_comes_out_exactly() {
    for seed in [1, 7, 2026] {
        let found = count(&golden(seed), june(), Calendar::standard());
        let expected =
            [(100, "1300.00"), (4, "52.00"), (6, "60.00"), (15, "190.50"), (2, "12.25"), (1, "9.00"), (94, "1200.25")];
        assert_eq!(summed(&found), expected.map(|(n, area)| (n, area.to_owned())), "seed {seed}");
        assert!(found.stock.balances());
        assert_eq!(found.filed.len(), 120);
        assert_eq!((found.closed_of_due.of.len(), found.closed_of_due.met.len()), (110, 104));
        assert_eq!(found.on_time.met.len(), 96);
        assert_eq!(found.closed_of_due.percent().as_deref(), Some("94.55"));
        assert_eq!(found.on_time.percent().as_deref(), Some("87.27"));
        assert_eq!(found.closed_of_filed.percent().as_deref(), Some("86.67"), "104 of the 120 filed");
    }
}

#[test]
fn a_month_begins_with_what_the_month_before_left() {
    let cases = golden(3);
    let june = count(&cases, june(), Calendar::standard()).stock;
    let july = count(
        &cases,
        Period { from: "2026-07-01".parse().unwrap(), to: "2026-07-31".parse().unwrap() },
        Calendar::standard(),
    )
    .stock;
    assert_eq!(july.start, june.end);
    assert_eq!(july.end, june.end, "nothing happened in July");
    assert!(july.balances());
    let may = count(
        &cases,
        Period { from: "2026-05-01".parse().unwrap(), to: "2026-05-31".parse().unwrap() },
        Calendar::standard(),
    )
    .stock;
    assert_eq!(may.end.square_metres(), "1300.00", "never computed from today's status");
}

#[test]
fn the_bulletin_of_another_town_comes_out_by_the_same_rounding() {
    use xunju_domain::indicator::Ratio;
    let ratio = |met: usize, of: usize| {
        let ids = |n: usize| (0..n).map(|i| i.to_string()).collect();
        Ratio { of: ids(of), met: ids(met) }.percent()
    };
    assert_eq!(ratio(911, 972).as_deref(), Some("93.72"));
    assert_eq!(ratio(737, 972).as_deref(), Some("75.82"));
    assert_eq!((ratio(0, 0), ratio(1, 1).as_deref(), ratio(2, 3).as_deref()), (None, Some("100.00"), Some("66.67")));
}

#[test]
fn the_other_indicators_of_the_golden_month_come_out_by_hand() {
    for seed in [1, 7, 2026] {
        let found = count(&golden(seed), june(), Calendar::standard()).casework;
        let n = |r: &xunju_domain::indicator::Ratio| (r.met.len(), r.of.len());
        // Old stock known by the end: 100 of the opening less the one written off, and 4 found in June.
        assert_eq!((n(&found.stock_gone), found.stock_gone.percent().as_deref()), ((15, 103), Some("14.56")), "{seed}");
        // 190.50 + 12.25 of 1,300.00 − 9.00 + 52.00.
        assert_eq!((found.stock_gone_area.met, found.stock_gone_area.of), (20_275, 134_300));
        assert_eq!(found.stock_gone_area.percent().as_deref(), Some("15.10"));
        assert_eq!((n(&found.stopped), found.stopped.percent().as_deref()), ((0, 6), Some("0.00")));
        // Done in June: 15 + 2 + 96 in five hours of the office's (noon out), 8 at once; six hours of the clock.
        let h = &found.handling;
        assert_eq!((h.cases.len(), h.mean_hours, h.median_hours), (121, Some(467), Some(500)));
        assert_eq!((h.mean_days, h.median_days), (Some(23), Some(25)));
        assert_eq!((n(&found.rebound), n(&found.shared_gone), n(&found.sampled)), ((0, 119), (0, 0), (0, 0)));
        assert_eq!((found.shared_gone.percent(), found.hotline.len()), (None, 0), "none of nothing is nothing");
    }
}

#[test]
fn what_came_back_what_was_stopped_and_what_waited_are_counted_by_their_definitions() {
    let fields = |class: &str| json!({ "stock_class": class, "area_m2": "10.00" });
    let structure = |id: usize, on: &str| Story::found(id, "WJ-TJ", on, "2026-12-31", fields("new"));
    let whole = json!({ "demolished_m2": "10.00" });
    let mut all = vec![
        structure(1, "2026-06-01").filed("2026-06-01").handled("2026-06-08", 15, "self_corrected", whole.clone()),
        structure(2, "2026-06-01").filed("2026-06-01").handled("2026-06-09", 15, "self_corrected", whole),
        Story::found(3, "QZ-FG", "2026-05-01", "2026-12-31", json!({})).filed("2026-05-04"),
        Story::found(4, "QZ-FG", "2026-06-02", "2026-12-31", json!({})).filed("2026-06-02").closed("2026-06-20"),
        Story::found(5, "QZ-FG", "2026-07-02", "2026-12-31", json!({})),
        // Closed within the twelve months, and found again.
        Story::found(6, "LS-SB", "2026-01-05", "2026-01-12", json!({})).filed("2026-01-05").closed("2026-01-09"),
        Story::found(7, "LS-SB", "2025-01-06", "2025-01-12", json!({})).filed("2025-01-06").closed("2025-01-09"),
    ];
    for (id, parent) in [(8, 6), (9, 7)] {
        let mut again = Story::found(id, "LS-SB", "2026-06-10", "2026-12-31", json!({}));
        again.events[0].data["rebound_of"] = format!("{parent:04}").into();
        all.push(again);
    }
    // Stopped from the 3rd to the 10th: those days are nobody's time.
    let mut stopped = Story::found(10, "LS-SB", "2026-06-01", "2026-12-31", json!({})).filed("2026-06-01");
    stopped.step("2026-06-01", 9, "dispatch", "DISPATCHED", json!({ "lead": "enforcement" }));
    stopped.step("2026-06-02", 9, "take", "HANDLING", json!({ "handler": "h" }));
    stopped.step("2026-06-03", 9, "suspend", "SUSPENDED", json!({ "expected_end": "2026-06-10" }));
    stopped.step("2026-06-10", 9, "resume", "HANDLING", json!({ "document": "d" }));
    stopped.step("2026-06-10", 11, "report_done", "HANDLED", json!({ "result": "cleared" }));
    let only = count(&[stopped.state()], june(), Calendar::standard()).casework.handling;
    // Two whole days of seven hours, and two hours of the tenth.
    assert_eq!((only.mean_hours, only.mean_days), (Some(1_600), Some(208)));
    // Two calls about one door within thirty days.
    for (id, on) in [(11, "2026-05-20"), (12, "2026-06-15"), (13, "2026-06-30")] {
        let mut call = Story::found(id, "GB-LD", on, "2026-12-31", json!({}));
        call.events[0].data["source"] = "hotline".into();
        call.events[0].data["building"] = if id == 13 { "9号" } else { "8号" }.into();
        all.push(call);
    }
    let cases: Vec<CaseState> = all.iter().map(Story::state).collect();
    let found = count(&cases, june(), Calendar::standard()).casework;
    assert_eq!((found.stopped.met, found.stopped.of.len()), (vec!["0001".to_owned()], 2), "gone in seven days");
    assert_eq!((found.shared_gone.met, found.shared_gone.of.len()), (vec!["0004".to_owned()], 2));
    assert_eq!(
        (found.rebound.met, found.rebound.of),
        (vec!["0008".to_owned()], vec!["0004".to_owned(), "0006".to_owned()])
    );
    assert_eq!((found.hotline.len(), found.hotline_again.met), (2, vec!["0012".to_owned()]));
}
