//! When a laptop was last heard, to ten minutes: who may have seen more than a backup holds.

use rusqlite::OptionalExtension as _;

use super::Journal;
use crate::error::{Result, ServerError};

const EVERY_MS: i64 = 10 * 60 * 1000;

impl Journal {
    /// Notes that a device was heard.
    ///
    /// # Errors
    /// `Sql`.
    pub fn heard(&self, dev: &str) -> Result<()> {
        let now = self.clock().now_ms();
        let last: Option<i64> = self.read(|conn| {
            conn.prepare_cached("SELECT at_ms FROM contact WHERE dev = ?1")
                .and_then(|mut stmt| stmt.query_row([dev], |row| row.get(0)).optional())
                .map_err(ServerError::sql("read contact"))
        })?;
        if last.is_some_and(|last| (now - last).abs() < EVERY_MS) {
            return Ok(());
        }
        let dev = dev.to_owned();
        self.write(move |tx| {
            tx.conn
                .execute("INSERT OR REPLACE INTO contact(dev, at_ms) VALUES (?1, ?2)", (dev, now))
                .map(drop)
                .map_err(ServerError::sql("note contact"))
        })
    }
}
