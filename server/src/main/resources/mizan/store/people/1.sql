-- People, how they come in, what waits for a second person, and what was done. Times are milliseconds since 1970.
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  login TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  advertiser TEXT,
  password TEXT,
  totp TEXT,
  totp_step INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE TABLE passkey (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  credential TEXT NOT NULL,
  count INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE invitation (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  advertiser TEXT,
  made_by TEXT NOT NULL,
  until INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  csrf TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  address TEXT NOT NULL
) STRICT;
CREATE TABLE rule (
  advertiser TEXT NOT NULL,
  kind TEXT NOT NULL,
  above_micros INTEGER,
  PRIMARY KEY (advertiser, kind)
) STRICT;
CREATE TABLE approval (
  id TEXT PRIMARY KEY,
  mode TEXT NOT NULL,
  kind TEXT NOT NULL,
  advertiser TEXT,
  asker TEXT NOT NULL,
  behind TEXT NOT NULL,
  asker_name TEXT NOT NULL,
  why TEXT NOT NULL,
  deed TEXT NOT NULL,
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  micros INTEGER NOT NULL,
  currency TEXT NOT NULL,
  condition TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  state TEXT NOT NULL,
  decided_by TEXT,
  decider_name TEXT,
  decided_at INTEGER,
  note TEXT
) STRICT;
CREATE TABLE act (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  name TEXT NOT NULL,
  operation TEXT NOT NULL,
  subject TEXT NOT NULL,
  advertiser TEXT,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  address TEXT NOT NULL,
  request TEXT NOT NULL
) STRICT;
CREATE INDEX act_advertiser ON act (advertiser, sequence);
CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER act_is_never_removed BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
