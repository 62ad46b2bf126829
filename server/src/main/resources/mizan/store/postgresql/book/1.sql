CREATE TABLE version (
  revision bigint PRIMARY KEY,
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  verb text NOT NULL,
  actor text NOT NULL,
  why text NOT NULL,
  at bigint NOT NULL,
  body text NOT NULL
);
CREATE INDEX version_id ON version (id, revision);
CREATE TABLE image (
  one smallint PRIMARY KEY CHECK (one = 1),
  revision bigint NOT NULL,
  bytes bytea NOT NULL
);
