//! Decoding in a process of its own, so that a picture made to break a decoder breaks only that process.
//!
//! The program starts itself anew with `--photo-worker`: [`serve_if_asked`] must be the first call of
//! every `main` that takes pictures in. Where it was never called (unit tests), decoding happens on a
//! thread with the same limits, which cannot catch an abort.
//!
//! One worker serves one picture after the other, within the limits of `limits.rs`, and ends by itself
//! when idle; there are a few of them (`pool.rs`). What is said between the two is in `wire.rs`.

mod limits;
mod pool;
mod wire;

use std::io;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::codec::{self, Done, Task};
use crate::error::PhotoError;

use pool::Seat;

pub use limits::{CPU_SECONDS_MAX, MEMORY_BYTES_MAX};
pub use pool::workers;

const ASKED: &str = "--photo-worker";
const TIME_MAX: Duration = Duration::from_secs(20);
const IDLE_MAX: Duration = Duration::from_secs(20);

/// What a worker does with a file.
pub type Perform = fn(&[u8], Task) -> Result<Done, PhotoError>;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Serves as a worker when the program was started as one, and then gives the code to end with.
/// Otherwise notes that this program can be started so, and gives none.
#[must_use]
pub fn serve_if_asked() -> Option<ExitCode> {
    serve_with(codec::perform)
}

/// Like [`serve_if_asked`] with another way of working. For tests of what happens when it fails.
#[must_use]
pub fn serve_with(perform: Perform) -> Option<ExitCode> {
    if std::env::args_os().nth(1).is_some_and(|arg| arg == ASKED) {
        limits::memory();
        return Some(serve(perform).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS));
    }
    if let Ok(program) = std::env::current_exe() {
        // A second call changes nothing.
        let _ = PROGRAM.set(program);
    }
    None
}

/// Whether pictures are decoded in a process of their own.
#[must_use]
pub fn is_ready() -> bool {
    PROGRAM.get().is_some()
}

/// Answers until there is nothing to do for a while or nobody to answer.
fn serve(perform: Perform) -> io::Result<()> {
    let (asked, questions) = mpsc::sync_channel(1);
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(question) = wire::read_question(&mut input) {
            if asked.send(question).is_err() {
                return;
            }
        }
    });
    let mut output = io::stdout().lock();
    while let Ok((task, bytes)) = questions.recv_timeout(IDLE_MAX) {
        limits::time();
        wire::write_answer(&mut output, &perform(&bytes, task))?;
    }
    Ok(())
}

/// Has a worker do it. A worker that ended while idle is replaced; one that ends over this picture is not
/// asked again.
pub(crate) fn ask(bytes: &[u8], task: Task) -> Result<Done, PhotoError> {
    let (seat, used) = Seat::take(bytes);
    let first = match used {
        Some(mut worker) => worker.ask(bytes, &task).map(|answer| (worker, answer)),
        None => Err(Lost::Idle),
    };
    let (worker, answer) = match first {
        Err(Lost::Idle) => {
            let mut worker = Worker::start()?;
            let answer = worker.ask(bytes, &task).map_err(Lost::told)?;
            (worker, answer)
        }
        other => other.map_err(Lost::told)?,
    };
    seat.keep(worker);
    answer
}

/// How a worker was lost.
enum Lost {
    /// It was not there any more.
    Idle,
    Ended,
    TooSlow,
}

impl Lost {
    fn told(self) -> PhotoError {
        let cause = match self {
            Self::Idle | Self::Ended => "the decoder ended over this picture",
            Self::TooSlow => "the decoder took too long",
        };
        PhotoError::Decode { cause: cause.to_owned() }
    }
}

struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<io::Result<Result<Done, PhotoError>>>,
}

impl Worker {
    fn start() -> Result<Self, PhotoError> {
        let failed = |e: io::Error| PhotoError::Decode { cause: format!("no decoder process: {e}") };
        let program = PROGRAM.get().ok_or_else(|| failed(io::ErrorKind::NotFound.into()))?;
        let mut child = Command::new(program)
            .arg(ASKED)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let (Some(input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed(io::ErrorKind::BrokenPipe.into()));
        };
        let (answered, answers) = mpsc::channel();
        thread::spawn(move || {
            loop {
                let answer = wire::read_answer(&mut output);
                let over = answer.is_err();
                if answered.send(answer).is_err() || over {
                    return;
                }
            }
        });
        Ok(Self { child, input, answers })
    }

    fn ask(&mut self, bytes: &[u8], task: &Task) -> Result<Result<Done, PhotoError>, Lost> {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return Err(Lost::Idle);
        }
        if wire::write_question(&mut self.input, bytes, task).is_err() {
            return Err(Lost::Ended);
        }
        match self.answers.recv_timeout(TIME_MAX) {
            Ok(Ok(answer)) => Ok(answer),
            Err(RecvTimeoutError::Timeout) => Err(Lost::TooSlow),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Lost::Ended),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Gone already, or to be gone now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
