//! 水印: what stands in the strip under a copy of a photo, as the town words it. A copy always says of which case and
//! which original it is, and that it is a copy (photos.md F).

use serde::{Deserialize, Serialize};

use crate::case::draft::FieldProblem;
use crate::compound::newest;
use crate::event::{EventId, FoldEvent, Projection};
use crate::graph::Graph;
use crate::judgement::{Judgement, Registry, Standing};
use crate::permission::{Action, Grant, may};

pub const DEFINED: &str = "stamp.defined";
/// The town has one.
pub const RECORD: &str = "stamp:town";

/// What may stand in braces: time, place, who added it, the case's number, the original's fingerprint, the town.
pub const WORDS: &[&str] = &["time", "place", "by", "case", "hash", "town"];
/// Without these a copy could be of anything.
const NEEDED: &[&str] = &["time", "case", "hash"];
/// Said at the end of every stamp.
const COPY: &str = "本图为副本";

const LINES_MAX: usize = 3;
const LINE_CHARS_MAX: usize = 80;

/// A town's wording. A later one replaces the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defined {
    /// `{time}  {place}`
    pub lines: Vec<String>,
}

impl Default for Defined {
    fn default() -> Self {
        Self { lines: vec!["{time}  {place}".into(), "{case}  {by}  原图 SHA-256 {hash}".into()] }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StampState {
    #[serde(flatten)]
    pub defined: Defined,
    pub heads: Vec<EventId>,
}

#[must_use]
pub fn project(_: &str, scope: &str, events: &[FoldEvent]) -> Projection {
    let graph = Graph::new(events);
    let state = StampState { defined: newest(&graph, DEFINED, |_| true).unwrap_or_default(), heads: graph.heads() };
    Projection {
        kind: "stamp".into(),
        scope: scope.to_owned(),
        doc: serde_json::to_value(&state).unwrap_or_default(),
        ..Projection::default()
    }
}

/// Who keeps the town's calendar words its stamp.
pub fn judge(of: &Standing<'_>, event: &FoldEvent, grant: &Grant, _: &mut dyn Registry) -> Judgement {
    let sound = || Defined::deserialize(&event.data).is_ok_and(|defined| check(&defined).is_empty());
    let known = event.kind != DEFINED || (of.record == RECORD && sound());
    Judgement::stands(event.by_server || (may(&grant.roles, Action::Stamp) && known))
}

/// What is wrong with a wording: `required` for a word that is needed (or no line), `unknown_choice` for braces around
/// anything else, `too_long`, `too_many`.
#[must_use]
pub fn check(defined: &Defined) -> Vec<FieldProblem> {
    let whole = defined.lines.concat();
    let lacks = |word: &&str| !whole.contains(&format!("{{{word}}}"));
    let mut bare = whole.clone();
    WORDS.iter().for_each(|word| bare = bare.replace(&format!("{{{word}}}"), ""));
    let problems = [
        (NEEDED.iter().any(lacks), "required"),
        (bare.contains(['{', '}']), "unknown_choice"),
        (defined.lines.iter().any(|line| line.chars().count() > LINE_CHARS_MAX), "too_long"),
        (defined.lines.len() > LINES_MAX, "too_many"),
        (whole.chars().any(char::is_control), "unknown_choice"),
    ];
    problems.iter().filter(|(is, _)| *is).map(|(_, code)| FieldProblem::new("lines", code)).collect()
}

/// The stamp of one photo: each word by what `value` says of it.
#[must_use]
pub fn filled(defined: &Defined, value: impl Fn(&str) -> String) -> Vec<String> {
    let fill = |line: &String| WORDS.iter().fold(line.clone(), |text, word| put(&text, word, &value(word)));
    let mut lines: Vec<String> = defined.lines.iter().map(fill).collect();
    match lines.last_mut() {
        Some(last) => last.push_str(&format!("  {COPY}")),
        None => lines.push(COPY.to_owned()),
    }
    lines.iter().map(|line| line.trim().to_owned()).collect()
}

/// A value with braces in it is no further word: they are shown as full-width ones.
fn put(text: &str, word: &str, value: &str) -> String {
    text.replace(&format!("{{{word}}}"), &value.replace('{', "｛").replace('}', "｝"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn of(lines: &[&str]) -> Defined {
        Defined { lines: lines.iter().map(|line| (*line).to_owned()).collect() }
    }

    fn codes(lines: &[&str]) -> Vec<String> {
        check(&of(lines)).into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn a_stamp_always_says_when_of_which_case_and_of_which_original() {
        assert!(check(&Defined::default()).is_empty());
        assert!(codes(&["{town} {time} {case} {hash}"]).is_empty());
        for lines in [&["{time} {case}"][..], &["{case} {hash}"], &["{time} {hash}"], &[]] {
            assert_eq!(codes(lines), ["required"]);
        }
    }

    #[test]
    fn unknown_words_and_lines_that_do_not_fit_are_named() {
        assert_eq!(codes(&["{time} {case} {hash} {phone}"]), ["unknown_choice"]);
        assert_eq!(codes(&["{time} {case} {hash} {"]), ["unknown_choice"]);
        assert_eq!(codes(&["{time} {case} {hash}\u{7}"]), ["unknown_choice"]);
        assert_eq!(codes(&[&format!("{{time}} {{case}} {{hash}} {}", "长".repeat(80))]), ["too_long"]);
        assert_eq!(codes(&["{time}", "{case}", "{hash}", "镇"]), ["too_many"]);
    }

    #[test]
    fn a_value_cannot_bring_in_another_word() {
        let lines = filled(&of(&["{place} {by}", "{hash}"]), |word| match word {
            "place" => "{by} 号".to_owned(),
            other => other.to_uppercase(),
        });
        assert_eq!(lines, ["｛by｝ 号 BY", "HASH  本图为副本"]);
    }
}
