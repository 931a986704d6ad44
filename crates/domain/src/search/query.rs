//! A typed text as what a record must have.

use std::collections::{BTreeMap, BTreeSet};

use super::word::{Run, WINDOW, folded, runs, whole, windows};

/// Pieces taken of one text: nobody types more.
const PIECES_MAX: usize = 24;

/// What a text asks for. Each clause must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    clauses: Vec<Clause>,
    /// The whole text as one number, if it can be one.
    number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Clause {
    /// Each begins a word.
    pieces: Vec<Piece>,
    /// Or this does: `WJ-000123` without its dashes.
    compact: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Begins a word.
    Begun,
    /// Is a word: a full window, a number with its mark.
    Whole,
    /// Bare digits: 8 is 8号 before it is 80号.
    Digits,
    /// Begins a word, or the reading of the compound's name.
    Letters,
}

/// For letters, the scope words of the compounds whose names read so: their cases and dwellings do not carry the
/// readings themselves.
pub type Readings = BTreeMap<String, Vec<String>>;

impl Wanted {
    /// None where there is nothing in the text that could be found.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let plain = folded(text);
        let mut left = PIECES_MAX;
        let mut clauses = Vec::new();
        for word in plain.split_whitespace() {
            let mut pieces: Vec<Piece> = pieces(word).into_iter().take(left).collect();
            left -= pieces.len();
            if !pieces.is_empty() {
                let compact = compact(word).filter(|_| pieces.len() > 1);
                // `WJ-123` is a number in parts: its letters are a whole word, not the beginning of a name.
                if compact.is_some() && word.contains('-') {
                    pieces.iter_mut().filter(|p| p.kind == Kind::Letters).for_each(|p| p.kind = Kind::Whole);
                }
                clauses.push(Clause { compact, pieces });
            }
        }
        let number = compact(&plain.split_whitespace().collect::<String>()).filter(|n| n.len() >= 4);
        (!clauses.is_empty()).then_some(Self { clauses, number })
    }

    /// The word of the whole number the text may be: a record that has it is the one meant.
    #[must_use]
    pub fn number(&self) -> Option<String> {
        self.number.as_deref().map(whole)
    }

    /// Whether bare digits are in it, so that asking closely makes a difference.
    #[must_use]
    pub fn has_digits(&self) -> bool {
        self.clauses.iter().flat_map(|c| &c.pieces).any(|p| p.kind == Kind::Digits)
    }

    /// Each piece of letters: what may be the reading of a name.
    pub fn letters(&self) -> impl Iterator<Item = &str> {
        let all = self.clauses.iter().flat_map(|c| &c.pieces);
        all.filter(|p| p.kind == Kind::Letters).map(|p| p.text.as_str())
    }

    /// Whether these words answer. `closely`: bare digits are the whole of a word.
    #[must_use]
    pub fn met_by(&self, words: &BTreeSet<String>, closely: bool) -> bool {
        let begins = |text: &str| words.range(text.to_owned()..).next().is_some_and(|w| w.starts_with(text));
        let has = |p: &Piece| if p.exact(closely) { words.contains(&p.text) } else { begins(&p.text) };
        let holds = |c: &Clause| c.pieces.iter().all(has) || c.compact.as_deref().is_some_and(begins);
        self.clauses.iter().all(holds)
    }

    /// The same as an expression of the full-text index: quoted words, `*` where a word may go on.
    #[must_use]
    pub fn expression(&self, closely: bool, readings: &Readings) -> String {
        let piece = |p: &Piece| {
            let word = if p.exact(closely) { format!("\"{}\"", p.text) } else { format!("\"{}\" *", p.text) };
            match readings.get(&p.text).filter(|_| p.kind == Kind::Letters) {
                Some(scopes) => scopes.iter().fold(format!("(({word})"), |all, s| format!("{all} OR \"{s}\"")) + ")",
                None => word,
            }
        };
        let clause = |c: &Clause| {
            let all = c.pieces.iter().map(piece).collect::<Vec<_>>().join(" AND ");
            match &c.compact {
                Some(compact) => format!("((\"{compact}\" *) OR ({all}))"),
                None => format!("({all})"),
            }
        };
        self.clauses.iter().map(clause).collect::<Vec<_>>().join(" AND ")
    }

    /// The pieces without their marks, for showing what was hit.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &str> {
        let compact = self.clauses.iter().filter_map(|c| c.compact.as_deref());
        compact.chain(self.clauses.iter().flat_map(|c| &c.pieces).map(|p| p.text.as_str()))
    }
}

impl Piece {
    fn exact(&self, closely: bool) -> bool {
        self.kind == Kind::Whole || (self.kind == Kind::Digits && closely)
    }
}

fn pieces(word: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    for run in runs(word) {
        match run {
            Run::Latin(text) => found.push(Piece { text, kind: Kind::Letters }),
            Run::Digits(text, None) => found.push(Piece { text, kind: Kind::Digits }),
            Run::Digits(text, Some(mark)) => found.push(Piece { text: format!("{text}{mark}"), kind: Kind::Whole }),
            Run::Han(run) if run.chars().count() >= WINDOW => {
                let full = windows(&run).filter(|w| w.chars().count() == WINDOW);
                found.extend(full.map(|text| Piece { text, kind: Kind::Whole }));
            }
            Run::Han(text) => found.push(Piece { text, kind: Kind::Begun }),
        }
    }
    found
}

/// Letters and digits with their dashes taken out.
fn compact(word: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let number = word.chars().all(fits) && word.chars().any(|c| c.is_ascii_digit());
    number.then(|| word.replace('-', "")).filter(|c| !c.is_empty())
}
