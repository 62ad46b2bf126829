-- Who answers for a key, whether it waits for a second person, and the rights that one right held before.
ALTER TABLE api_key ADD COLUMN behind TEXT NOT NULL DEFAULT '';
ALTER TABLE api_key ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
UPDATE api_key SET behind = id;
UPDATE api_key SET scopes = scopes || ' keys people review approve audit:read platform:read' WHERE ' ' || scopes || ' ' LIKE '% admin %';
UPDATE api_key SET scopes = scopes || ' funds:write' WHERE ' ' || scopes || ' ' LIKE '% money:write %' AND advertiser IS NULL;
UPDATE api_key SET scopes = scopes || ' platform:read' WHERE ' ' || scopes || ' ' LIKE '% ledger:read %' AND advertiser IS NULL AND scopes NOT LIKE '%platform:read%';
