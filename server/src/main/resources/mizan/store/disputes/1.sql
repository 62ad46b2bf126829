CREATE TABLE dispute (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  advertiser TEXT NOT NULL,
  state TEXT NOT NULL,
  facts TEXT NOT NULL
) STRICT;
CREATE INDEX dispute_by_advertiser ON dispute (advertiser, number);
-- credited: what the ledger took, NULL until it was asked.
CREATE TABLE dispute_credit (
  dispute TEXT NOT NULL,
  impression TEXT NOT NULL,
  micros INTEGER NOT NULL,
  credited INTEGER,
  PRIMARY KEY (dispute, impression)
) STRICT, WITHOUT ROWID;
CREATE INDEX dispute_credit_pending ON dispute_credit (dispute, impression) WHERE credited IS NULL;
