-- Pictures to be looked at for recycled photos: an original and the preview it is looked at by.
-- state: 0 to be looked at, 1 in the index, 2 cannot be drawn.
CREATE TABLE look (original BLOB PRIMARY KEY, preview BLOB NOT NULL, state INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE INDEX look_waiting ON look (state, original) WHERE state = 0;
INSERT OR IGNORE INTO look (original, preview)
SELECT b.hash, unhex(json_extract(part.value, '$.preview.h'))
FROM blob b JOIN event e ON e.hash = b.event, json_each(CAST(e.body AS TEXT), '$.blobs') part
WHERE b.lane = 3 AND json_extract(part.value, '$.h') = lower(hex(b.hash)) AND json_extract(part.value, '$.preview.h') IS NOT NULL;
