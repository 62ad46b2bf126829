-- What the log seals, in its order. A body may be deleted; its commitment stays, and so does the log.
CREATE TABLE entry (
  idx INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  advertiser TEXT NOT NULL,
  campaign TEXT NOT NULL,
  day TEXT NOT NULL,
  currency TEXT NOT NULL,
  micros INTEGER NOT NULL,
  commitment BLOB NOT NULL,
  salt TEXT NOT NULL,
  body BLOB
) STRICT;
CREATE INDEX entry_id ON entry (kind, id);
CREATE INDEX entry_day ON entry (day, kind, campaign);

-- Who wrote the posts beside an ad. Deletable: the receipt holds a commitment only.
CREATE TABLE opening (
  idx INTEGER NOT NULL,
  post INTEGER NOT NULL,
  post_id TEXT NOT NULL,
  salt TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (idx, post)
) STRICT, WITHOUT ROWID;
CREATE INDEX opening_post ON opening (post_id);

-- Days whose statement is to be sealed again, because a charge of theirs was sealed after it.
CREATE TABLE reopened (
  day TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- ledger: the last movement of money that was looked at. closed: the last day that has a statement, since 1970.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;
