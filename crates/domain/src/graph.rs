//! Who saw what: the events of one record as a graph. Order comes from `parents` alone, so that every
//! machine that holds the same events shows the same record (sync.md §2.2).

use std::collections::{BTreeMap, BTreeSet};

use crate::event::{EventId, FoldEvent};

/// Position of an event in the graph's own order.
pub type At = usize;

/// The events of a record, each once, parents before children, ties by id.
pub struct Graph<'a> {
    events: Vec<&'a FoldEvent>,
    /// For each event, the set of events it follows.
    before: Vec<Bits>,
    heads: Vec<At>,
}

impl<'a> Graph<'a> {
    /// Duplicates are dropped; a parent that is not among `events` is treated as seen and unknown.
    #[must_use]
    pub fn new(events: &'a [FoldEvent]) -> Self {
        let order = causal_order(events);
        let at: BTreeMap<&str, At> = order.iter().enumerate().map(|(i, e)| (e.id.as_str(), i)).collect();
        let mut before: Vec<Bits> = Vec::with_capacity(order.len());
        let mut followed = vec![false; order.len()];
        for (i, event) in order.iter().enumerate() {
            let mut mine = Bits::new(order.len());
            for parent in event.parents.iter().filter_map(|p| at.get(p.as_str())).filter(|p| **p < i) {
                mine.insert(*parent);
                if let Some(theirs) = before.get(*parent) {
                    mine.join(theirs);
                }
                if let Some(flag) = followed.get_mut(*parent) {
                    *flag = true;
                }
            }
            before.push(mine);
        }
        let heads = followed.iter().enumerate().filter(|(_, f)| !**f).map(|(i, _)| i).collect();
        Self { events: order, before, heads }
    }

    /// Every event with its position, parents first.
    pub fn iter(&self) -> impl Iterator<Item = (At, &'a FoldEvent)> + '_ {
        self.events.iter().copied().enumerate()
    }

    #[must_use]
    pub fn get(&self, at: At) -> Option<&'a FoldEvent> {
        self.events.get(at).copied()
    }

    /// Whether whoever made `later` had seen `earlier`.
    #[must_use]
    pub fn follows(&self, later: At, earlier: At) -> bool {
        self.before.get(later).is_some_and(|b| b.contains(earlier))
    }

    /// Those of `among` that no other of them follows, in order.
    #[must_use]
    pub fn maximal(&self, among: &[At]) -> Vec<At> {
        among.iter().copied().filter(|a| !among.iter().any(|b| self.follows(*b, *a))).collect()
    }

    /// Ids of the events nobody has followed yet: the parents of the next one.
    #[must_use]
    pub fn heads(&self) -> Vec<EventId> {
        let mut ids: Vec<EventId> = self.heads.iter().filter_map(|h| self.get(*h)).map(|e| e.id.clone()).collect();
        ids.sort();
        ids
    }
}

/// The events a person had seen whose newest are named by the beginnings of their ids; none where one of them is not
/// among `events`.
#[must_use]
pub fn seen_at(events: &[FoldEvent], heads: &[String]) -> Option<Vec<FoldEvent>> {
    let graph = Graph::new(events);
    let place = |head: &String| graph.iter().find(|(_, e)| e.id.starts_with(head.as_str())).map(|(at, _)| at);
    let heads = heads.iter().map(place).collect::<Option<Vec<At>>>()?;
    let seen = |at: At| heads.iter().any(|head| *head == at || graph.follows(*head, at));
    Some(graph.iter().filter(|(at, _)| seen(*at)).map(|(_, e)| e.clone()).collect())
}

/// Kahn's order with the smallest id first among the ready. Events on a cycle, which hashes make impossible,
/// come last by id, so that hostile input still folds to one answer.
fn causal_order(events: &[FoldEvent]) -> Vec<&FoldEvent> {
    let by_id: BTreeMap<&str, &FoldEvent> = events.iter().map(|e| (e.id.as_str(), e)).collect();
    let mut waits: BTreeMap<&str, usize> = BTreeMap::new();
    let mut children: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, event) in &by_id {
        let parents: BTreeSet<&str> =
            event.parents.iter().map(String::as_str).filter(|p| by_id.contains_key(p) && p != id).collect();
        waits.insert(id, parents.len());
        for parent in parents {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut ready: BTreeSet<&str> = waits.iter().filter(|(_, n)| **n == 0).map(|(id, _)| *id).collect();
    let mut order = Vec::with_capacity(by_id.len());
    while let Some(id) = ready.pop_first() {
        waits.remove(id);
        order.extend(by_id.get(id));
        for child in children.get(id).into_iter().flatten() {
            if let Some(left) = waits.get_mut(child) {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    ready.insert(child);
                }
            }
        }
    }
    order.extend(waits.keys().filter_map(|id| by_id.get(id)));
    order
}

/// A set of positions.
struct Bits(Vec<u64>);

impl Bits {
    fn new(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    fn insert(&mut self, at: At) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    fn contains(&self, at: At) -> bool {
        self.0.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }

    fn join(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }
}
