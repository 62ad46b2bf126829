-- Figures of spans are added up once, when they are folded, so that a report over millions of events reads few rows.
CREATE INDEX count_hour_advertiser ON count_hour (advertiser, hour);
CREATE INDEX count_hour_campaign ON count_hour (campaign, hour);
CREATE TABLE count_day (
  day bigint NOT NULL,
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
  PRIMARY KEY (day, ad, placement)
);
CREATE TABLE count_total (
  level text COLLATE "C" NOT NULL,
  time bigint NOT NULL,
  whose text COLLATE "C" NOT NULL,
  advertiser text COLLATE "C" NOT NULL,
  decided bigint NOT NULL,
  rendered bigint NOT NULL,
  viewable bigint NOT NULL,
  clicks bigint NOT NULL,
  hides bigint NOT NULL,
  charged bigint NOT NULL,
  spend bigint NOT NULL,
  PRIMARY KEY (level, time, whose)
);
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
