//! A journal of one case without signatures: commits what people decide and rules on it as the server would.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};

use xunju_domain::case::decide::{self, ActInput, Author, Moment, Refusal};
use xunju_domain::case::draft::{DraftContent, DraftPhoto};
use xunju_domain::case::payload::DeadlineFact;
use xunju_domain::case::{CaseState, fold, judge};
use xunju_domain::catalogue::standard;
use xunju_domain::deadline::Calendar;
use xunju_domain::event::{BlobRef, FoldEvent, NewEvent};
use xunju_domain::judgement::Registry;
use xunju_domain::permission::{Grant, Role, Scopes};

pub const RECORD: &str = "case:0192f0c8-0000-7000-8000-000000000001";
pub const SCOPE: &str = "cmp-001";

pub fn author(user: &str, role: Role) -> Author {
    let unit = if role == Role::Dep { "enforcement" } else { "" };
    Author { user: user.into(), roles: vec![role], unit: unit.into() }
}

pub fn grant(author: &Author) -> Grant {
    Grant {
        user: author.user.clone(),
        roles: author.roles.clone(),
        scopes: Scopes::Some(BTreeSet::from([SCOPE.to_owned()])),
        unit: author.unit.clone(),
    }
}

pub fn moment() -> Moment {
    Moment { wall_ms: 1_795_400_000_000, tz: "+08:00".into() }
}

pub fn photo(hash: &str, slot: &str) -> BlobRef {
    let facts = BTreeMap::from([("slot".to_owned(), slot.to_owned())]);
    BlobRef { h: hash.into(), n: 1000, m: "image/jpeg".into(), role: "photo".into(), thumb: None, preview: None, facts }
}

pub fn due(at: &str) -> DeadlineFact {
    DeadlineFact {
        due_at: format!("{at}T23:59:59"),
        rule: "CAL_ROLL".into(),
        n: 7,
        unit: "day".into(),
        ..DeadlineFact::default()
    }
}

pub fn draft(type_code: &str) -> DraftContent {
    DraftContent {
        compound_id: Some(SCOPE.into()),
        building: "8号楼".into(),
        room: "601".into(),
        type_code: Some(type_code.into()),
        photos: vec![DraftPhoto { hash: "aa".into(), slot: "far".into() }],
        ..DraftContent::default()
    }
}

pub struct Town {
    pub record: String,
    pub scope: String,
    pub events: Vec<FoldEvent>,
    pub quarantined: Vec<String>,
    pub numbers: u32,
    /// The case a merger may name.
    pub target: Option<CaseState>,
    /// When the server receives what is committed; a moment long ago unless a test says otherwise.
    pub received_ms: i64,
    /// Papers and proceedings of the compound.
    pub annex: Vec<(String, Vec<FoldEvent>)>,
}

/// What a judgement may ask of the town.
#[derive(Default)]
pub struct Desk {
    pub numbers: u32,
    pub target: Option<CaseState>,
    pub annex: Vec<(String, Vec<FoldEvent>)>,
}

impl Registry for Desk {
    fn next_no(&mut self, category: &str) -> String {
        self.numbers += 1;
        format!("SY-2026-{category}-{:06}", self.numbers)
    }

    fn record(&mut self, _: &str) -> Option<(String, Vec<FoldEvent>)> {
        None
    }

    fn annex(&mut self, _: &str) -> Vec<(String, Vec<FoldEvent>)> {
        self.annex.clone()
    }

    fn case(&mut self, id: &str) -> Option<CaseState> {
        self.target.clone().filter(|t| t.id == id)
    }
}

impl Default for Town {
    fn default() -> Self {
        Self::at(RECORD, SCOPE)
    }
}

impl Town {
    pub fn at(record: &str, scope: &str) -> Self {
        Self {
            record: record.into(),
            scope: scope.into(),
            events: Vec::new(),
            quarantined: Vec::new(),
            numbers: 0,
            target: None,
            received_ms: 5,
            annex: Vec::new(),
        }
    }

    pub fn state(&self) -> CaseState {
        fold(&self.record, &self.scope, &self.events)
    }

    /// Adds one event after `parents`; ids count up in the order of commits.
    pub fn put(&mut self, new: &NewEvent, parents: Vec<String>, by_server: bool) -> FoldEvent {
        let n = self.events.len() as u64 + 1;
        let event = FoldEvent {
            id: format!("{n:04}{}", new.kind),
            parents,
            kind: new.kind.clone(),
            tv: new.tv,
            actor: new.actor.clone(),
            device: format!("d_{}00000", new.actor),
            inc: 1,
            n,
            by_server,
            wall_ms: if by_server && self.received_ms != 5 { self.received_ms } else { moment().wall_ms }
                + i64::try_from(n).unwrap(),
            tz: "+08:00".into(),
            estimate: None,
            blobs: new.blobs.clone(),
            data: new.data.clone(),
            seq: Some(n),
            received_ms: Some(self.received_ms),
        };
        self.events.push(event.clone());
        event
    }

