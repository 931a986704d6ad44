-- Photos somebody took out of the tray: their bytes stay, and nobody takes them for photos that lost their row.
CREATE TABLE dropped (hash TEXT PRIMARY KEY, entry TEXT NOT NULL) STRICT, WITHOUT ROWID;
