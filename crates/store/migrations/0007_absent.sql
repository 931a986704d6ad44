-- Originals that are not here, oldest first: on the office's desk, what nobody has brought yet.
CREATE INDEX blob_absent ON blob (event) WHERE lane = 3 AND here = 0;
