-- 执法证 of a person, as the log says it.
ALTER TABLE directory_user ADD COLUMN certificates TEXT NOT NULL DEFAULT '[]';
