//! Which pictures have been looked at for recycled photos (photos.md B). The index itself is a file beside the
//! database; here stands what is still to go into it.

use rusqlite::{Connection, OptionalExtension as _, params};
use xunju_evidence::{Blob, EventBody, Hash};

use crate::Store;
use crate::error::StoreError;

const IN_INDEX: u8 = 1;
const NOT_DRAWN: u8 = 2;

/// A picture that is here and has not been looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unseen {
    pub original: Hash,
    /// What it is looked at by.
    pub preview: Hash,
}

/// Among a picture's flags: a drawing of the sample town, as every screen says of it. They repeat.
const DRAWING: &str = "sample";

/// A row for each picture an event names. Without a preview there is nothing to look at.
pub(crate) fn note(db: &Connection, body: &EventBody) -> Result<(), StoreError> {
    let mut insert = db
        .prepare_cached("INSERT OR IGNORE INTO look (original, preview) VALUES (?1, ?2)")
        .map_err(StoreError::sql("note picture"))?;
    let drawing = |blob: &Blob| blob.facts.get("flags").is_some_and(|flags| flags.split(',').any(|f| f == DRAWING));
    let pictures = body.blobs.iter().filter(|blob| !drawing(blob));
    for (blob, preview) in pictures.filter_map(|blob| Some((blob, blob.preview.as_ref()?))) {
        insert.execute(params![blob.h.0, preview.h.0]).map_err(StoreError::sql("note picture"))?;
    }
    Ok(())
}

impl Store {
    /// Pictures to be looked at, by original, from behind `after`, at most `limit`. With `arrived` only those whose
    /// preview came to this store; the desk's come to the server's own folder, where the caller has to look.
    ///
    /// # Errors
    /// Disk failures.
    pub fn unseen(&self, after: Option<&Hash>, arrived: bool, limit: u32) -> Result<Vec<Unseen>, StoreError> {
        self.reader()?
            .prepare_cached(
                "SELECT l.original, l.preview FROM look l JOIN blob b ON b.hash = l.preview
                 WHERE l.state = 0 AND l.original > ?1 AND (b.here = 1 OR NOT ?2) ORDER BY l.original LIMIT ?3",
            )
            .and_then(|mut s| {
                let after = after.map_or_else(Vec::new, |hash| hash.0.to_vec());
                let unseen =
                    |row: &rusqlite::Row<'_>| Ok(Unseen { original: Hash(row.get(0)?), preview: Hash(row.get(1)?) });
                s.query_map((after, arrived, limit), unseen)?.collect()
            })
            .map_err(StoreError::sql("read pictures"))
    }

    /// The preview a picture is looked at by, if it has one.
    ///
    /// # Errors
    /// Disk failures.
    pub fn preview_of(&self, original: &Hash) -> Result<Option<Hash>, StoreError> {
        self.reader()?
            .prepare_cached("SELECT preview FROM look WHERE original = ?1")
            .and_then(|mut s| s.query_row([original.0], |row| Ok(Hash(row.get(0)?))).optional())
            .map_err(StoreError::sql("read picture"))
    }

    /// Says that a picture stands in the index, or cannot be drawn.
    ///
    /// # Errors
    /// Disk failures.
    pub fn seen_picture(&self, original: &Hash, drawn: bool) -> Result<(), StoreError> {
        let state = if drawn { IN_INDEX } else { NOT_DRAWN };
        self.writer()?
            .db
            .prepare_cached("UPDATE look SET state = ?2 WHERE original = ?1")
            .and_then(|mut s| s.execute(params![original.0, state]))
            .map_err(StoreError::sql("mark picture"))?;
        Ok(())
    }

    /// How many pictures should stand in the index.
    ///
    /// # Errors
    /// Disk failures.
    pub fn pictures_seen(&self) -> Result<usize, StoreError> {
        self.reader()?
            .query_row("SELECT count(*) FROM look WHERE state = ?1", [IN_INDEX], |row| row.get(0))
            .map_err(StoreError::sql("count pictures"))
    }

    /// The index was lost or spoilt: everything is looked at again.
    ///
    /// # Errors
    /// Disk failures.
    pub fn look_again(&self) -> Result<(), StoreError> {
        self.writer()?
            .db
            .execute("UPDATE look SET state = 0 WHERE state = ?1", [IN_INDEX])
            .map_err(StoreError::sql("look again"))?;
        Ok(())
    }
}
