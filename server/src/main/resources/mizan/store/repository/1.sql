-- Ads that were shown. facts: as they are sealed, JSON. log_entry: where they stand in the public log.
CREATE TABLE ad (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  times INTEGER NOT NULL,
  removed_at INTEGER,
  log_entry INTEGER,
  facts TEXT NOT NULL
) STRICT;
CREATE INDEX ad_last ON ad (last);
CREATE INDEX ad_days ON ad (number, first, last);
CREATE INDEX ad_state ON ad (state);
CREATE INDEX ad_unsealed ON ad (number) WHERE log_entry IS NULL;

-- Folded words of an ad, and its properties as one token each. Its rows are numbered like the ads.
CREATE VIRTUAL TABLE ad_index USING fts5(
  words, properties, content='', contentless_delete=1, detail=column, prefix='2 3 4',
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*' tokenchars '_'"
);

-- How many different people saw an ad, by their country; '' for all of them. A sketch names nobody.
CREATE TABLE reach (
  ad TEXT NOT NULL,
  country TEXT NOT NULL,
  people INTEGER NOT NULL,
  sketch BLOB NOT NULL,
  PRIMARY KEY (ad, country)
) STRICT, WITHOUT ROWID;

-- position: up to where the journal was read.
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO meta VALUES ('position', 0), ('next', 1);
