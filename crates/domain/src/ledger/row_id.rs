//! The hidden cell by which an edited row finds its record again, and what stood in it when the file was written:
//! `case:0192…#1f3a9c0d2e4b`, for a doorway with its plate behind, for a dwelling with its room: `…@8号@601`.

/// Digits of an event's id that are kept.
const HEAD_CHARS: usize = 12;
const HEADS: char = '#';
const PART: char = '@';

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowId {
    /// `case:0192…`
    pub record: String,
    /// The beginnings of the ids of the newest events.
    pub heads: Vec<String>,
    /// Doorway and room within the record.
    pub parts: Vec<String>,
}

impl RowId {
    #[must_use]
    pub fn of(record: &str, heads: &[String], parts: &[&str]) -> Self {
        let short = |head: &String| head.chars().take(HEAD_CHARS).collect();
        Self {
            record: record.to_owned(),
            heads: heads.iter().map(short).collect(),
            parts: parts.iter().map(|p| (*p).to_owned()).collect(),
        }
    }

    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{}{HEADS}{}", self.record, self.heads.join("+"));
        for part in &self.parts {
            text.push(PART);
            text.push_str(part);
        }
        text
    }

    /// What was written, or the record alone.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut parts = text.split(PART);
        let first = parts.next().unwrap_or_default();
        let (record, heads) = first.split_once(HEADS).unwrap_or((first, ""));
        Self {
            record: record.to_owned(),
            heads: heads.split('+').filter(|h| !h.is_empty()).map(str::to_owned).collect(),
            parts: parts.map(str::to_owned).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RowId;

    #[test]
    fn what_is_written_is_read_again() {
        let heads = ["1f3a9c0d2e4b55".to_owned(), "aa".to_owned()];
        for id in [
            RowId::of("case:0192", &heads, &[]),
            RowId::of("compound:cmp-001", &heads, &["8号"]),
            RowId::of("dwelling:cmp-001|8|601", &[], &["8号", "601"]),
        ] {
            assert_eq!(RowId::read(&id.text()), id);
        }
        assert_eq!(RowId::of("case:1", &heads, &[]).text(), "case:1#1f3a9c0d2e4b+aa");
        assert_eq!(RowId::read("case:1").record, "case:1");
    }
}
