-- What was learned from the journal. It can be learned again.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;

-- One campaign on one day since 1970 (UTC): a HyperLogLog and a Theta sketch with counts. No viewer can be read from them.
CREATE TABLE reach_day (
  campaign TEXT NOT NULL,
  day INTEGER NOT NULL,
  viewers BLOB NOT NULL,
  frequencies BLOB NOT NULL,
  PRIMARY KEY (campaign, day)
) STRICT, WITHOUT ROWID;

-- Click models, newest last. checksum is the SHA-256 of body; position is where in the journal it was learned up to.
CREATE TABLE model (
  version INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  checksum TEXT NOT NULL
) STRICT;
