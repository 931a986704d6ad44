-- The journal: every event this machine holds, its own and others', as signed bytes.
CREATE TABLE event (
  hash    BLOB PRIMARY KEY,
  dev     TEXT NOT NULL,
  inc     INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  record  TEXT NOT NULL,
  scope   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  actor   TEXT NOT NULL,
  body    BLOB NOT NULL,
  suite   INTEGER NOT NULL,
  sig     BLOB NOT NULL,
  wall_ms INTEGER NOT NULL,
  mine    INTEGER NOT NULL,
  seq     INTEGER,
  recv_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX event_chain ON event (dev, inc, n, hash);
CREATE INDEX event_record ON event (record);
CREATE INDEX event_actor ON event (actor, kind, wall_ms);
CREATE INDEX event_undelivered ON event (inc, n) WHERE mine = 1 AND recv_ms IS NULL;

-- Maximal events of each record: the parents of whatever is written next.
CREATE TABLE head (record TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (record, hash)) STRICT, WITHOUT ROWID;

-- What the server signed for: a prefix of a chain.
CREATE TABLE receipt (dev TEXT NOT NULL, inc INTEGER NOT NULL, upto_n INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (dev, inc, upto_n)) STRICT, WITHOUT ROWID;

-- How far each scope has been pulled, with its rolling hash.
CREATE TABLE cursor (scope TEXT PRIMARY KEY, pos INTEGER NOT NULL, hash BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Public keys of enrolled devices, learnt from the server's own events.
CREATE TABLE device_key (dev TEXT PRIMARY KEY, key TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Projections: one row a record of any kind, replaced whole at every new event.
CREATE TABLE record (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, scope TEXT NOT NULL, status TEXT NOT NULL, due TEXT,
  search TEXT NOT NULL, doc TEXT NOT NULL, fold_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_kind ON record (kind, status, due);
CREATE TABLE facet (record TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (record, key, value)) STRICT, WITHOUT ROWID;
CREATE INDEX facet_value ON facet (key, value, record);

-- Files events vouch for: originals (lane 3), previews (2), thumbnails (1).
CREATE TABLE blob (
  hash BLOB PRIMARY KEY, bytes INTEGER NOT NULL, lane INTEGER NOT NULL, event BLOB NOT NULL, record TEXT NOT NULL,
  mine INTEGER NOT NULL, here INTEGER NOT NULL, wanted INTEGER NOT NULL, sent_offset INTEGER NOT NULL DEFAULT 0,
  receipt TEXT, missing INTEGER NOT NULL DEFAULT 0, since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_undelivered ON blob (lane, since_ms) WHERE mine = 1 AND receipt IS NULL;
CREATE INDEX blob_wanted ON blob (lane) WHERE wanted = 1 AND here = 0;

-- Work in hand, this machine only.
CREATE TABLE draft (id TEXT PRIMARY KEY, owner TEXT NOT NULL, content TEXT NOT NULL, created_ms INTEGER NOT NULL, saved_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tray (owner TEXT NOT NULL, hash TEXT NOT NULL, entry TEXT NOT NULL, imported_ms INTEGER NOT NULL, in_use INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (owner, hash)) STRICT, WITHOUT ROWID;
CREATE TABLE held (id TEXT PRIMARY KEY, owner TEXT NOT NULL, record TEXT NOT NULL, request TEXT NOT NULL, due_mono_ms INTEGER NOT NULL, boot TEXT NOT NULL, failed TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE setting (owner TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (owner, key)) STRICT, WITHOUT ROWID;
