//! The registers go out: a compound, its doorways, its dwellings with the facts of their own, the companies.

use std::collections::BTreeMap;

use xunju_domain::company::CompanyState;
use xunju_domain::compound::CompoundState;
use xunju_domain::dwelling::{self, DwellingState};
use xunju_domain::event::EventId;
use xunju_domain::ledger::{Entry, Known, RowId, base_row};
use xunju_store::{Order, Query};

use super::export::{Out, unwritten};
use super::go_on;
use crate::error::ApiError;
use crate::refuse::Refused;
use crate::{Api, Caller, doc};

/// Facts by the record of their dwelling, with the newest events of each.
type Facts = BTreeMap<String, (dwelling::Defined, Vec<EventId>)>;

impl Api {
    pub(super) fn base_out(&self, caller: &Caller, out: &mut Out<'_>) -> Result<u32, ApiError> {
        let known = self.known(caller)?;
        let kind = if out.ledger.of == "company" { "company" } else { "compound" };
        let text = out.asked.text.clone();
        let query = Query { kind: kind.into(), text, order: Order::Oldest, ..Query::default() };
        let total = self.store.count(&query).refused()?;
        let (mut done, mut rows) = (0, 0u32);
        self.each(&query, |id, row| {
            if kind == "company" {
                let state: CompanyState = doc(row)?;
                rows += 1;
                let cells = base_row(out.ledger, Entry::Company(&state.defined), &known, u64::from(rows), out.clear);
                out.writer.row(&RowId::of(id, &state.heads, &[]).text(), &cells).map_err(unwritten)?;
            } else {
                let state: CompoundState = doc(row)?;
                let only = &out.asked.compound;
                if caller.scopes.has(&state.id) && (only.is_empty() || *only == state.id) {
                    rows = self.compound_out(out, &state, &known, rows)?;
                }
            }
            done += 1;
            go_on(done, total, out.progress)
        })?;
        Ok(rows)
    }

    fn compound_out(
        &self,
        out: &mut Out<'_>,
        state: &CompoundState,
        known: &Known,
        mut rows: u32,
    ) -> Result<u32, ApiError> {
        let d = &state.defined;
        let record = format!("compound:{}", state.id);
        let (ledger, clear) = (out.ledger, out.clear);
        let mut write = |id: RowId, entry: Entry<'_>| {
            rows += 1;
            let cells = base_row(ledger, entry, known, u64::from(rows), clear);
            out.writer.row(&id.text(), &cells).map_err(unwritten)
        };
        match ledger.of.as_str() {
            "doorway" => {
                for door in &d.doorways {
                    write(RowId::of(&record, &state.heads, &[&d.plate(door)]), Entry::Doorway(d, door))?;
                }
            }
            "dwelling" => {
                let facts = self.facts_in(&state.id)?;
                let none = (dwelling::Defined::default(), Vec::new());
                for door in &d.doorways {
                    let plate = d.plate(door);
                    for room in door.rooms() {
                        let record = dwelling::record_of(&state.id, &plate, &room);
                        let (own, heads) = facts.get(&record).unwrap_or(&none);
                        let id = RowId::of(&record, heads, &[&plate, &room]);
                        write(id, Entry::Dwelling(d, door, &room, own))?;
                    }
                }
            }
            _ => write(RowId::of(&record, &state.heads, &[]), Entry::Compound(d))?,
        }
        Ok(rows)
    }

    /// Facts of the dwellings of one compound: few have any.
    fn facts_in(&self, compound: &str) -> Result<Facts, ApiError> {
        let facets = vec![("compound".to_owned(), compound.to_owned())];
        let query = Query { kind: "dwelling".into(), facets, order: Order::Oldest, ..Query::default() };
        let mut facts = Facts::new();
        self.each(&query, |id, row| {
            let state: DwellingState = doc(row)?;
            facts.insert(id.to_owned(), (state.defined, state.heads));
            Ok(())
        })?;
        Ok(facts)
    }
}
