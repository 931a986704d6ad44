//! Which characters of a title answer a text, for showing them.

use super::query::Wanted;
use super::reading::{initials, syllables};
use super::word::folded;

/// Ranges of characters (from, to), in order, not overlapping.
#[must_use]
pub fn marks(title: &str, wanted: &Wanted) -> Vec<(u32, u32)> {
    let chars: Vec<char> = folded(title).chars().collect();
    let mut hit = vec![false; chars.len()];
    for piece in wanted.pieces() {
        let piece = piece.trim_end_matches(['号', '室', '弄', '元']);
        let piece = if piece.is_empty() { continue } else { piece };
        if let Some((from, len)) = literal(&chars, piece).or_else(|| read(&chars, piece)) {
            hit.iter_mut().skip(from).take(len).for_each(|h| *h = true);
        }
    }
    ranges(&hit)
}

fn literal(chars: &[char], piece: &str) -> Option<(usize, usize)> {
    let wanted: Vec<char> = piece.chars().collect();
    // A dash in between is passed over: `wj000123` in `WJ-000123`.
    (0..chars.len()).find_map(|at| {
        let mut left = wanted.iter().peekable();
        let mut len = 0;
        for c in chars.iter().skip(at) {
            match left.peek() {
                Some(next) if *next == c => {
                    left.next();
                }
                Some(_) if *c == '-' && len > 0 => {}
                _ => break,
            }
            len += 1;
        }
        left.peek().is_none().then_some((at, len))
    })
}

fn read(chars: &[char], piece: &str) -> Option<(usize, usize)> {
    let all: Vec<Vec<String>> = chars.iter().map(|c| syllables(*c)).collect();
    (0..all.len()).find_map(|at| {
        let rest: Vec<&[String]> = all.iter().skip(at).map(Vec::as_slice).collect();
        let firsts: Vec<Vec<String>> = rest.iter().map(|s| initials(s)).collect();
        let firsts: Vec<&[String]> = firsts.iter().map(Vec::as_slice).collect();
        // Full syllables first, then initials, as `readings` keeps them.
        let mixed = |full: usize| rest.iter().take(full).chain(firsts.iter().skip(full)).copied().collect::<Vec<_>>();
        let len = (0..=rest.len()).find_map(|full| spelt(&mixed(full), piece))?;
        Some((at, len))
    })
}

/// How many steps spell the piece; the last may be only begun.
fn spelt(steps: &[&[String]], piece: &str) -> Option<usize> {
    if piece.is_empty() {
        return Some(0);
    }
    let (first, rest) = steps.split_first()?;
    first.iter().find_map(|s| match piece.strip_prefix(s.as_str()) {
        Some(left) => spelt(rest, left).map(|n| n + 1),
        None => s.starts_with(piece).then_some(1),
    })
}

fn ranges(hit: &[bool]) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for (at, _) in hit.iter().enumerate().filter(|(_, h)| **h) {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        match found.last_mut() {
            Some((_, to)) if *to == at => *to = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}
