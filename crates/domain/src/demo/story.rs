//! What became of a case, step by step, each by somebody who may.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime};

use super::cases::{at, millis};
use super::dice::Dice;
use super::fate::{Fate, People};
use super::{DemoCase, DemoPhoto, DemoStep, DemoWhat, facts};
use crate::case::decide::{ActInput, Moment, deadline_of};
use crate::case::payload::DeadlineFact;
use crate::catalogue::{FieldValue, standard};
use crate::deadline::Calendar;

/// Every later event of the case.
pub(super) fn steps(case: &DemoCase, fate: Fate, people: &People, today: NaiveDate, dice: &mut Dice) -> Vec<DemoStep> {
    let mut teller = Teller::new(case, people, today, dice);
    match fate {
        Fate::Waiting => {}
        Fate::Difficult => teller.office("difficult", |i| i.reason_code = Some("difficult.several".into())),
        Fate::Returned => teller.send_back(),
        Fate::Rejected => teller.reject(),
        Fate::Void => teller.void(),
        _ => teller.file_and_on(fate),
    }
    teller.steps
}

/// The department the catalogue proposes.
fn lead(case: &DemoCase, at: NaiveDate) -> String {
    let code = case.draft.type_code.as_deref().unwrap_or_default();
    let route = standard().route(code, &at.to_string());
    route.and_then(|r| r.lead.first().cloned()).unwrap_or_default()
}

struct Teller<'a, 'b> {
    case: &'a DemoCase,
    people: &'a People<'b>,
    dice: &'a mut Dice,
    scope: String,
    reviewer: String,
    handler: String,
    checker: String,
    due: DeadlineFact,
    clock: NaiveDateTime,
    /// Nothing happens after this morning's opening.
    end: NaiveDateTime,
    steps: Vec<DemoStep>,
}

impl<'a, 'b> Teller<'a, 'b> {
    fn new(case: &'a DemoCase, people: &'a People<'b>, today: NaiveDate, dice: &'a mut Dice) -> Self {
        let scope = case.draft.compound_id.clone().unwrap_or_default();
        let now = Moment { wall_ms: case.wall_ms, tz: "+08:00".into() };
        let clock = DateTime::from_timestamp_millis(case.wall_ms).unwrap_or_default().naive_utc() + Duration::hours(8);
        Self {
            reviewer: people.one("reviewer", &scope, dice),
            handler: people.of_unit(&lead(case, today), dice),
            checker: people.one("inspector", &scope, dice),
            due: deadline_of(&case.draft, &now, standard(), Calendar::standard()).unwrap_or_default(),
            clock,
            end: at(today, 8 * 60),
            steps: Vec::new(),
            case,
            people,
            dice,
            scope,
        }
    }

    fn wait(&mut self, least_minutes: u64, most_minutes: u64) {
        let minutes = i64::try_from(self.dice.between(least_minutes, most_minutes)).unwrap_or(1);
        let later = self.clock + Duration::minutes(minutes);
        self.clock = later.min(self.end - Duration::minutes(1)).max(self.clock + Duration::minutes(1));
    }

    fn act(&mut self, who: &str, action: &str, photos: Vec<DemoPhoto>, fill: impl FnOnce(&mut ActInput)) {
        let mut input = ActInput { action: action.to_owned(), ..ActInput::default() };
        fill(&mut input);
        let wall_ms = millis(self.clock);
        self.steps.push(DemoStep {
            author: who.to_owned(),
            wall_ms,
            what: DemoWhat::Act(Box::new(input)),
            photos,
            beside: false,
        });
        self.wait(2, 40);
    }

    fn office(&mut self, action: &str, fill: impl FnOnce(&mut ActInput)) {
        self.wait(20, 240);
        let who = self.reviewer.clone();
        self.act(&who, action, Vec::new(), fill);
    }

