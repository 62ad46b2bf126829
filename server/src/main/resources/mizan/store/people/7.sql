-- Who somebody is to another provider of sign-ins, and for which address an invitation was made.
CREATE TABLE identity (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (id),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT;
ALTER TABLE invitation ADD COLUMN email TEXT NOT NULL DEFAULT '';
