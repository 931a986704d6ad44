//! When the town's calendar changes, every open case is counted again; when a case comes in that a laptop counted
//! without it, that case is.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use super::Desk;
use crate::error::{Result, ServerError};
use crate::journal::recount::recount;
use crate::stage;

/// Cases looked at in one read.
const PAGE: u32 = 200;

/// What has been done since this process began. Nothing hangs on it but work saved: each case is decided anew.
#[derive(Default)]
pub struct Recounted {
    version: String,
    /// Provisional cases that stay so under this version: their year is not out.
    looked_at: BTreeSet<(String, String)>,
}

impl Desk {
    /// Brings the deadlines of open cases in step with the calendar in force.
    pub fn recount(&self) {
        if let Err(error) = self.recount_all() {
            tracing::error!(%error, "desk: counting deadlines again");
        }
    }

    fn recount_all(&self) -> Result<()> {
        let calendar = self.api.calendar();
        let mut done = self.recounted.lock().unwrap_or_else(PoisonError::into_inner);
        let all = done.version != calendar.version;
        if all {
            done.looked_at.clear();
        }
        let mut offset = 0;
        loop {
            let page = self
                .api
                .cases_to_recount(all, offset, PAGE)
                .map_err(|e| ServerError::inner("list cases to count again", e))?;
            let rows = page.len();
            for (of, on) in page {
                if done.looked_at.insert((of.clone(), on)) {
                    let calendar = Arc::clone(&calendar);
                    if self.journal.write(move |tx| recount(tx, &of, &calendar))? > 0 {
                        stage::reach("case_recounted");
                    }
                }
            }
            if rows < usize::try_from(PAGE).unwrap_or(usize::MAX) {
                done.version.clone_from(&calendar.version);
                return Ok(());
            }
            offset += PAGE;
        }
    }
}
