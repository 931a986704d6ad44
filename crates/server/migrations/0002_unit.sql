-- The department somebody works for: orders given to it are theirs to take.
ALTER TABLE directory_user ADD COLUMN unit TEXT NOT NULL DEFAULT '';
