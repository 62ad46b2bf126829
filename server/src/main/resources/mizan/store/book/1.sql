CREATE TABLE version (
  revision INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  verb TEXT NOT NULL,
  actor TEXT NOT NULL,
  why TEXT NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX version_id ON version (id, revision);
