//! Reading projections and the events behind them.

use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension as _, params_from_iter};
use serde_json::Value;
use xunju_domain::event::FoldEvent;
use xunju_domain::search::{Class, Wanted};
use xunju_evidence::Hash;

use crate::error::StoreError;
use crate::level::Kept;
use crate::{Store, fold, search};

#[derive(Debug, Clone, PartialEq)]
pub struct RecordRow {
    pub id: String,
    pub kind: String,
    pub scope: String,
    pub status: String,
    pub due: Option<String>,
    pub doc: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Soonest deadline first, those without one last.
    #[default]
    Due,
    /// By id: UUIDv7 ids make that oldest first.
    Oldest,
    Newest,
}

/// A question to the projections. Every condition given must hold.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Every kind when empty.
    pub kind: String,
    /// Any of these; all when empty.
    pub status: Vec<String>,
    /// Facets that must be present.
    pub facets: Vec<(String, String)>,
    /// Facets that must not be present.
    pub without: Vec<(String, String)>,
    /// Facets that must be present with a lesser value: clocks that are over, by the moment they end.
    pub over: Vec<(String, String)>,
    /// Only these scopes; all when none.
    pub scopes: Option<Vec<String>>,
    /// What the record must be found by (`domain::search`).
    pub text: String,
    /// Due on or after, on or before: `YYYY-MM-DD`.
    pub due_from: Option<String>,
    pub due_to: Option<String>,
    pub order: Order,
    /// Only ids after this one, all for an empty one: pages of [`Order::Oldest`] that do not move while records are
    /// written, each read from where the last ended.
    pub after: Option<String>,
    pub offset: u32,
    pub limit: u32,
}

/// Delivery state of an event, for the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMeta {
    pub id: Hash,
    pub mine: bool,
    pub seq: Option<u64>,
    pub recv_ms: Option<i64>,
    pub kept: Kept,
}

/// What a query's text asks of the store.
enum Text {
    None,
    /// An expression of the word index, and where the documents of its kind lie.
    Words(String, (i64, i64)),
    /// Nothing in it that could be found.
    Unfindable,
    /// Of kinds that are not in the index.
    Plain,
}

impl Text {
    fn read(db: &Connection, query: &Query) -> rusqlite::Result<Self> {
        if query.text.trim().is_empty() {
            return Ok(Self::None);
        }
        let Some(class) = Class::of_kind(&query.kind) else { return Ok(Self::Plain) };
        let Some(wanted) = Wanted::read(&query.text) else { return Ok(Self::Unfindable) };
        let expression = wanted.expression(false, &search::readings(db, &wanted, class)?);
        Ok(Self::Words(search::fenced(expression, class, query.scopes.as_deref(), None), search::range(class)))
    }

    /// The tables a query reads: from the words, where there are some.
    fn source(&self) -> &'static str {
        match self {
            Self::Words(..) => {
                "word CROSS JOIN found ON found.doc = word.rowid CROSS JOIN record ON record.id = found.record"
            }
            _ => "record",
        }
    }
}

/// Facets that few records share: what answers is looked up by them and not sought through a whole kind.
const NARROW: &[&str] = &["case", "place", "photo", "rebound_of", "merged_into", "import", "round", "cell"];

