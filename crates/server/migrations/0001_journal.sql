-- The authoritative journal of one town, its accounts and its photo register.

CREATE TABLE migration(number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;

-- log id, epoch, town name and code.
CREATE TABLE town(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- Every authentic event in the order of the town. seq is dense from 1 within the epoch.
CREATE TABLE log(
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  dev TEXT NOT NULL,
  inc INTEGER NOT NULL,
  n INTEGER NOT NULL,
  record TEXT NOT NULL,
  scope TEXT NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  recv_ms INTEGER NOT NULL,
  body BLOB NOT NULL,
  suite INTEGER NOT NULL,
  sig BLOB NOT NULL,
  -- 1 when a parent it names was not in the log at the time.
  missing_parent INTEGER NOT NULL DEFAULT 0,
  UNIQUE(dev, inc, n)
) STRICT;
CREATE INDEX log_record ON log(record, seq);

-- Stored, and kept from everybody but its author and the office.
CREATE TABLE quarantine(seq INTEGER PRIMARY KEY REFERENCES log(seq), reason TEXT NOT NULL) STRICT;

-- Where each chain stands.
CREATE TABLE chain(
  dev TEXT NOT NULL,
  inc INTEGER NOT NULL,
  n INTEGER NOT NULL,
  head BLOB NOT NULL,
  forked_at INTEGER,
  PRIMARY KEY(dev, inc)
) STRICT, WITHOUT ROWID;

-- The other branch of a chain that was written twice: kept, never folded, never dropped.
CREATE TABLE fork(
  dev TEXT NOT NULL,
  inc INTEGER NOT NULL,
  branch INTEGER NOT NULL,
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  recv_ms INTEGER NOT NULL,
  body BLOB NOT NULL,
  suite INTEGER NOT NULL,
  sig BLOB NOT NULL,
  PRIMARY KEY(dev, inc, branch, n)
) STRICT, WITHOUT ROWID;

-- Positions of a scope, dense from 1, with the rolling hash after each (sync.md §5).
CREATE TABLE scope_index(
  scope TEXT NOT NULL,
  pos INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES log(seq),
  hash BLOB NOT NULL,
  PRIMARY KEY(scope, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX scope_of_seq ON scope_index(seq);

-- The newest state of users and devices as the log's own events say: an index, rebuilt from nothing else.
CREATE TABLE directory_user(
  user TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,
  scopes TEXT NOT NULL,
  active INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE directory_device(
  dev TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  user TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  revoked INTEGER NOT NULL DEFAULT 0,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Case numbers given out, gap-free per category and year.
CREATE TABLE case_number(
  category TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY(category, year)
) STRICT, WITHOUT ROWID;

-- Which event vouches for which file.
CREATE TABLE blob_ref(
  hash BLOB NOT NULL,
  seq INTEGER NOT NULL REFERENCES log(seq),
  dev TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY(hash, seq, role)
) STRICT, WITHOUT ROWID;

-- Files that are whole, verified and in place.
CREATE TABLE blob(
  hash BLOB PRIMARY KEY,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL DEFAULT '',
  recv_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- argon2id, in the PHC string form.
CREATE TABLE account(user TEXT PRIMARY KEY, password TEXT NOT NULL, changed_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE session(
  token TEXT PRIMARY KEY,
  user TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One-time codes, hashed: 'setup' and 'device'.
CREATE TABLE code(
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  user TEXT NOT NULL,
  expires_ms INTEGER NOT NULL,
  -- The device that used it: the same device may hear the answer again, nobody else.
  used_by TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE login_try(who TEXT PRIMARY KEY, fails INTEGER NOT NULL, next_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Who looked at what (domain.md §8.3); append-only, each row carrying the hash of the one before.
CREATE TABLE access(
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  user TEXT NOT NULL,
  device TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  address TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER access_keeps BEFORE UPDATE ON access BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER access_stays BEFORE DELETE ON access BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER log_keeps BEFORE UPDATE ON log BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER log_stays BEFORE DELETE ON log BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER scope_keeps BEFORE UPDATE ON scope_index BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER scope_stays BEFORE DELETE ON scope_index BEGIN SELECT raise(ABORT, 'append-only'); END;
