//! The watch lane: one held request that says when to pull. A convenience: without it the control lane
//! still looks every minute.

use super::Step;
use super::answer::{Failure, Reply};
use super::backoff::Backoff;
use super::request::Request;
use super::view::{Lane, Output};

/// Between two waits, whatever the server answers, milliseconds.
const APART_MS: u64 = 250;

#[derive(Debug, Default)]
pub(super) struct Watch {
    waiting: Option<u64>,
    paused_until_ms: u64,
    backoff: Backoff,
}

impl Watch {
    /// Starts waiting when there is a place in the log to wait from.
    pub(super) fn settle(&mut self, step: &mut Step<'_>, after_seq: Option<u64>) {
        if let Some(after_seq) = after_seq
            && self.waiting.is_none()
            && self.paused_until_ms <= step.now_ms
        {
            let id = step.id();
            self.waiting = Some(id);
            self.paused_until_ms = step.now_ms.saturating_add(APART_MS);
            step.out.push(Output::Send { id, lane: Lane::Watch, request: Request::Wait { after_seq }, blob_bytes: 0 });
        }
    }

    pub(super) fn wait_until_ms(&self, now_ms: u64) -> Option<u64> {
        (self.waiting.is_none() && self.paused_until_ms > now_ms).then_some(self.paused_until_ms)
    }

    /// Whether there is news; none when the reply was not this lane's.
    pub(super) fn reply(&mut self, step: &mut Step<'_>, id: u64, result: &Result<Reply, Failure>) -> Option<bool> {
        if self.waiting != Some(id) {
            return None;
        }
        self.waiting = None;
        match result {
            Ok(Reply::Wait(reply)) => {
                self.backoff.reset();
                Some(!reply.dirty.is_empty())
            }
            _ => {
                self.paused_until_ms = step.now_ms.saturating_add(self.backoff.next_ms(step.jitter));
                Some(false)
            }
        }
    }
}
