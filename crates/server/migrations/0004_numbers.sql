-- Document numbers (domain.md §5.3): how far each series has come, what came back, and which paper has which.
CREATE TABLE number_series(
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (series, year)
) WITHOUT ROWID;
CREATE TABLE number_back(
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (series, year, first)
) WITHOUT ROWID;
CREATE TABLE number_use(
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  paper TEXT NOT NULL,
  PRIMARY KEY (series, year, seq)
) WITHOUT ROWID;