fn conditions(query: &Query, text: &Text) -> (String, Vec<SqlValue>) {
    let mut sql = String::from(" WHERE 1");
    let mut values: Vec<SqlValue> = Vec::new();
    // A unary plus keeps a column from choosing the index: pages of a walk follow the primary key, and narrow facets
    // their own, where the index by kind would read every record of it for each answer.
    let walks = query.after.is_some();
    let narrow = |key: &str| NARROW.contains(&key) && !walks;
    let led = if walks || query.facets.iter().any(|(key, _)| narrow(key)) { "+" } else { "" };
    if !query.kind.is_empty() {
        sql.push_str(&format!(" AND {led}kind = ?"));
        values.push(query.kind.clone().into());
    }
    if walks && !query.kind.is_empty() {
        // Ids begin with their kind; `;` comes after `:`.
        sql.push_str(" AND id < ?");
        values.push(format!("{};", query.kind).into());
    }
    let mut any_of = |sql: &mut String, column: &str, list: &[String]| {
        let marks = vec!["?"; list.len()].join(",");
        sql.push_str(&format!(" AND {column} IN ({marks})"));
        values.extend(list.iter().map(|v| SqlValue::from(v.clone())));
    };
    if !query.status.is_empty() {
        any_of(&mut sql, &format!("{led}status"), &query.status);
    }
    if let Some(scopes) = &query.scopes {
        any_of(&mut sql, "scope", scopes);
    }
    for (key, value) in &query.facets {
        sql.push_str(if narrow(key) {
            " AND record.id IN (SELECT record FROM facet WHERE key = ? AND value = ?)"
        } else {
            " AND EXISTS (SELECT 1 FROM facet WHERE facet.record = record.id AND key = ? AND value = ?)"
        });
        values.extend([key.clone().into(), value.clone().into()]);
    }
    for (key, value) in &query.without {
        sql.push_str(" AND NOT EXISTS (SELECT 1 FROM facet WHERE facet.record = record.id AND key = ? AND value = ?)");
        values.extend([key.clone().into(), value.clone().into()]);
    }
    for (key, bound) in &query.over {
        sql.push_str(" AND EXISTS (SELECT 1 FROM facet WHERE facet.record = record.id AND key = ? AND value < ?)");
        values.extend([key.clone().into(), bound.clone().into()]);
    }
    match text {
        Text::None => {}
        Text::Words(expression, (from, to)) => {
            sql.push_str(" AND word MATCH ? AND word.rowid BETWEEN ? AND ?");
            values.extend([expression.clone().into(), (*from).into(), (*to).into()]);
        }
        Text::Unfindable => sql.push_str(" AND 0"),
        Text::Plain => {
            for word in query.text.split_whitespace() {
                sql.push_str(" AND instr(search, ?) > 0");
                values.push(word.to_lowercase().into());
            }
        }
    }
    for (bound, condition) in [(&query.due_from, " AND due >= ?"), (&query.due_to, " AND due <= ?")] {
        if let Some(date) = bound {
            sql.push_str(condition);
            values.push(date.clone().into());
        }
    }
    if let Some(after) = &query.after {
        sql.push_str(" AND id > ?");
        let first = || if query.kind.is_empty() { String::new() } else { format!("{}:", query.kind) };
        let start = if after.is_empty() { first() } else { after.clone() };
        values.push(start.into());
    }
    (sql, values)
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<RecordRow> {
    let doc: String = row.get(5)?;
    let doc = serde_json::from_str(&doc)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(5, rusqlite::types::Type::Text, Box::new(e)))?;
    Ok(RecordRow { id: row.get(0)?, kind: row.get(1)?, scope: row.get(2)?, status: row.get(3)?, due: row.get(4)?, doc })
}

