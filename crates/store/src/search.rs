//! The index of words: written beside the projection in the same transaction, asked while somebody types.

use rusqlite::{Connection, OptionalExtension as _, params};
use xunju_domain::event::Projection;
use xunju_domain::search::{Class, Document, Readings, Wanted, documents, scope_word, unit_word};
use xunju_evidence::Hash;

use crate::Store;
use crate::error::StoreError;

/// Counted no further: a list says 1000 and that there are more.
pub const COUNT_MAX: u32 = 1_000;

/// Documents of one class lie together, in the order they are shown.
const CLASS_BITS: u32 = 40;
/// Cases of one second that keep their order.
const TIE_BITS: u32 = 6;

/// A question to the index.
#[derive(Debug, Clone)]
pub struct Search<'a> {
    pub wanted: &'a Wanted,
    pub class: Class,
    /// Only these scopes; all when none. Companies and people are everybody's.
    pub scopes: Option<&'a [String]>,
    /// Only what was given to this department.
    pub unit: Option<&'a str>,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// `case:…`; for a dwelling its compound.
    pub record: String,
    pub building: String,
    pub room: String,
    /// The number asked for, whole.
    pub exact: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundPage {
    /// Exact up to [`COUNT_MAX`].
    pub total: u32,
    pub rows: Vec<Found>,
}

pub(crate) fn range(class: Class) -> (i64, i64) {
    let at = Class::ALL.iter().position(|c| *c == class).unwrap_or(0);
    let from = (i64::try_from(at).unwrap_or(0) + 1) << CLASS_BITS;
    (from, from + (1 << CLASS_BITS) - 1)
}

/// Compounds that one piece of letters is looked for in: whoever types a letter that begins more types another.
const NAMES_MAX: u32 = 400;

/// For each piece of letters the scopes of the compounds whose names read so, where their things are looked for.
pub(crate) fn readings(db: &Connection, wanted: &Wanted, class: Class) -> rusqlite::Result<Readings> {
    let mut found = Readings::new();
    if !matches!(class, Class::Dwelling | Class::Case) {
        return Ok(found);
    }
    for piece in wanted.letters() {
        let mut scopes = Vec::new();
        for doc in matching(db, &format!("\"{piece}\" *"), Class::Compound, NAMES_MAX)? {
            let record: String =
                db.prepare_cached("SELECT record FROM found WHERE doc = ?1")?.query_row([doc], |row| row.get(0))?;
            scopes.push(scope_word(xunju_domain::record::id_of(&record)));
        }
        found.insert(piece.to_owned(), scopes);
    }
    Ok(found)
}

/// What else must hold: the caller's scopes and department, as words.
pub(crate) fn fenced(expression: String, class: Class, scopes: Option<&[String]>, unit: Option<&str>) -> String {
    let mut all = expression;
    let open = matches!(class, Class::Company | Class::Person);
    if let Some(scopes) = scopes.filter(|_| !open) {
        let words: Vec<String> = scopes.iter().map(|s| format!("\"{}\"", scope_word(s))).collect();
        // Somebody without a scope finds nothing.
        let any = if words.is_empty() { "\"@\"".to_owned() } else { words.join(" OR ") };
        all = format!("{all} AND ({any})");
    }
    match unit.filter(|_| class == Class::Case) {
        Some(unit) => format!("{all} AND \"{}\"", unit_word(unit)),
        None => all,
    }
}

/// Replaces what a record is found by.
pub(crate) fn write(db: &Connection, record: &str, projection: &Projection) -> rusqlite::Result<()> {
    let now: Vec<(Document, String, [u8; 32])> = documents(record, projection).into_iter().map(summed).collect();
    let before: Vec<(i64, Vec<u8>)> = db
        .prepare_cached("SELECT doc, sum FROM found WHERE record = ?1 ORDER BY doc")?
        .query_map([record], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    if now.iter().map(|(_, _, sum)| sum.as_slice()).eq(before.iter().map(|(_, sum)| sum.as_slice())) {
        return Ok(());
    }
    for (doc, _) in before {
        db.prepare_cached("DELETE FROM word WHERE rowid = ?1")?.execute([doc])?;
        db.prepare_cached("DELETE FROM found WHERE doc = ?1")?.execute([doc])?;
    }
    for (document, words, sum) in now {
        let doc = free(db, record, document.class)?;
        db.prepare_cached("INSERT INTO found VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
            doc,
            record,
            document.building,
            document.room,
            sum.as_slice()
        ])?;
        db.prepare_cached("INSERT INTO word (rowid, words) VALUES (?1, ?2)")?.execute((doc, words))?;
    }
    Ok(())
}

