//! 可能重复: open cases that may be one, laid side by side for the office to decide (domain.md §3.1: shown, never merged by
//! the program).

use std::collections::{BTreeMap, BTreeSet};

use xunju_domain::case::{CaseState, decide, target_unfit};
use xunju_domain::geo::near::{DUPLICATE_M, Spot};
use xunju_domain::permission::{Action, may};
use xunju_store::{Commit, Query};

use crate::error::ApiError;
use crate::present::{Names, fact};
use crate::refuse::Refused;
use crate::view::app::Nothing;
use crate::view::case::Written;
use crate::view::office::{PairCard, PairFact, PairList, PairNotSameRequest, PairRef, PairSide, PairView};
use crate::{Api, Caller, doc};

/// Pairs shown at once.
const PAIRS_MAX: usize = 200;
/// Open cases read beside one point.
const NEAR_MAX: u32 = 5_000;

/// Two ids, the smaller first: a pair is one pair whichever is named first.
type Key = (String, String);

/// # Errors
/// Disk failures.
pub fn list(api: &Api, caller: &Caller, _: Nothing) -> Result<PairList, ApiError> {
    let all = api.pairs(caller)?;
    let names = api.names()?;
    let mut rows = Vec::new();
    for ((one, other), why) in all.iter().rev().take(PAIRS_MAX) {
        let card = |id: &str| api.card(&api.case(caller, id)?, &names);
        rows.push(PairCard {
            one: card(one)?,
            other: card(other)?,
            why: why.iter().map(|w| (*w).to_owned()).collect(),
        });
    }
    Ok(PairList { total: u32::try_from(all.len()).unwrap_or(u32::MAX), rows })
}

/// # Errors
/// `NotFound` for a case that is none of the caller's.
pub fn get(api: &Api, caller: &Caller, of: PairRef) -> Result<PairView, ApiError> {
    let (one, other) = (api.case(caller, &of.one)?, api.case(caller, &of.other)?);
    let names = api.names()?;
    let may_decide = may(&caller.roles(), Action::File);
    let unfit = |from: &CaseState, into: &CaseState| {
        let fits = || from.is_open() && decide_merge(from, into, caller);
        target_unfit(from, Some(into)).map(str::to_owned).or_else(|| (!fits()).then(|| "not_open".to_owned()))
    };
    Ok(PairView {
        why: why(&one, &other).into_iter().map(str::to_owned).collect(),
        facts: aligned(&one, &other, caller),
        other_into_one: unfit(&other, &one),
        one_into_other: unfit(&one, &other),
        one: api.side(&one, &names)?,
        other: api.side(&other, &names)?,
        may_decide,
    })
}

/// # Errors
/// `NotAllowed` for all but the office.
pub fn not_same(api: &Api, caller: &Caller, asked: PairNotSameRequest) -> Result<Written, ApiError> {
    let (one, other) = (api.case(caller, &asked.one)?, api.case(caller, &asked.other)?);
    let events = decide::not_same(&one, &other, &caller.author(), &asked.reason).refused()?;
    api.commit(Commit { events, ..Commit::empty() }, &one.id)
}

fn decide_merge(from: &CaseState, into: &CaseState, caller: &Caller) -> bool {
    let input = decide::ActInput {
        action: "merge".into(),
        params: BTreeMap::from([("target".to_owned(), into.id.clone())]),
        ..decide::ActInput::default()
    };
    decide::act(from, &caller.author(), &input).is_ok()
}

/// What makes two cases look like one: `door`, `near`, `photo`.
fn why(one: &CaseState, other: &CaseState) -> Vec<&'static str> {
    let same_kind = one.scope == other.scope && one.category() == other.category();
    let of = |state: &CaseState| (state.text("compound_id"), state.text("building"), state.text("room"));
    let at = of(other);
    let here = Spot { compound: &at.0, building: &at.1, room: &at.2, geo: other.geo.as_ref() };
    let doors = |state: &CaseState| {
        let (compound, building, room) = of(state);
        (!building.is_empty()).then(|| xunju_domain::address::place(&compound, &building, &room))
    };
    let door = doors(one).is_some() && doors(one) == doors(other);
    let hashes: BTreeSet<&str> = one.photos.iter().map(|p| p.blob.h.as_str()).collect();
    let photo = other.photos.iter().any(|p| hashes.contains(p.blob.h.as_str()));
    let near = same_kind && !door && one.is_at(&here, DUPLICATE_M);
    let all = [(same_kind && door, "door"), (near, "near"), (photo, "photo")];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, code)| code).collect()
}

