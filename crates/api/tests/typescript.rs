//! The UI's types are the Rust ones, word for word.
#![allow(clippy::unwrap_used)]

#[test]
fn the_written_file_is_the_current_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/ipc/api.gen.ts");
    assert_eq!(std::fs::read_to_string(path).unwrap(), xunju_api::typescript::file(), "run script/types");
}
