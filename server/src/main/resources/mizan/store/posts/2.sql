-- What was said of a version of a post after it was kept: answers of outside raters and reviews by people.
-- The verdict is one JSON text.
CREATE TABLE verdict (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  commitment TEXT NOT NULL,
  said_at INTEGER NOT NULL,
  verdict TEXT NOT NULL
) STRICT;
CREATE INDEX verdict_id ON verdict (id, commitment, seq);
CREATE INDEX verdict_said_at ON verdict (said_at);
-- Why a person should look at it: 0 reported, 1 disputed, 2 doubted; nothing when nobody need.
ALTER TABLE post ADD COLUMN question INTEGER;
-- The words of the last report.
ALTER TABLE post ADD COLUMN report TEXT;
CREATE INDEX post_question ON post (question, seq) WHERE question IS NOT NULL;
