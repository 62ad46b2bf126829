-- What a person keeps to come in again: codes for a lost second factor (hashes, one a word), and when a session last showed that it is still they.
ALTER TABLE person ADD COLUMN recovery TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN confirmed_at INTEGER NOT NULL DEFAULT 0;
-- Browsers that somebody has signed in with before.
CREATE TABLE device (
  hash TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (hash, person)
) STRICT;
-- Links by which somebody chooses a new password, once.
CREATE TABLE way_back (
  hash TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  made_by TEXT NOT NULL,
  until INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
