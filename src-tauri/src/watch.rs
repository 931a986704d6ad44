//! Looks at the watched folder every two seconds, on a thread of its own: cards and shares are slow.

use std::thread;
use std::time::Duration;

use crate::laptop::Desk;

/// A file is taken in after it lay still between two looks: four seconds at most.
const EVERY: Duration = Duration::from_secs(2);

pub fn start(desk: Desk) {
    let look = move || {
        loop {
            thread::sleep(EVERY);
            // What is wrong with the folder stands in `watch.get`; a locked or new laptop has no folder.
            let _ = desk.scan_watched();
        }
    };
    if let Err(error) = thread::Builder::new().name("watched folder".into()).spawn(look) {
        eprintln!("xunju: the watched folder is not looked at: {error}");
    }
}