    fn category(&self) -> &'a str {
        self.case.draft.type_code.as_deref().and_then(|c| c.get(..2)).unwrap_or_default()
    }

    fn send_back(&mut self) {
        let missing = if self.category() == "QZ" { "rooms" } else { "near" };
        let photo = ("return.photo_missing", "请补拍缺少的照片。", Some(missing));
        let (code, words, slot) = *self.dice_pick(&[
            photo,
            ("return.place_unclear", "请写明楼号、室号或者具体位置。", None),
            ("return.photo_unclear", "照片看不清，请重拍。", Some("near")),
        ]);
        self.office("return", |i| {
            i.reason_code = Some(code.into());
            i.reason = words.into();
            i.slot = slot.map(str::to_owned);
        });
    }

    fn dice_pick<'t, T>(&mut self, from: &'t [T; 3]) -> &'t T {
        let [first, second, third] = from;
        match self.dice.below(3) {
            0 => first,
            1 => second,
            _ => third,
        }
    }

    fn reject(&mut self) {
        let code = self.dice.pick(&["reject.out_of_range", "reject.duplicate", "reject.evidence", "reject.handled"]);
        self.office("reject", |i| {
            i.reason_code = Some(code.into());
            i.reason = "经核实，不予受理，已告知来电人。".into();
        });
    }

    fn void(&mut self) {
        self.office("ask_void", |i| i.reason_code = Some("ask_void.entered_twice".into()));
        let first = self.reviewer.clone();
        let others = ["reviewer1", "reviewer2"].into_iter().find(|r| *r != first).unwrap_or("reviewer2");
        self.wait(30, 300);
        self.act(others, "void", Vec::new(), |i| i.reason_code = Some("void.entered_twice".into()));
    }

    fn file_and_on(&mut self, fate: Fate) {
        if fate == Fate::Closed && self.quick() {
            return;
        }
        if self.dice.percent(4) {
            self.send_back();
            self.wait(60, 1200);
            let who = self.case.author.clone();
            let photos = vec![self.photo("near")];
            self.act(&who, "resubmit", photos, |i| i.reason = "已补充".into());
        }
        self.office("accept", |_| {});
        self.office("file", |_| {});
        if fate == Fate::Transferred {
            return self
                .office("refer_out", |i| put(i, &[("document", "示移字〔2026〕12号"), ("receiver", "区主管部门")]));
        }
        // Of what is merely due, some has not been given out yet.
        if fate == Fate::Filed || fate.is_due() && self.dice.percent(40) {
            return;
        }
        self.dispatch("dispatch");
        if fate == Fate::Refused || self.dice.percent(6) {
            // Within the time there is to refuse: four hours of the office's.
            self.wait(30, 190);
            let who = self.handler.clone();
            self.act(&who, "refuse", Vec::new(), |i| {
                i.reason_code = Some("refuse.not_ours".into());
                i.reason = "该事项不属于本部门职责。".into();
            });
            if fate == Fate::Refused {
                return;
            }
            self.dispatch_by("redispatch", "示联纪〔2026〕第7号");
        }
        if fate.is_due() && self.dice.percent(30) {
            return;
        }
        self.handle(fate);
    }

    /// 即查即改: small matters the author settles on the spot.
    fn quick(&mut self) -> bool {
        let own = ["LS", "XF", "WY"].contains(&self.category()) && self.dice.percent(30);
        if own {
            let who = self.case.author.clone();
            let photos = vec![self.photo("after")];
            self.wait(5, 20);
            self.act(&who, "quick_close", photos, |i| i.reason = "当场整改".into());
        }
        own
    }

    fn dispatch(&mut self, action: &str) {
        self.dispatch_by(action, "");
    }

    /// To the department the catalogue proposes; again to the same only because the joint conference said so.
    fn dispatch_by(&mut self, action: &str, conference: &str) {
        let lead = lead(self.case, self.end.date());
        let due = self.due.clone();
        self.office(action, |i| {
            put(i, &[("lead", &lead), ("conference", conference)]);
            i.params.retain(|_, value| !value.is_empty());
            i.deadline = Some(due);
        });
    }

    fn handle(&mut self, fate: Fate) {
        let who = self.handler.clone();
        self.wait(20, 400);
        self.act(&who, "take", Vec::new(), |i| put(i, &[("handler", &who)]));
        if fate.is_due() {
            return;
        }
        if fate == Fate::Suspended {
            return self.office("suspend", |i| {
                i.reason_code = Some("suspend.appraisal".into());
                put(i, &[("expected_end", "2026-12-31"), ("document", "沪检〔2026〕第3号")]);
            });
        }
        let rounds = if fate == Fate::Closed && self.dice.percent(5) { 2 } else { 1 };
        for round in 1..=rounds {
            self.done_and_check(fate, round < rounds);
        }
        if matches!(fate, Fate::Closed | Fate::Archived) {
            self.office("close", |_| {});
        }
        if fate == Fate::Archived {
            let archivist = self.people.one("archivist", &self.scope, self.dice);
            self.wait(1440, 10_000);
            self.act(&archivist, "archive", Vec::new(), |_| {});
        }
    }

    fn done_and_check(&mut self, fate: Fate, fails: bool) {
        let (who, checker) = (self.handler.clone(), self.checker.clone());
        let days = match self.category() {
            "LS" | "XF" => self.dice.skewed(1, 1, 4, 8),
            "WJ" | "JG" => self.dice.skewed(3, 12, 20, 25),
            _ => self.dice.skewed(1, 4, 12, 20),
        };
        self.wait(days * 1440 - 400, days * 1440);
        let photos = vec![self.photo("after")];
        let fields = self.measured();
        self.act(&who, "report_done", photos, |i| {
            put(i, &[("result", "self_corrected")]);
            i.fields = fields;
        });
        if fate == Fate::Handled {
            return;
        }
        self.office("assign_check", |i| put(i, &[("checker", &checker)]));
        if fate == Fate::Checking {
            return;
        }
        self.wait(200, 2000);
        let (photos, due) = (vec![self.photo("after"), self.photo("after")], self.due.clone());
        if fails {
            return self.act(&checker, "fail", Vec::new(), |i| {
                i.reason_code = Some("fail.partly".into());
                i.deadline = Some(due);
            });
        }
        self.act(&checker, "pass", photos, |i| i.reason = "核查合格".into());
    }

    /// What the type asks for at the end: the whole area, every partition.
    fn measured(&self) -> BTreeMap<String, FieldValue> {
        let known = |key: &str| self.case.draft.fields.get(key).cloned();
        let whole = |key: &str| known(key).unwrap_or(FieldValue::Whole(0));
        let all = match self.category() {
            "WJ" => vec![
                ("demolished_m2", known("area_m2").unwrap_or_else(|| FieldValue::Text("1.00".into()))),
                ("demolish_method", FieldValue::Text("self".into())),
            ],
            "QZ" => vec![
                ("removed_partitions", whole("partitions")),
                ("removed_beds", whole("beds")),
                ("evacuated_persons", whole("tenants")),
            ],
            _ => Vec::new(),
        };
        all.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    fn photo(&mut self, slot: &str) -> DemoPhoto {
        facts::photo(self.category(), slot, &self.case.draft.building, self.dice)
    }
}

fn put(input: &mut ActInput, params: &[(&str, &str)]) {
    input.params = params.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<BTreeMap<_, _>>();
}
