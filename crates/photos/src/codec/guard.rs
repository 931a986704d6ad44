//! A decoder at arm's length: its own thread, a time limit, a net under panics.
//!
//! What this does not catch is an abort on a failed allocation or a stack overflow; the limits in
//! `decode` are there so that none is asked for.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::error::PhotoError;

const TIME_MAX: Duration = Duration::from_secs(20);
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// Runs `job` and waits for it at most 20 s. A job that overruns is left behind; its answer is dropped.
pub(super) fn run<T: Send + 'static>(
    job: impl FnOnce() -> Result<T, PhotoError> + Send + 'static,
) -> Result<T, PhotoError> {
    let (answer, answered) = mpsc::channel();
    let caught = move || {
        let outcome = panic::catch_unwind(AssertUnwindSafe(job));
        // The receiver is gone when the time was up: nobody is waiting.
        let _ = answer.send(outcome.unwrap_or_else(|_| Err(decode("the decoder panicked"))));
    };
    thread::Builder::new()
        .name("decode".into())
        .stack_size(STACK_BYTES)
        .spawn(caught)
        .map_err(|e| decode(&e.to_string()))?;
    answered.recv_timeout(TIME_MAX).unwrap_or_else(|_| Err(decode("the decoder took too long")))
}

fn decode(cause: &str) -> PhotoError {
    PhotoError::Decode { cause: cause.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        let outcome: Result<(), _> = run(|| {
            let empty: Vec<u8> = Vec::new();
            assert!(!empty.is_empty(), "on purpose");
            Ok(())
        });
        assert!(matches!(outcome, Err(PhotoError::Decode { .. })));
    }
}
