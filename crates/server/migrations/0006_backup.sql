-- Backups that were checked after they were written: up to which event of the log they hold everything.
CREATE TABLE backup(size INTEGER NOT NULL, taken_ms INTEGER NOT NULL, place TEXT NOT NULL, PRIMARY KEY(size, taken_ms)) STRICT, WITHOUT ROWID;