fn aligned(one: &CaseState, other: &CaseState, caller: &Caller) -> Vec<PairFact> {
    let (left, right) = (fact::facts(one, caller), fact::facts(other, caller));
    let keys = left.iter().chain(right.iter().filter(|r| !left.iter().any(|l| l.key == r.key)));
    let keys: Vec<String> = keys.map(|f| f.key.clone()).collect();
    let of = |side: &[crate::view::case::FactView], key: &str| side.iter().find(|f| f.key == key).cloned();
    keys.iter()
        .map(|key| (of(&left, key), of(&right, key)))
        .filter(|(l, r)| l.iter().chain(r).any(|f| f.value.is_some()))
        .map(|(one, other)| {
            let value = |f: &Option<crate::view::case::FactView>| f.as_ref().and_then(|f| f.value.clone());
            PairFact { differs: value(&one) != value(&other), one, other }
        })
        .collect()
}

impl Api {
    /// Every pair of open cases that may be one and that nobody has called two, with why.
    pub(crate) fn pairs(&self, caller: &Caller) -> Result<BTreeMap<Key, Vec<&'static str>>, ApiError> {
        let scopes = caller.scope_list();
        let mut keys: BTreeSet<Key> = BTreeSet::new();
        for facet in ["door", "photo"] {
            for group in self.store.shared("case", facet, ("open", "1"), scopes.as_deref()).refused()? {
                keys.extend(each_two(&group));
            }
        }
        keys.extend(self.near_pairs(caller)?);
        let mut states: BTreeMap<String, CaseState> = BTreeMap::new();
        for id in keys.iter().flat_map(|(one, other)| [one, other]) {
            if let Some(row) = self.store.record(&format!("case:{id}")).refused()? {
                states.insert(id.clone(), doc(&row)?);
            }
        }
        let mut found = BTreeMap::new();
        for (one, other) in keys {
            let (Some(a), Some(b)) = (states.get(&one), states.get(&other)) else { continue };
            let two = a.not_same_as.contains(&b.id) || b.not_same_as.contains(&a.id);
            let asked = |s: &CaseState| s.requests.iter().any(|r| r.action == "merge");
            let why = why(a, b);
            if !two && !why.is_empty() && !asked(a) && !asked(b) {
                found.insert((one, other), why);
            }
        }
        Ok(found)
    }

    /// Pairs by coordinates: only cases that have a cell of the grid are read.
    fn near_pairs(&self, caller: &Caller) -> Result<BTreeSet<Key>, ApiError> {
        let open = Query { limit: NEAR_MAX, ..caller.cases(vec![("open", "1".into()), ("exact", "1".into())]) };
        let states: Vec<CaseState> = self.store.records(&open).refused()?.iter().map(doc).collect::<Result<_, _>>()?;
        let mut by_compound: BTreeMap<(String, String), Vec<&CaseState>> = BTreeMap::new();
        for state in &states {
            by_compound.entry((state.scope.clone(), state.category())).or_default().push(state);
        }
        let mut found = BTreeSet::new();
        for group in by_compound.values() {
            for (at, one) in group.iter().enumerate() {
                let others = group.iter().skip(at + 1).filter(|other| why(one, other).contains(&"near"));
                found.extend(others.map(|other| key(&one.id, &other.id)));
            }
        }
        Ok(found)
    }

    fn side(&self, state: &CaseState, names: &Names) -> Result<PairSide, ApiError> {
        Ok(PairSide {
            card: self.card(state, names)?,
            found_at: state.text("found_at"),
            note: state.notes.first().map(|n| n.text.clone()).unwrap_or_default(),
            photos: self.photos(state, None, names)?,
        })
    }
}

fn key(one: &str, other: &str) -> Key {
    if one < other { (one.to_owned(), other.to_owned()) } else { (other.to_owned(), one.to_owned()) }
}

fn each_two(records: &[String]) -> Vec<Key> {
    let id = |record: &str| xunju_domain::record::id_of(record).to_owned();
    let mut all = Vec::new();
    for (at, one) in records.iter().enumerate() {
        all.extend(records.iter().skip(at + 1).map(|other| key(&id(one), &id(other))));
    }
    all
}
