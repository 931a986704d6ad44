-- A paper that is being filled in: one of each kind for each thing it is of, for each person.
CREATE TABLE paper_draft (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, subject TEXT NOT NULL, template TEXT NOT NULL, content TEXT NOT NULL,
  saved_ms INTEGER NOT NULL, UNIQUE (owner, subject, template)
) STRICT;
