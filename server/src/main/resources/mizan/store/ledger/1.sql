CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES ('position', 0), ('decisions', 0), ('next_lease', 1);
CREATE TABLE transfer (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  debit TEXT NOT NULL,
  credit TEXT NOT NULL,
  micros INTEGER NOT NULL CHECK (micros > 0),
  currency TEXT NOT NULL,
  at INTEGER NOT NULL,
  advertiser TEXT NOT NULL,
  reference TEXT NOT NULL
) STRICT;
CREATE INDEX transfer_advertiser ON transfer (advertiser, seq);
CREATE TABLE balance (
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  currency TEXT NOT NULL,
  micros INTEGER NOT NULL,
  PRIMARY KEY (kind, owner, currency)
) STRICT, WITHOUT ROWID;
CREATE TABLE lease (
  id INTEGER PRIMARY KEY,
  ad_group TEXT NOT NULL,
  campaign TEXT NOT NULL,
  advertiser TEXT NOT NULL,
  currency TEXT NOT NULL,
  day TEXT NOT NULL,
  amount INTEGER NOT NULL,
  settled INTEGER NOT NULL CHECK (settled >= 0 AND settled <= amount),
  serves_until INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  closed INTEGER NOT NULL
) STRICT;
CREATE INDEX lease_open ON lease (id) WHERE closed = 0;
CREATE TABLE budget_use (
  owner TEXT NOT NULL,
  day TEXT NOT NULL,
  micros INTEGER NOT NULL,
  PRIMARY KEY (owner, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE impression (
  id TEXT PRIMARY KEY,
  campaign TEXT NOT NULL,
  ad TEXT NOT NULL,
  served_at INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  charged INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX impression_campaign ON impression (campaign, id);
CREATE TABLE count_hour (
  hour INTEGER NOT NULL,
  ad TEXT NOT NULL,
  placement TEXT NOT NULL,
  advertiser TEXT NOT NULL,
  campaign TEXT NOT NULL,
  ad_group TEXT NOT NULL,
  decided INTEGER NOT NULL,
  rendered INTEGER NOT NULL,
  viewable INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  hides INTEGER NOT NULL,
  charged INTEGER NOT NULL,
  spend INTEGER NOT NULL,
  PRIMARY KEY (hour, ad, placement)
) STRICT, WITHOUT ROWID;
CREATE TABLE lost_day (
  day TEXT NOT NULL,
  campaign TEXT NOT NULL,
  code TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (campaign, day, code)
) STRICT, WITHOUT ROWID;
