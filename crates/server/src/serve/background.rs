//! What goes on between requests: the desk keeps in step with the journal, and what other processes
//! write to it is noticed.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use crate::blobs::Blobs;
use crate::desk::Desk;
use crate::error::{Result, ServerError};
use crate::journal::{Journal, tree};

/// How often decisions in their grace are looked at.
const TICK: Duration = Duration::from_millis(500);
/// Pictures looked at between two looks at whether to stop.
const LOOKS: usize = 16;
/// A receipt is under a checkpoint within this time, also when nobody asks for one (sync.md §10, I16).
const SIGN: Duration = Duration::from_secs(60);
/// How often the database is asked whether another process wrote.
const LOOK: Duration = Duration::from_millis(500);

pub fn start(
    journal: &Arc<Journal>,
    blobs: &Arc<Blobs>,
    desk: &Arc<Desk>,
    stop: &watch::Receiver<bool>,
) -> Vec<JoinHandle<()>> {
    let keep = tokio::spawn(keep_desk(Arc::clone(journal), Arc::clone(blobs), Arc::clone(desk), stop.clone()));
    let look = tokio::spawn(look_for_others(Arc::clone(journal), stop.clone()));
    let sign = tokio::spawn(sign_log(Arc::clone(journal), stop.clone()));
    let pictures = tokio::spawn(look_at_pictures(Arc::clone(desk), stop.clone()));
    vec![keep, look, sign, pictures]
}

async fn keep_desk(journal: Arc<Journal>, blobs: Arc<Blobs>, desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    let (mut bell, mut arrivals) = (journal.dirty().listen(), blobs.arrivals());
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    bell.mark_changed();
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            _ = bell.changed() => run(&desk, |desk| {
                desk.settle();
                desk.recount();
            }).await,
            _ = arrivals.changed() => run(&desk, |desk| desk.api().changed(&xunju_store::Changed::topic("photo"))).await,
            _ = tick.tick() => run(&desk, Desk::tick).await,
        }
    }
}

/// New pictures go into the index of recycled photos, a few at a time.
async fn look_at_pictures(desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            _ = tick.tick() => {}
        }
        let stopping = stop.clone();
        run(&desk, move |desk| {
            while !*stopping.borrow() {
                match desk.api().look_at_arrivals(LOOKS) {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        tracing::warn!(%error, "desk: new pictures could not be looked at");
                        break;
                    }
                }
            }
        })
        .await;
    }
}

async fn run(desk: &Arc<Desk>, act: impl FnOnce(&Desk) + Send + 'static) {
    let desk = Arc::clone(desk);
    if let Err(error) = tokio::task::spawn_blocking(move || act(&desk)).await {
        tracing::error!(%error, "desk: background work");
    }
}

async fn look_for_others(journal: Arc<Journal>, mut stop: watch::Receiver<bool>) {
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known = None;
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            _ = look.tick() => {}
        }
        let reader = Arc::clone(&journal);
        match tokio::task::spawn_blocking(move || tip(&reader)).await {
            Ok(Ok(tip)) => {
                if known.replace(tip).is_some_and(|before| before != tip) {
                    journal.dirty().mark_unknown();
                }
            }
            Ok(Err(error)) => tracing::error!(%error, "journal: cannot look"),
            Err(error) => tracing::error!(%error, "journal: look"),
        }
    }
}

async fn sign_log(journal: Arc<Journal>, mut stop: watch::Receiver<bool>) {
    let mut sign = interval(SIGN);
    sign.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            _ = sign.tick() => {}
        }
        let journal = Arc::clone(&journal);
        match tokio::task::spawn_blocking(move || journal.write(tree::sign)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(%error, "log: cannot sign"),
            Err(error) => tracing::error!(%error, "log: sign"),
        }
    }
}

/// The end of the log, and the last backup and time stamp of it.
fn tip(journal: &Journal) -> Result<(u64, i64, i64)> {
    journal.read(|conn| {
        conn.query_row(
            "SELECT (SELECT coalesce(max(seq), 0) FROM log), (SELECT coalesce(max(taken_ms), 0) FROM backup),
             (SELECT coalesce(max(at_ms), 0) FROM stamp)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .map_err(ServerError::sql("read tip"))
    })
}
