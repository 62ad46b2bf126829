-- Who sent it first, so that nobody takes all the room.
ALTER TABLE picture ADD COLUMN tenant TEXT;
