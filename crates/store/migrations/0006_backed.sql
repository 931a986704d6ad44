-- Whether a checked backup of the town holds the file, and whether this machine let go of its own copy since
-- (1: the row says so, 2: the file is gone too).
ALTER TABLE blob ADD COLUMN backed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE blob ADD COLUMN freed INTEGER NOT NULL DEFAULT 0;
-- Of others, and in no scope of its own: kept by the server for the office to look at, folded into nothing.
ALTER TABLE event ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;
CREATE INDEX blob_freeable ON blob (since_ms) WHERE lane = 3 AND backed = 1 AND here = 1;
CREATE INDEX blob_freed ON blob (freed) WHERE freed > 0;
-- The log in its order, for a server that was put back from a backup.
CREATE INDEX event_unplaced ON event (record) WHERE mine = 0 AND seq IS NULL;
CREATE INDEX event_seq ON event (seq) WHERE seq IS NOT NULL;
