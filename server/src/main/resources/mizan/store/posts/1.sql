-- Versions of posts; the newest of an id is the post. An erased version keeps its commitment and nothing else.
-- Times are milliseconds since 1970.
CREATE TABLE post (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  commitment TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  fingerprint TEXT,
  salt TEXT,
  text TEXT,
  facts TEXT
) STRICT;
CREATE INDEX post_id ON post (id, seq);
CREATE INDEX post_commitment ON post (commitment);
CREATE INDEX post_taken_at ON post (taken_at);
