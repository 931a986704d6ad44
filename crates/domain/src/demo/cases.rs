//! A year of cases: what was found, where, and what became of it.

use std::sync::LazyLock;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime};

use super::dice::Dice;
use super::fate::{Fate, People};
use super::{DemoCase, DemoCompound, DemoUser, Size, edges, facts, story};
use crate::case::draft::DraftContent;
use crate::catalogue::{Catalogue, DeadlineChoice, standard};

/// Case mix of domain.md §10.3, percent.
const MIX: &[(&str, u64)] = &[
    ("LS", 27),
    ("WY", 24),
    ("XF", 14),
    ("WM", 5),
    ("GB", 4),
    ("ZA", 5),
    ("CW", 3),
    ("WJ", 7),
    ("ZX", 4),
    ("QZ", 4),
    ("JG", 2),
    ("CZ", 1),
];
/// Sources of domain.md §10.3, percent.
const SOURCES: &[(&str, u64)] = &[("patrol", 33), ("hotline", 40), ("committee", 14), ("property", 8), ("referral", 5)];

/// How many cases stand where this morning at least; the rest of the year's cases have ended.
const STANDING: &[(Fate, u64)] = &[
    (Fate::Waiting, 48),
    (Fate::Difficult, 3),
    (Fate::Returned, 6),
    (Fate::Overdue, 10),
    (Fate::DueToday, 6),
    (Fate::DueThisWeek, 8),
    (Fate::DueLater, 9),
    (Fate::Handled, 3),
    (Fate::Checking, 3),
    (Fate::Suspended, 1),
    (Fate::Rejected, 3),
    (Fate::Transferred, 1),
    (Fate::Void, 1),
    (Fate::Refused, 1),
    (Fate::Filed, 1),
];

struct Maker<'a> {
    today: NaiveDate,
    compounds: &'a [DemoCompound],
    people: People<'a>,
    catalogue: &'static Catalogue,
}

pub(super) fn all(
    size: Size,
    today: NaiveDate,
    compounds: &[DemoCompound],
    users: &[DemoUser],
    dice: &mut Dice,
) -> Vec<DemoCase> {
    let total = size.pick(160, 800, 2000);
    let maker = Maker { today, compounds, people: People::new(users), catalogue: standard() };
    let mut cases: Vec<DemoCase> = Vec::new();
    for (fate, count) in STANDING {
        for at in 0..*count {
            cases.push(maker.case(*fate, at, &cases, dice));
        }
    }
    while cases.len() < total {
        let at = cases.len() as u64;
        let fate = dice.weighed(&[
            (Fate::Closed, 80),
            (Fate::Archived, 11),
            (Fate::Rejected, 6),
            (Fate::Transferred, 2),
            (Fate::Void, 1),
        ]);
        cases.push(maker.case(fate, at, &cases, dice));
    }
    cases.sort_by(|a, b| (a.wall_ms, &a.id).cmp(&(b.wall_ms, &b.id)));
    cases
}

