//! Where a test may pull the plug: after each step of the write path (sync.md §3.5).

use std::sync::Arc;

use crate::error::StoreError;

/// The steps of [`crate::Store::commit`], in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Signed,
    JournalWritten,
    JournalSynced,
    RowsWritten,
    Committed,
}

impl Step {
    pub const ALL: [Self; 5] =
        [Self::Signed, Self::JournalWritten, Self::JournalSynced, Self::RowsWritten, Self::Committed];
}

type Hook = dyn Fn(Step) -> Result<(), StoreError> + Send + Sync;

/// Asked after every step; `Err` stops the machine there, cleaning nothing up.
#[derive(Clone, Default)]
pub struct Faults(Option<Arc<Hook>>);

impl Faults {
    pub fn new(hook: impl Fn(Step) -> Result<(), StoreError> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hook)))
    }

    pub(crate) fn after(&self, step: Step) -> Result<(), StoreError> {
        self.0.as_ref().map_or(Ok(()), |hook| hook(step))
    }
}
