//! 繁简: a name is found in either writing, because both are folded to the simplified one. Only for finding: what is
//! shown is what was written.

use std::collections::HashMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../../assets/simplified.txt");

static PAIRS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let rows = FILE.lines().filter(|line| !line.starts_with('#'));
    let pair = |line: &str| {
        let mut chars = line.chars();
        Some((chars.next()?, chars.next()?))
    };
    rows.filter_map(pair).collect()
});

/// The simplified form of a character, or itself.
pub(super) fn simplified(c: char) -> char {
    PAIRS.get(&c).copied().unwrap_or(c)
}