    /// Commits the events of one wish, each after the other, without ruling on them.
    pub fn commit(&mut self, events: &[NewEvent]) -> Vec<FoldEvent> {
        let mut parents = self.state().heads;
        let mut done = Vec::new();
        for new in events {
            let event = self.put(new, parents, false);
            parents = vec![event.id.clone()];
            done.push(event);
        }
        done
    }

    /// Rules on one event as its author's grant allows.
    pub fn rule(&mut self, event: &FoldEvent, grant: &Grant) -> Vec<serde_json::Value> {
        let mut desk = Desk { numbers: self.numbers, target: self.target.clone(), annex: self.annex.clone() };
        let judged = judge(&fold(&self.record, &self.scope, &self.events), event, grant, &mut desk);
        self.numbers = desk.numbers;
        if judged.quarantine {
            self.quarantined.push(event.id.clone());
        }
        for data in &judged.rulings {
            let parents = self.state().heads;
            let ruling = NewEvent {
                record: self.record.clone(),
                scope: self.scope.clone(),
                kind: "case.ruled".into(),
                tv: 1,
                actor: "server".into(),
                parents: Vec::new(),
                blobs: Vec::new(),
                data: data.clone(),
            };
            self.put(&ruling, parents, true);
        }
        judged.rulings
    }

    /// Commits and rules, as when the laptop is online.
    pub fn send(&mut self, who: &Author, events: &[NewEvent]) -> CaseState {
        self.send_as(&grant(who), events)
    }

    pub fn send_as(&mut self, grant: &Grant, events: &[NewEvent]) -> CaseState {
        for event in self.commit(events) {
            self.rule(&event, grant);
        }
        self.state()
    }

    /// From now on the server receives at this moment of Shanghai: `2026-06-01T09:00`.
    pub fn at_clock(&mut self, stamp: &str) {
        let at: chrono::DateTime<chrono::FixedOffset> = format!("{stamp}:00+08:00").parse().unwrap();
        self.received_ms = at.timestamp_millis();
    }

    pub fn record(&mut self, who: &Author, draft: &DraftContent) -> CaseState {
        let photos = draft.photos.iter().map(|p| photo(&p.hash, "")).collect();
        let made = decide::record(
            RECORD,
            draft,
            photos,
            who,
            &moment(),
            standard(),
            Calendar::standard(),
            "东湖花园",
            "patrol",
        );
        self.send(who, &[made.expect("the draft is complete")])
    }

    pub fn act(&mut self, who: &Author, input: ActInput) -> Result<CaseState, Refusal> {
        let events = decide::act(&self.state(), who, &input)?;
        Ok(self.send(who, &events))
    }
}

pub fn wish(action: &str) -> ActInput {
    ActInput { action: action.into(), ..ActInput::default() }
}

/// [`full_wish`], with an extension counting on from the deadline in force.
pub fn wish_on(state: &CaseState, action: &str) -> ActInput {
    let old = state.deadline().map(|d| d.due_at.clone()).unwrap_or_default();
    match action {
        "extend" => ActInput { deadline: Some(DeadlineFact { start: old, ..due("2027-06-30") }), ..full_wish(action) },
        _ => full_wish(action),
    }
}

/// A request with everything any row of the table may ask for.
pub fn full_wish(action: &str) -> ActInput {
    let params = [
        ("lead", "enforcement"),
        ("handler", "handler-1"),
        ("result", "self_corrected"),
        ("expected_end", "2026-12-31"),
        ("document", "示综执字〔2026〕第0001号"),
        ("checker", "checker-1"),
        ("target", "target-1"),
        ("receiver", "区主管部门"),
        ("conference", "示联纪〔2026〕第1号"),
        ("handover", "已当面交接"),
        ("stock_class", "new"),
        ("was", "pending"),
        ("lack", "原件遗失，已说明"),
    ];
    ActInput {
        action: action.into(),
        reason_code: Some("reopen.unfounded_check".into()),
        reason: "理由".into(),
        slot: None,
        photos: vec![photo("after", "after"), photo("after2", "after")],
        params: params.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        deadline: Some(due("2027-01-04")),
        fields: BTreeMap::new(),
    }
}
