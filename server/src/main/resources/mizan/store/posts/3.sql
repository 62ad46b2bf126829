-- Newest versions of posts that an outside rater has not answered for. `tries` counts answers that were wrong or
-- left the post out; it is asked about again from `due_at` on.
CREATE TABLE awaited (
  rater TEXT NOT NULL,
  id TEXT NOT NULL,
  commitment TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  PRIMARY KEY (rater, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_due ON awaited (rater, due_at);
CREATE INDEX awaited_id ON awaited (id);
