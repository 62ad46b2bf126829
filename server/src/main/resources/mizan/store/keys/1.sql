-- API keys, by the hash of their text. Times are milliseconds since 1970.
CREATE TABLE api_key (
  hash TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  mode TEXT NOT NULL,
  scopes TEXT NOT NULL,
  advertiser TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT;
