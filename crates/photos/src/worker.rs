//! Decoding in a process of its own, so that a picture made to break a decoder breaks only that process.
//!
//! The program starts itself anew with `--photo-worker`: [`serve_if_asked`] must be the first call of
//! every `main` that takes pictures in. Where it was never called (unit tests), decoding happens on a
//! thread with the same limits, which cannot catch an abort.
//!
//! One worker serves one picture after the other, may use at most 2 GiB, and ends by itself when idle.
//!
//! ```text
//! to the worker     orientation, 1 byte · length, 8 bytes little-endian · the file
//! from the worker   0 · width, height, 4 bytes each · thumbnail, preview: each length, 8 bytes · bytes
//!                   1 · length · why it could not be drawn, UTF-8
//! ```

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use crate::codec::{self, Renditions};
use crate::error::PhotoError;

const ASKED: &str = "--photo-worker";
const TIME_MAX: Duration = Duration::from_secs(20);
const IDLE_MAX: Duration = Duration::from_secs(20);
#[cfg(unix)]
const MEMORY_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;
/// Longest answer that is believed.
const ANSWER_BYTES_MAX: u64 = 64 * 1024 * 1024;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
static WORKER: Mutex<Option<Worker>> = Mutex::new(None);

/// Serves as a worker when the program was started as one, and then gives the code to end with.
/// Otherwise notes that this program can be started so, and gives none.
#[must_use]
pub fn serve_if_asked() -> Option<ExitCode> {
    serve_with(codec::draw)
}

/// Like [`serve_if_asked`] with another way of drawing. For tests of what happens when drawing fails.
#[must_use]
pub fn serve_with(draw: fn(&[u8], u8) -> Result<Renditions, PhotoError>) -> Option<ExitCode> {
    if std::env::args_os().nth(1).is_some_and(|arg| arg == ASKED) {
        confine();
        return Some(serve(draw).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS));
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

#[cfg(unix)]
fn confine() {
    let limit = rustix::process::Rlimit { current: Some(MEMORY_BYTES_MAX), maximum: Some(MEMORY_BYTES_MAX) };
    // Where the system refuses the limit those of the decoder still hold.
    let _ = rustix::process::setrlimit(rustix::process::Resource::As, limit);
}

#[cfg(not(unix))]
fn confine() {}

/// Answers until there is nothing to do for a while or nobody to answer.
fn serve(draw: fn(&[u8], u8) -> Result<Renditions, PhotoError>) -> io::Result<()> {
    let (asked, questions) = mpsc::sync_channel(1);
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Ok(question) = read_question(&mut input) {
            if asked.send(question).is_err() {
                return;
            }
        }
    });
    let mut output = io::stdout().lock();
    while let Ok((orientation, bytes)) = questions.recv_timeout(IDLE_MAX) {
        write_answer(&mut output, &draw(&bytes, orientation))?;
    }
    Ok(())
}

/// Draws in a worker. A worker that ended while idle is replaced; one that ends over this picture is not
/// asked again.
pub(crate) fn render(bytes: &[u8], orientation: u8) -> Result<Renditions, PhotoError> {
    let mut kept = WORKER.lock().unwrap_or_else(PoisonError::into_inner);
    let used = kept.take();
    let first = match used {
        Some(mut worker) => worker.ask(bytes, orientation).map(|answer| (worker, answer)),
        None => Err(Lost::Idle),
    };
    let (worker, answer) = match first {
        Err(Lost::Idle) => {
            let mut worker = Worker::start()?;
            let answer = worker.ask(bytes, orientation).map_err(Lost::told)?;
            (worker, answer)
        }
        other => other.map_err(Lost::told)?,
    };
    *kept = Some(worker);
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
    answers: Receiver<io::Result<Result<Renditions, PhotoError>>>,
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
                let answer = read_answer(&mut output);
                let over = answer.is_err();
                if answered.send(answer).is_err() || over {
                    return;
                }
            }
        });
        Ok(Self { child, input, answers })
    }

    fn ask(&mut self, bytes: &[u8], orientation: u8) -> Result<Result<Renditions, PhotoError>, Lost> {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return Err(Lost::Idle);
        }
        if write_question(&mut self.input, bytes, orientation).is_err() {
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

fn write_question(to: &mut impl Write, bytes: &[u8], orientation: u8) -> io::Result<()> {
    to.write_all(&[orientation])?;
    write_block(to, bytes)?;
    to.flush()
}

fn read_question(from: &mut impl Read) -> io::Result<(u8, Vec<u8>)> {
    let [orientation] = read_array(from)?;
    Ok((orientation, read_block(from, crate::intake::FILE_BYTES_MAX)?))
}

fn write_answer(to: &mut impl Write, answer: &Result<Renditions, PhotoError>) -> io::Result<()> {
    match answer {
        Ok(drawn) => {
            to.write_all(&[0])?;
            to.write_all(&drawn.source_width.to_le_bytes())?;
            to.write_all(&drawn.source_height.to_le_bytes())?;
            write_block(to, &drawn.thumb)?;
            write_block(to, &drawn.preview)?;
        }
        Err(error) => {
            to.write_all(&[1])?;
            write_block(to, error.to_string().as_bytes())?;
        }
    }
    to.flush()
}

fn read_answer(from: &mut impl Read) -> io::Result<Result<Renditions, PhotoError>> {
    if read_array(from)? == [0] {
        let (source_width, source_height) =
            (u32::from_le_bytes(read_array(from)?), u32::from_le_bytes(read_array(from)?));
        let (thumb, preview) = (read_block(from, ANSWER_BYTES_MAX)?, read_block(from, ANSWER_BYTES_MAX)?);
        return Ok(Ok(Renditions { thumb, preview, source_width, source_height }));
    }
    let cause = String::from_utf8_lossy(&read_block(from, ANSWER_BYTES_MAX)?).into_owned();
    Ok(Err(PhotoError::Decode { cause }))
}

fn write_block(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)
}

fn read_block(from: &mut impl Read, bytes_max: u64) -> io::Result<Vec<u8>> {
    let length = u64::from_le_bytes(read_array(from)?);
    if length > bytes_max {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| io::ErrorKind::InvalidData)?];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_array<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}
