-- Credits and payments are sealed too. A ledger that was read for its charges alone is read once more; charges up to
-- where it was read have their receipts.
INSERT INTO meta SELECT 'receipts', value FROM meta WHERE name = 'ledger';
UPDATE meta SET value = 0 WHERE name = 'ledger';
