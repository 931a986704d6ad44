-- The tree over the log (RFC 6962): every perfect subtree once; level 0 is the log itself, in its order.
CREATE TABLE tree(
  level INTEGER NOT NULL,
  at INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY(level, at)
) STRICT, WITHOUT ROWID;
-- What the log was at one moment, signed: as it was handed out.
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
CREATE TRIGGER tree_keeps BEFORE UPDATE ON tree BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER tree_stays BEFORE DELETE ON tree BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER checkpoint_keeps BEFORE UPDATE ON checkpoint BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint BEGIN SELECT raise(ABORT, 'append-only'); END;
