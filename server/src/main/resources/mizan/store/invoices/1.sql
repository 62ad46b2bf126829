-- Invoices and credit notes as they were issued. Numbers of a kind are 1, 2, 3 and so on, without gaps.
CREATE TABLE document (
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  advertiser TEXT NOT NULL,
  month TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, number)
) STRICT;
CREATE UNIQUE INDEX document_month ON document (advertiser, month) WHERE kind = 'invoice';
CREATE TRIGGER document_kept BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'an issued document is never changed'); END;
CREATE TRIGGER document_stays BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'an issued document is never deleted'); END;

-- Who is billed and who bills, as people wrote it; the newest row of an id stands.
CREATE TABLE party (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX party_id ON party (id, sequence);
