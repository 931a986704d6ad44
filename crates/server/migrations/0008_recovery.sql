-- When a laptop was last heard, to some minutes.
CREATE TABLE contact(dev TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- What laptops bring to a server that was put back from a backup: events as the lost log had them.
CREATE TABLE recovered(
  seq INTEGER NOT NULL,
  id BLOB NOT NULL,
  recv_ms INTEGER NOT NULL,
  body BLOB NOT NULL,
  suite INTEGER NOT NULL,
  sig BLOB NOT NULL,
  PRIMARY KEY(seq, id)
) STRICT, WITHOUT ROWID;
-- Which laptops have brought what they have, and the largest checkpoint each showed.
CREATE TABLE recovered_from(
  dev TEXT PRIMARY KEY,
  upto INTEGER NOT NULL,
  whole INTEGER NOT NULL,
  size INTEGER NOT NULL,
  note TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Where the log went on from an older state of itself: the signed note that says so, by the epoch it began.
CREATE TABLE fork_note(epoch INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TRIGGER fork_note_keeps BEFORE UPDATE ON fork_note BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER fork_note_stays BEFORE DELETE ON fork_note BEGIN SELECT raise(ABORT, 'append-only'); END;
