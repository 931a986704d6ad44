//! One thread writes. What waits together is committed together: one fsync for many (sync.md §6.3).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use xunju_evidence::Signer;

use super::dirty::Dirty;
use crate::clock::Clock;
use crate::error::{Result, ServerError};

/// Longest a group takes in newcomers, and most of them.
const GROUP_TIME: Duration = Duration::from_millis(5);
const GROUP_JOBS_MAX: usize = 64;

/// What an act may use: the open transaction, the clock, the server's key.
pub struct Tx<'c> {
    pub conn: &'c Connection,
    pub clock: &'c Clock,
    pub signer: &'c Arc<Signer>,
    touched: RefCell<BTreeSet<String>>,
}

impl Tx<'_> {
    /// Remembers that a scope grew; told to those who wait once it is durable.
    pub fn touch(&self, scope: &str) {
        self.touched.borrow_mut().insert(scope.to_owned());
    }
}

/// What became of the group: all of it, or none.
type Outcome = std::result::Result<(), Arc<ServerError>>;
type Answer = Box<dyn FnOnce(Outcome) + Send>;
/// Runs in the open transaction, or hears why there is none. Says whether its changes stand.
type Act = Box<dyn FnOnce(Result<&Tx<'_>>) -> (bool, Answer) + Send>;

enum Job {
    Act(Act),
    Checkpoint(Sender<Result<()>>),
}

pub struct Writer {
    jobs: Mutex<Option<Sender<Job>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

impl Writer {
    pub fn start(conn: Connection, clock: Clock, signer: Arc<Signer>, dirty: Arc<Dirty>) -> Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let loops = Loop { conn, clock, signer, dirty };
        let thread = std::thread::Builder::new().name("journal".to_owned()).spawn(move || loops.run(&waiting));
        let thread = thread.map_err(|e| ServerError::inner("start journal thread", e))?;
        Ok(Self { jobs: Mutex::new(Some(jobs)), thread: Mutex::new(Some(thread)) })
    }

    pub fn run<T: Send + 'static>(&self, act: impl FnOnce(&Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, answered) = mpsc::sync_channel(1);
        let act: Act = Box::new(move |tx| {
            let done = tx.and_then(act);
            let stands = done.is_ok();
            let tell: Answer = Box::new(move |outcome| {
                let said = done.and_then(|value| match outcome {
                    Ok(()) => Ok(value),
                    Err(why) => Err(ServerError::inner("commit", why)),
                });
                // Nobody waits any more: what is committed stays committed.
                let _ = answer.send(said);
            });
            (stands, tell)
        });
        self.send(Job::Act(act))?;
        answered.recv().map_err(|_| ServerError::Stopped)?
    }

    pub fn checkpoint(&self) -> Result<()> {
        let (answer, answered) = mpsc::channel();
        self.send(Job::Checkpoint(answer))?;
        answered.recv().map_err(|_| ServerError::Stopped)?
    }

    fn send(&self, job: Job) -> Result<()> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.as_ref().and_then(|jobs| jobs.send(job).ok()).ok_or(ServerError::Stopped)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = thread.join();
        }
    }
}

struct Loop {
    conn: Connection,
    clock: Clock,
    signer: Arc<Signer>,
    dirty: Arc<Dirty>,
}

impl Loop {
    fn run(&self, waiting: &Receiver<Job>) {
        while let Ok(first) = waiting.recv() {
            match first {
                Job::Act(act) => self.group(act, waiting),
                Job::Checkpoint(answer) => drop(answer.send(self.checkpoint())),
            }
        }
    }

    /// Begins, runs the first and whatever arrives within the time, commits, answers all.
    fn group(&self, first: Act, waiting: &Receiver<Job>) {
        if let Err(source) = self.conn.execute_batch("BEGIN IMMEDIATE") {
            let (_, answer) = first(Err(ServerError::Sql { op: "begin", source }));
            return answer(Ok(()));
        }
        let until = Instant::now() + GROUP_TIME;
        let mut touched = BTreeSet::new();
        let mut answers = Vec::new();
        let mut checkpoints = Vec::new();
        let mut next = Some(first);
        while let Some(act) = next.take() {
            answers.extend(self.one(act, &mut touched));
            while next.is_none() && answers.len() < GROUP_JOBS_MAX {
                match self.more(waiting, until) {
                    Some(Job::Act(act)) => next = Some(act),
                    Some(Job::Checkpoint(answer)) => checkpoints.push(answer),
                    None => break,
                }
            }
        }
        self.finish(answers, touched);
        for answer in checkpoints {
            let _ = answer.send(self.checkpoint());
        }
    }

    /// Only what waits already, and only while the group is young: a lone writer is not held up.
    fn more(&self, waiting: &Receiver<Job>, until: Instant) -> Option<Job> {
        if Instant::now() >= until {
            return None;
        }
        waiting.try_recv().ok()
    }

    /// One act under its own savepoint, so that its failure undoes it and nothing else.
    fn one(&self, act: Act, touched: &mut BTreeSet<String>) -> Option<Answer> {
        let tx = Tx { conn: &self.conn, clock: &self.clock, signer: &self.signer, touched: RefCell::default() };
        if let Err(source) = self.conn.execute_batch("SAVEPOINT act") {
            return Some(act(Err(ServerError::Sql { op: "savepoint", source })).1);
        }
        // A panic is a fault of one act, not of the journal: its caller hears that nobody answered.
        let ran = catch_unwind(AssertUnwindSafe(|| act(Ok(&tx)))).ok();
        let stands = ran.as_ref().is_some_and(|(stands, _)| *stands);
        let end = if stands { "RELEASE act" } else { "ROLLBACK TO act; RELEASE act" };
        if let Err(error) = self.conn.execute_batch(end) {
            tracing::error!(%error, "journal: savepoint");
        }
        if stands {
            touched.append(&mut tx.touched.borrow_mut());
        }
        ran.map(|(_, answer)| answer)
    }

    fn finish(&self, answers: Vec<Answer>, touched: BTreeSet<String>) {
        let committed = self.conn.execute_batch("COMMIT").map_err(|source| {
            let _ = self.conn.execute_batch("ROLLBACK");
            Arc::new(ServerError::Sql { op: "commit", source })
        });
        if committed.is_ok() && !touched.is_empty() {
            self.dirty.mark(touched);
        }
        for answer in answers {
            answer(committed.clone());
        }
    }

    fn checkpoint(&self) -> Result<()> {
        let run = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        run.map(drop).map_err(ServerError::sql("checkpoint"))
    }
}
