-- Whether a backup that was checked holds the file.
ALTER TABLE blob ADD COLUMN backed INTEGER NOT NULL DEFAULT 0;
-- Time stamps over checkpoints (RFC 3161): the token as the time-stamp service gave it.
CREATE TABLE stamp(size INTEGER NOT NULL, at_ms INTEGER NOT NULL, token BLOB NOT NULL, PRIMARY KEY(size, at_ms)) STRICT;
CREATE TRIGGER stamp_keeps BEFORE UPDATE ON stamp BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER stamp_stays BEFORE DELETE ON stamp BEGIN SELECT raise(ABORT, 'append-only'); END;
