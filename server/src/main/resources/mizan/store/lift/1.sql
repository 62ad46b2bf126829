CREATE TABLE journal_position (
  position INTEGER NOT NULL
) STRICT;
INSERT INTO journal_position VALUES (0);
CREATE TABLE met (
  experiment TEXT NOT NULL,
  viewer TEXT NOT NULL,
  held_out INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (experiment, viewer)
) STRICT, WITHOUT ROWID;
CREATE INDEX met_by_time ON met (at);
CREATE TABLE done (
  advertiser TEXT NOT NULL,
  id TEXT NOT NULL,
  viewer TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (advertiser, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX done_by_viewer ON done (advertiser, viewer, at);
CREATE INDEX done_by_time ON done (at);
