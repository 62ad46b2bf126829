-- Never changed: what was compared when stays what it was.
CREATE TABLE reconciliation (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  advertiser TEXT NOT NULL,
  at INTEGER NOT NULL,
  facts TEXT NOT NULL
) STRICT;
CREATE INDEX reconciliation_by_advertiser ON reconciliation (advertiser, number);
