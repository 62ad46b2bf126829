CREATE TABLE decided_beside (
  post TEXT NOT NULL,
  first INTEGER NOT NULL,
  positions BLOB NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (post, first)
) STRICT, WITHOUT ROWID;
INSERT INTO decided_beside
  SELECT post, position, unhex(printf('%016X', position)), max(served_at) FROM beside GROUP BY post, position;
DROP TABLE beside;
CREATE INDEX decided_beside_by_time ON decided_beside (last_at);
