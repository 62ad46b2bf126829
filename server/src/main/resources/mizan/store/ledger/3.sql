INSERT INTO meta VALUES ('version', 0), ('writers', 0);
CREATE TABLE writer (
  number INTEGER PRIMARY KEY,
  role TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