impl Store {
    /// # Errors
    /// Disk failures.
    pub fn record(&self, id: &str) -> Result<Option<RecordRow>, StoreError> {
        self.reader()?
            .prepare_cached("SELECT id, kind, scope, status, due, doc FROM record WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], row).optional())
            .map_err(StoreError::sql("read record"))
    }

    /// # Errors
    /// Disk failures.
    pub fn records(&self, query: &Query) -> Result<Vec<RecordRow>, StoreError> {
        let db = self.reader()?;
        let text = Text::read(&db, query).map_err(StoreError::sql("read records"))?;
        let (conditions, mut values) = conditions(query, &text);
        let order = match query.order {
            Order::Due => "due IS NULL, due, record.id",
            Order::Oldest => "record.id",
            // The order of the index itself, where there is a text.
            Order::Newest if matches!(text, Text::Words(..)) && query.kind == "case" => "word.rowid",
            Order::Newest => "record.id DESC",
        };
        let source = text.source();
        values.extend([i64::from(query.limit).into(), i64::from(query.offset).into()]);
        let sql = format!(
            "SELECT record.id, kind, scope, status, due, record.doc FROM {source}{conditions} ORDER BY {order} LIMIT ? OFFSET ?"
        );
        db.prepare_cached(&sql)
            .and_then(|mut s| s.query_map(params_from_iter(values), row)?.collect())
            .map_err(StoreError::sql("read records"))
    }

    /// How many records answer, whatever `offset` and `limit` say.
    ///
    /// # Errors
    /// Disk failures.
    pub fn count(&self, query: &Query) -> Result<u32, StoreError> {
        let db = self.reader()?;
        let text = Text::read(&db, query).map_err(StoreError::sql("count records"))?;
        let (conditions, values) = conditions(query, &text);
        let beside = query.without.is_empty() && query.over.is_empty();
        let plain = beside
            && query.status.is_empty()
            && query.facets.is_empty()
            && query.due_from.is_none()
            && query.due_to.is_none();
        if let (true, Text::Words(expression, (from, to))) = (plain, &text) {
            return db
                .prepare_cached("SELECT count(*) FROM word WHERE word MATCH ?1 AND rowid BETWEEN ?2 AND ?3")
                .and_then(|mut s| s.query_row((expression, from, to), |row| row.get(0)))
                .map_err(StoreError::sql("count records"));
        }
        db.prepare_cached(&format!("SELECT count(*) FROM {}{conditions}", text.source()))
            .and_then(|mut s| s.query_row(params_from_iter(values), |row| row.get(0)))
            .map_err(StoreError::sql("count records"))
    }

    /// # Errors
    /// Disk failures.
    pub fn event_meta(&self, record: &str) -> Result<Vec<EventMeta>, StoreError> {
        let (levels, logged) = (self.levels()?, self.log_seen()?.map_or(0, |(seen, _)| seen.size));
        self.reader()?
            .prepare_cached("SELECT hash, mine, seq, recv_ms FROM event WHERE record = ?1")
            .and_then(|mut s| {
                s.query_map([record], |row| {
                    let seq = row.get(2)?;
                    let kept = levels.of(seq, logged);
                    Ok(EventMeta { id: Hash(row.get(0)?), mine: row.get(1)?, seq, recv_ms: row.get(3)?, kept })
                })?
                .collect()
            })
            .map_err(StoreError::sql("read events"))
    }

    /// The events of a record as the fold reads them.
    ///
    /// # Errors
    /// `NotEnrolled`, disk failures.
    pub fn events(&self, record: &str) -> Result<Vec<FoldEvent>, StoreError> {
        let server = self.identity()?.ok_or(StoreError::NotEnrolled)?.server_key.device_id();
        fold::events_of(&*self.reader()?, record, &server)
    }

    /// # Errors
    /// Disk failures.
    pub fn heads(&self, record: &str) -> Result<Vec<Hash>, StoreError> {
        fold::heads(&*self.reader()?, record)
    }

    /// Own events of a record without a receipt.
    ///
    /// # Errors
    /// Disk failures.
    pub fn undelivered(&self, record: &str) -> Result<u32, StoreError> {
        self.reader()?
            .prepare_cached("SELECT count(*) FROM event WHERE record = ?1 AND mine = 1 AND recv_ms IS NULL")
            .and_then(|mut s| s.query_row([record], |row| row.get(0)))
            .map_err(StoreError::sql("count undelivered"))
    }

    /// How many records of a kind carry each value of a facet, among those with another facet set, and due by
    /// a date where one is given.
    ///
    /// # Errors
    /// Disk failures.
    pub fn facet_counts(
        &self,
        kind: &str,
        facet: &str,
        also: (&str, &str),
        due_to: Option<&str>,
    ) -> Result<std::collections::BTreeMap<String, u32>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT f.value, count(*) FROM facet also JOIN record r ON r.id = also.record JOIN facet f ON f.record = r.id AND f.key = ?2
                 WHERE also.key = ?3 AND also.value = ?4 AND r.kind = ?1 AND (?5 IS NULL OR r.due <= ?5) GROUP BY f.value",
            )
            .and_then(|mut s| {
                s.query_map((kind, facet, also.0, also.1, due_to), |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
            })
            .map_err(StoreError::sql("count facets"))
    }

    /// Records of a kind that carry one value of a facet together, among those with another facet set: each group of two
    /// or more.
    ///
    /// # Errors
    /// Disk failures.
    pub fn shared(
        &self,
        kind: &str,
        facet: &str,
        also: (&str, &str),
        scopes: Option<&[String]>,
    ) -> Result<Vec<Vec<String>>, StoreError> {
        let rows: Vec<(String, String, String)> = self
            .reader()?
            .prepare_cached(
                "SELECT f.value, r.id, r.scope FROM facet also JOIN record r ON r.id = also.record
                 JOIN facet f ON f.record = r.id AND f.key = ?2
                 WHERE also.key = ?3 AND also.value = ?4 AND r.kind = ?1 ORDER BY f.value, r.id",
            )
            .and_then(|mut s| {
                s.query_map((kind, facet, also.0, also.1), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
            })
            .map_err(StoreError::sql("read shared facets"))?;
        let mut groups: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
        for (value, id, _) in rows.into_iter().filter(|(_, _, scope)| scopes.is_none_or(|all| all.contains(scope))) {
            groups.entry(value).or_default().push(id);
        }
        Ok(groups.into_values().filter(|group| group.len() > 1).collect())
    }

    /// Events of a kind by one person since a moment of the authoring device's clock.
    ///
    /// # Errors
    /// Disk failures.
    pub fn acts_since(&self, actor: &str, kind: &str, wall_ms: i64) -> Result<u32, StoreError> {
        self.reader()?
            .prepare_cached("SELECT count(*) FROM event WHERE actor = ?1 AND kind = ?2 AND wall_ms >= ?3")
            .and_then(|mut s| s.query_row((actor, kind, wall_ms), |row| row.get(0)))
            .map_err(StoreError::sql("count acts"))
    }
}
