//! What a test could not try here, said where nobody overlooks it.

use std::io::Write as _;

/// Says it, and writes it into the file `XUNJU_NOT_TRIED` names: `script/test` ends with what stands there.
pub fn not_tried(what: &str) {
    eprintln!("NOT TRIED: {what}");
    if let Some(path) = std::env::var_os("XUNJU_NOT_TRIED") {
        let mut file = std::fs::File::options().append(true).create(true).open(path).unwrap();
        writeln!(file, "{what}").unwrap();
    }
}
