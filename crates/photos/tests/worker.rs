//! The decoder's process: what it draws, and what happens when a picture kills or hangs it.
//! It has its own `main`, because the process it starts is itself.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::ExitCode;

use xunju_photos::codec::{Renditions, render};
use xunju_photos::{PhotoError, sample, worker};

/// Draws like the real one, but for pictures that are made to break it.
fn draw(bytes: &[u8], orientation: u8) -> Result<Renditions, PhotoError> {
    match bytes {
        b"abort" => std::process::abort(),
        b"take all memory" => {
            let pixels: Vec<u8> = vec![1; 3 << 30];
            Err(PhotoError::Decode { cause: format!("{} bytes were to be had", pixels.len()) })
        }
        b"panic" => panic!("a decoder's mistake"),
        b"leave" => std::process::exit(0),
        _ => Ok(Renditions {
            thumb: vec![orientation],
            preview: bytes.to_vec(),
            source_width: 7,
            source_height: std::process::id(),
        }),
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
    for killer in [&b"abort"[..], b"take all memory", b"panic", b"leave"] {
        assert_eq!(cause(killer), "the decoder ended over this picture", "{}", String::from_utf8_lossy(killer));
        assert_eq!(render(b"the next", 1).unwrap().preview, b"the next");
    }
}

fn main() -> ExitCode {
    if let Some(code) = worker::serve_with(draw) {
        return code;
    }
    let tests: [(&str, fn()); 2] =
        [("draws_elsewhere", draws_elsewhere), ("a_crash_marks_one_picture", a_crash_marks_one_picture)];
    // What test runners ask of a test program: a list, or the run of one test by name.
    let args: Vec<String> = std::env::args().skip(1).collect();
    let ignored = args.iter().any(|arg| arg == "--ignored");
    if args.iter().any(|arg| arg == "--list") {
        tests.iter().filter(|_| !ignored).for_each(|(name, _)| println!("{name}: test"));
        return ExitCode::SUCCESS;
    }
    let asked = |name: &str| {
        let names: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
        names.is_empty() || names.iter().any(|wanted| name.contains(wanted.as_str()))
    };
    let mut passed = 0;
    for (name, test) in tests.iter().filter(|(name, _)| !ignored && asked(name)) {
        test();
        println!("test {name} ... ok");
        passed += 1;
    }
    println!("\ntest result: ok. {passed} passed; 0 failed; 0 ignored; 0 measured; 0 filtered out");
    ExitCode::SUCCESS
}
