-- What can be found, by the words of each thing. `doc` orders: by class, then as shown within it (see search.rs).
CREATE TABLE found (
  doc INTEGER PRIMARY KEY, record TEXT NOT NULL, building TEXT NOT NULL, room TEXT NOT NULL, sum BLOB NOT NULL
) STRICT;
CREATE INDEX found_record ON found (record);
-- Words are made by `domain`; the index only splits at blanks. It keeps no text and no positions.
CREATE VIRTUAL TABLE word USING fts5(
  words, content='', contentless_delete=1, detail=none, prefix='1 2', tokenize="ascii tokenchars '@#'"
);
