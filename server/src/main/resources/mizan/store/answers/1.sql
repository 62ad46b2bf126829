-- What requests with an Idempotency-Key were answered. Without a status: claimed, and never answered.
-- Times are milliseconds since 1970.
CREATE TABLE answer (
  owner TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  since INTEGER NOT NULL,
  status INTEGER,
  content_type TEXT,
  headers TEXT,
  body BLOB,
  PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_since ON answer (since);
