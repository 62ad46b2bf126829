-- Letters that were sent, so that none is sent twice.
CREATE TABLE letter (
  key TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT;
