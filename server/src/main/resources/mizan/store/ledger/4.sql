-- Figures of spans are added up once, when they are folded, so that a report over millions of events reads few rows.
CREATE INDEX count_hour_advertiser ON count_hour (advertiser, hour);
CREATE INDEX count_hour_campaign ON count_hour (campaign, hour);
CREATE TABLE count_day (
  day INTEGER NOT NULL,
  ad TEXT NOT NULL,
  placement TEXT NOT NULL,
  advertiser TEXT NOT NULL,
  campaign TEXT NOT NULL,
  ad_group TEXT NOT NULL,
  decided INTEGER NOT NULL,
  rendered INTEGER NOT NULL,
  viewable INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  hides INTEGER NOT NULL,
  charged INTEGER NOT NULL,
  spend INTEGER NOT NULL,
  PRIMARY KEY (day, ad, placement)
) STRICT, WITHOUT ROWID;
CREATE TABLE count_total (
  level TEXT NOT NULL,
  time INTEGER NOT NULL,
  whose TEXT NOT NULL,
  advertiser TEXT NOT NULL,
  decided INTEGER NOT NULL,
  rendered INTEGER NOT NULL,
  viewable INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  hides INTEGER NOT NULL,
  charged INTEGER NOT NULL,
  spend INTEGER NOT NULL,
  PRIMARY KEY (level, time, whose)
) STRICT, WITHOUT ROWID;
INSERT INTO count_day
  SELECT hour / 24, ad, placement, min(advertiser), min(campaign), min(ad_group), sum(decided), sum(rendered), sum(viewable), sum(clicks),
    sum(hides), sum(charged), sum(spend)
  FROM count_hour GROUP BY hour / 24, ad, placement;
INSERT INTO count_total
  SELECT 'advertiser_day', day, advertiser, advertiser, sum(decided), sum(rendered), sum(viewable), sum(clicks),
    sum(hides), sum(charged), sum(spend)
  FROM count_day GROUP BY day, advertiser;
INSERT INTO count_total
  SELECT 'advertiser_week', (day + 3) / 7, advertiser, advertiser, sum(decided), sum(rendered), sum(viewable), sum(clicks),
    sum(hides), sum(charged), sum(spend)
  FROM count_day GROUP BY (day + 3) / 7, advertiser;
INSERT INTO count_total
  SELECT 'campaign_day', day, campaign, min(advertiser), sum(decided), sum(rendered), sum(viewable), sum(clicks),
    sum(hides), sum(charged), sum(spend)
  FROM count_day GROUP BY day, campaign;
-- An advertiser pays in one currency, that of its balances.
INSERT INTO count_total
  SELECT 'currency_hour', hour, currency, '', sum(decided), sum(rendered), sum(viewable), sum(clicks),
    sum(hides), sum(charged), sum(spend)
  FROM count_hour
  JOIN (SELECT owner, min(currency) AS currency FROM balance GROUP BY owner) AS paid ON paid.owner = advertiser
  GROUP BY hour, currency;
