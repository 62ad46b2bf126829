-- Who is told of events, and what is on its way. Times are milliseconds since 1970.
CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  advertiser TEXT,
  url TEXT NOT NULL,
  types TEXT NOT NULL,
  secrets TEXT NOT NULL,
  old_until INTEGER,
  made_at INTEGER NOT NULL,
  failing_since INTEGER,
  disabled INTEGER NOT NULL
) STRICT;
CREATE TABLE found (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE TABLE delivery (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook TEXT NOT NULL,
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  said TEXT NOT NULL,
  UNIQUE (webhook, event)
) STRICT;
CREATE INDEX delivery_due ON delivery (next_at) WHERE state = 'WAITING';