impl Maker<'_> {
    fn case(&self, fate: Fate, at: u64, before: &[DemoCase], dice: &mut Dice) -> DemoCase {
        let edge = edges::edge(fate, at);
        // What is sent back stands before inspector1, and so does half of what is due.
        let own = matches!(fate, Fate::Returned) && at < 4 || edge.is_some_and(|e| e.on_round());
        let near = own || fate.is_due() && dice.percent(50) || dice.percent(15);
        let compound = self.compound(edge.map(edges::Edge::compound).or(own.then_some(0)), near, dice);
        let source = if own { "patrol" } else { dice.weighed(SOURCES) };
        let author = if own { "inspector1".to_owned() } else { self.people.reporter(source, &compound.id, dice) };
        let found = self.found(fate, dice);
        let twin = before.iter().rev().take(40).find(|c| c.draft.compound_id.as_ref() == Some(&compound.id));
        let twin = twin.filter(|_| fate != Fate::Filed && dice.percent(9));
        let mut draft = self.draft(fate, compound, twin, dice);
        draft.deadline = self.deadline(fate, found.date(), dice);
        let code = draft.type_code.clone().unwrap_or_default();
        let category = code.get(..2).unwrap_or_default().to_owned();
        let wall_ms = millis(found);
        let mut case = DemoCase {
            id: dice.uuid(wall_ms),
            author,
            source: source.to_owned(),
            wall_ms,
            photos: facts::photos(&category, &draft.building, self.catalogue, dice),
            draft,
            steps: Vec::new(),
        };
        if let Some(edge) = edge {
            edge.dress(&mut case);
        }
        case.steps = story::steps(&case, fate, &self.people, self.today, dice);
        if edge == Some(edges::Edge::TwoEdits) {
            case.steps = edges::two_edits(&case);
        }
        case
    }

    fn compound(&self, wanted: Option<usize>, near: bool, dice: &mut Dice) -> &DemoCompound {
        let count = self.compounds.len() as u64;
        let any = if near { dice.below(5.min(count)) } else { dice.below(count) };
        let at = wanted.unwrap_or(usize::try_from(any).unwrap_or(0));
        self.compounds.get(at).unwrap_or_else(|| self.compounds.first().unwrap_or(&EMPTY))
    }

    fn draft(&self, fate: Fate, compound: &DemoCompound, twin: Option<&DemoCase>, dice: &mut Dice) -> DraftContent {
        let category = if fate == Fate::Filed { "WJ" } else { dice.weighed(MIX) };
        let codes: Vec<&str> =
            self.catalogue.types.iter().filter(|t| t.category == category).map(|t| t.code.as_str()).collect();
        let door = dice.pick(&compound.defined.doorways);
        let indoors = ["WJ", "QZ", "JG", "CZ", "WM", "ZX", "CW", "ZA"].contains(&category);
        let in_progress = category == "WJ" && dice.percent(5) || category == "CZ" && dice.percent(40);
        let phrases: Vec<String> =
            self.catalogue.phrases.iter().filter(|p| p.category == category).map(|p| p.label.zh_hans.clone()).collect();
        let draft = DraftContent {
            compound_id: Some(compound.id.clone()),
            building: door.no.clone(),
            room: if indoors { dice.pick(&door.rooms()) } else { String::new() },
            location_text: if indoors {
                String::new()
            } else {
                dice.pick(&["门口", "北侧绿地", "楼道", "垃圾房旁", "主通道", "车棚"]).to_owned()
            },
            type_code: Some(dice.pick(&codes).to_owned()),
            fields: facts::fields(category, in_progress, dice),
            note: if dice.percent(60) { dice.pick(&phrases) } else { String::new() },
            in_progress,
            ..DraftContent::default()
        };
        let Some(twin) = twin else { return draft };
        let old = &twin.draft;
        DraftContent {
            building: old.building.clone(),
            room: old.room.clone(),
            type_code: old.type_code.clone(),
            fields: old.fields.clone(),
            in_progress: old.in_progress,
            ..draft
        }
    }

    /// When it was found: lately for what still stands, over the year for what has ended.
    fn found(&self, fate: Fate, dice: &mut Dice) -> NaiveDateTime {
        let (least, most) = fate.age_days();
        loop {
            let day = self.today - Duration::days(i64::try_from(dice.between(least, most)).unwrap_or(1));
            let month = match day.month() {
                2 => 60,
                3..=6 | 9..=11 => 120,
                _ => 100,
            };
            let weekday = [130, 105, 100, 100, 95, 25, 20]
                .get(day.weekday().num_days_from_monday() as usize)
                .copied()
                .unwrap_or(100);
            if dice.below(160) < month * weekday / 100 {
                return at(day, dice.between(8 * 60 + 30, 16 * 60 + 59));
            }
        }
    }

    /// An own choice that falls due when the fate says; the type's rule where it does not matter.
    fn deadline(&self, fate: Fate, found: NaiveDate, dice: &mut Dice) -> Option<DeadlineChoice> {
        let age = (self.today - found).num_days();
        let to_sunday = 6 - i64::from(self.today.weekday().num_days_from_monday());
        let n = match fate {
            Fate::Overdue => age - i64::try_from(dice.between(4, 9)).unwrap_or(4),
            Fate::DueToday => age,
            Fate::DueThisWeek => {
                age + i64::try_from(dice.between(1, u64::try_from(to_sunday.max(1)).unwrap_or(1))).unwrap_or(1)
            }
            Fate::DueLater | Fate::Filed | Fate::Handled | Fate::Checking => {
                age + i64::try_from(dice.between(8, 20)).unwrap_or(8)
            }
            _ => return None,
        };
        let n = u32::try_from(n.max(1)).unwrap_or(1);
        Some(DeadlineChoice { rule: "CAL_ROLL".into(), n, unit: "day".into() })
    }
}

static EMPTY: LazyLock<DemoCompound> = LazyLock::new(DemoCompound::default);

/// A minute of a day.
pub(super) fn at(day: NaiveDate, minute: u64) -> NaiveDateTime {
    day.and_time(chrono::NaiveTime::MIN) + Duration::minutes(i64::try_from(minute).unwrap_or(0))
}

/// Shanghai time as milliseconds since 1970.
pub(super) fn millis(local: NaiveDateTime) -> i64 {
    (local - Duration::hours(8)).and_utc().timestamp_millis()
}
