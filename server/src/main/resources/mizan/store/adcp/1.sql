CREATE TABLE document (
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, owner, id)
) STRICT, WITHOUT ROWID;