fn summed(document: Document) -> (Document, String, [u8; 32]) {
    let words = document.words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let sum = Hash::of(format!("{}\n{}\n{words}", document.building, document.room).as_bytes()).0;
    (document, words, sum)
}

/// The newest case first; everything else in the order it came.
fn free(db: &Connection, record: &str, class: Class) -> rusqlite::Result<i64> {
    let (from, to) = range(class);
    if class != Class::Case {
        let last: Option<i64> = db
            .prepare_cached("SELECT max(doc) FROM found WHERE doc BETWEEN ?1 AND ?2")?
            .query_row((from, to), |row| row.get(0))?;
        return Ok(last.unwrap_or(from) + 1);
    }
    let mut at = from + ((i64::from(u32::MAX) - made_s(record)) << TIE_BITS);
    let mut taken = db.prepare_cached("SELECT 1 FROM found WHERE doc = ?1")?;
    while taken.query_row([at], |_| Ok(())).optional()?.is_some() {
        at += 1;
    }
    Ok(at)
}

/// Seconds since 1970 in an id of UUID version 7; 0 in any other.
fn made_s(record: &str) -> i64 {
    let digits: String = xunju_domain::record::id_of(record).chars().filter(|c| *c != '-').take(12).collect();
    let ms = i64::from_str_radix(&digits, 16).unwrap_or(0);
    (ms / 1000).clamp(0, i64::from(u32::MAX))
}

impl Store {
    /// What answers, the closest first: the number itself, then whole digits, then the rest in the order of its class.
    ///
    /// # Errors
    /// Disk failures.
    pub fn search(&self, asked: &Search<'_>) -> Result<FoundPage, StoreError> {
        let fence = |expression| fenced(expression, asked.class, asked.scopes, asked.unit);
        let db = self.reader()?;
        let run = || {
            let readings = readings(&db, asked.wanted, asked.class)?;
            let loose = fence(asked.wanted.expression(false, &readings));
            let mut docs: Vec<i64> = Vec::new();
            let mut exact = 0;
            if let Some(number) = asked.wanted.number() {
                docs.extend(matching(&db, &fence(format!("\"{number}\"")), asked.class, asked.limit)?);
                exact = docs.len();
            }
            let left = |docs: &[i64]| asked.limit.saturating_sub(u32::try_from(docs.len()).unwrap_or(u32::MAX));
            let close = asked.wanted.has_digits().then(|| fence(asked.wanted.expression(true, &readings)));
            for expression in close.iter().chain([&loose]) {
                if left(&docs) > 0 {
                    let more = matching(&db, expression, asked.class, asked.limit)?;
                    let new: Vec<i64> = more.into_iter().filter(|doc| !docs.contains(doc)).collect();
                    docs.extend(new);
                }
            }
            // Counted only where more may answer than were read.
            let total = if left(&docs) > 0 {
                u32::try_from(docs.len()).unwrap_or(u32::MAX)
            } else {
                count(&db, &loose, asked.class)?
            };
            docs.truncate(usize::try_from(asked.limit).unwrap_or(usize::MAX));
            let mut read = db.prepare_cached("SELECT record, building, room FROM found WHERE doc = ?1")?;
            let rows = docs.iter().enumerate().map(|(at, doc)| {
                read.query_row([doc], |row| {
                    Ok(Found { record: row.get(0)?, building: row.get(1)?, room: row.get(2)?, exact: at < exact })
                })
            });
            Ok(FoundPage { rows: rows.collect::<Result<_, _>>()?, total })
        };
        run().map_err(StoreError::sql("search"))
    }
}

fn matching(db: &Connection, expression: &str, class: Class, limit: u32) -> rusqlite::Result<Vec<i64>> {
    let (from, to) = range(class);
    db.prepare_cached("SELECT rowid FROM word WHERE word MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid LIMIT ?4")?
        .query_map((expression, from, to, limit), |row| row.get(0))?
        .collect()
}

fn count(db: &Connection, expression: &str, class: Class) -> rusqlite::Result<u32> {
    let (from, to) = range(class);
    db.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM word WHERE word MATCH ?1 AND rowid BETWEEN ?2 AND ?3 LIMIT ?4)",
    )?
    .query_row((expression, from, to, COUNT_MAX), |row| row.get(0))
}
