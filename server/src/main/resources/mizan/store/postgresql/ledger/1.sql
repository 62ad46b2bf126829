CREATE TABLE meta (name text COLLATE "C" PRIMARY KEY, value bigint NOT NULL);
INSERT INTO meta VALUES ('position', 0), ('decisions', 0), ('next_lease', 1), ('version', 0), ('writers', 0);
CREATE TABLE writer (
  number bigint PRIMARY KEY,
  role text NOT NULL,
  version bigint NOT NULL
);
CREATE TABLE owner (one smallint PRIMARY KEY CHECK (one = 1), folder text NOT NULL);
CREATE TABLE transfer (
  seq bigint PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  kind text NOT NULL,
  debit text COLLATE "C" NOT NULL,
  credit text COLLATE "C" NOT NULL,
  micros bigint NOT NULL CHECK (micros > 0),
  currency text NOT NULL,
  at bigint NOT NULL,
  advertiser text COLLATE "C" NOT NULL,
  reference text NOT NULL
);
CREATE INDEX transfer_advertiser ON transfer (advertiser, seq);
CREATE TABLE balance (
  kind text COLLATE "C" NOT NULL,
  owner text COLLATE "C" NOT NULL,
  currency text COLLATE "C" NOT NULL,
  micros bigint NOT NULL,
  PRIMARY KEY (kind, owner, currency)
);
CREATE TABLE lease (
  id bigint PRIMARY KEY,
  ad_group text COLLATE "C" NOT NULL,
  campaign text COLLATE "C" NOT NULL,
  advertiser text COLLATE "C" NOT NULL,
  currency text NOT NULL,
  day text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  settled bigint NOT NULL CHECK (settled >= 0 AND settled <= amount),
  serves_until bigint NOT NULL,
  closes_at bigint NOT NULL,
  closed smallint NOT NULL
);
CREATE INDEX lease_open ON lease (id) WHERE closed = 0;
CREATE TABLE budget_use (
  owner text COLLATE "C" NOT NULL,
  day text COLLATE "C" NOT NULL,
  micros bigint NOT NULL,
  PRIMARY KEY (owner, day)
);
CREATE TABLE impression (
  id text COLLATE "C" PRIMARY KEY,
  campaign text COLLATE "C" NOT NULL,
  ad text COLLATE "C" NOT NULL,
  served_at bigint NOT NULL,
  decided_at bigint NOT NULL,
  seen integer NOT NULL,
  charged smallint NOT NULL,
  body bytea NOT NULL
);
CREATE INDEX impression_campaign ON impression (campaign, id);
CREATE TABLE count_hour (
  hour bigint NOT NULL,
  ad text COLLATE "C" NOT NULL,
  placement text COLLATE "C" NOT NULL,
  advertiser text COLLATE "C" NOT NULL,
  campaign text COLLATE "C" NOT NULL,
  ad_group text COLLATE "C" NOT NULL,
  decided bigint NOT NULL,
  rendered bigint NOT NULL,
  viewable bigint NOT NULL,
  clicks bigint NOT NULL,
  hides bigint NOT NULL,
  charged bigint NOT NULL,
  spend bigint NOT NULL,
  PRIMARY KEY (hour, ad, placement)
);
CREATE TABLE lost_day (
  day text COLLATE "C" NOT NULL,
  campaign text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (campaign, day, code)
);
CREATE TABLE invalid_day (
  day text COLLATE "C" NOT NULL,
  campaign text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  reason text COLLATE "C" NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (campaign, day, kind, reason)
);
