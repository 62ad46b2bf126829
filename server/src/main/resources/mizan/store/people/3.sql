-- Reports that people come back to.
CREATE TABLE saved_view (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
