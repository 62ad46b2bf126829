CREATE TABLE journal_position (
  position INTEGER NOT NULL
) STRICT;
INSERT INTO journal_position VALUES (0);
CREATE TABLE beside (
  post TEXT NOT NULL,
  impression TEXT NOT NULL,
  position INTEGER NOT NULL,
  served_at INTEGER NOT NULL,
  PRIMARY KEY (post, impression)
) STRICT, WITHOUT ROWID;
CREATE INDEX beside_by_time ON beside (served_at);
CREATE TABLE last_change (
  post TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE finding (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  impression TEXT NOT NULL UNIQUE,
  advertiser TEXT NOT NULL,
  is_open INTEGER NOT NULL,
  facts TEXT NOT NULL
) STRICT;
CREATE INDEX finding_by_advertiser ON finding (advertiser, number);
CREATE INDEX finding_open ON finding (is_open) WHERE is_open = 1;
