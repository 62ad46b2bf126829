CREATE TABLE invalid_day (
  day TEXT NOT NULL,
  campaign TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (campaign, day, kind, reason)
) STRICT, WITHOUT ROWID;
