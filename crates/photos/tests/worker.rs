//! The decoder's process: what it draws, and what happens when a picture kills or hangs it.
//! It has its own `main`, because the process it starts is itself.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod own_main;

use std::process::ExitCode;

use xunju_photos::codec::{Done, Renditions, Task, render};
use xunju_photos::{PhotoError, sample, worker};

fn told(cause: impl ToString) -> Result<Done, PhotoError> {
    Err(PhotoError::Decode { cause: cause.to_string() })
}

fn take(bytes: usize) -> Result<Done, PhotoError> {
    let pixels: Vec<u8> = vec![1; bytes];
    told(pixels.iter().filter(|byte| **byte == 1).count())
}

/// Draws like the real one, but for pictures that are made to break it.
fn perform(bytes: &[u8], task: Task) -> Result<Done, PhotoError> {
    let Task::Draw { orientation } = task else { return told("another task") };
    match bytes {
        b"abort" => std::process::abort(),
        b"take all memory" => take(3 << 30),
        b"take too much" => take(usize::try_from(worker::MEMORY_BYTES_MAX).unwrap()),
        b"take what is allowed" => take(usize::try_from(worker::MEMORY_BYTES_MAX).unwrap() / 4 * 3),
        b"tell the limits" => told(std::fs::read_to_string("/proc/self/limits").unwrap()),
        b"never end" => loop {
            std::hint::spin_loop();
        },
        b"panic" => panic!("a decoder's mistake"),
        b"leave" => std::process::exit(0),
        _ => Ok(Done::Drawn(Renditions {
            thumb: vec![orientation],
            preview: bytes.to_vec(),
            source_width: 7,
            source_height: std::process::id(),
            partial: false,
        })),
    }
}

fn cause(bytes: &[u8]) -> String {
    match render(bytes, 1) {
        Err(PhotoError::Decode { cause }) => cause,
        other => panic!("{other:?}"),
    }
}

fn draws_elsewhere() {
    let big = sample::scene("stall", 1, 640, 480).repeat(40);
    let drawn = render(&big, 6).unwrap();
    assert_eq!((drawn.thumb, drawn.preview, drawn.source_width), (vec![6], big, 7));
    assert_ne!(drawn.source_height, std::process::id(), "in another process");
    let again = render(b"second", 1).unwrap();
    assert_eq!(again.source_height, drawn.source_height, "the same worker serves the next picture");
}

fn a_crash_marks_one_picture() {
    for killer in [&b"abort"[..], b"take all memory", b"take too much", b"panic", b"leave", b"never end"] {
        assert_eq!(cause(killer), "the decoder ended over this picture", "{}", String::from_utf8_lossy(killer));
        assert_eq!(render(b"the next", 1).unwrap().preview, b"the next");
    }
}

/// The kernel holds a worker to its memory and to its time for one picture; neither is left to a decoder.
fn the_kernel_knows_the_limits() {
    let limit = |name: &str| -> u64 {
        let limits = cause(b"tell the limits");
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
        line.trim_start_matches(name).split_whitespace().next().unwrap().parse().unwrap()
    };
    assert_eq!(limit("Max data size"), worker::MEMORY_BYTES_MAX);
    const { assert!(worker::MEMORY_BYTES_MAX < 512 * 1024 * 1024 && worker::CPU_SECONDS_MAX < 5) };
    let allowed = cause(b"take what is allowed");
    assert_eq!(allowed, (worker::MEMORY_BYTES_MAX / 4 * 3).to_string(), "and all of that can be had");
    for _ in 0..3 {
        assert!((1..=1 + worker::CPU_SECONDS_MAX).contains(&limit("Max cpu time")), "counted anew for each picture");
    }
}

fn main() -> ExitCode {
    if let Some(code) = worker::serve_with(perform) {
        return code;
    }
    own_main::run(&[
        ("draws_elsewhere", draws_elsewhere),
        ("a_crash_marks_one_picture", a_crash_marks_one_picture),
        ("the_kernel_knows_the_limits", the_kernel_knows_the_limits),
    ])
}
