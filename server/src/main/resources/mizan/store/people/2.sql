-- Whoever is erased leaves what they did under their id. Their name, addresses and what was said of their joining may go from the audit log; nothing else of it ever changes.
DROP TRIGGER act_is_never_changed;
CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
WHEN NEW.sequence IS NOT OLD.sequence OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor
  OR NEW.operation IS NOT OLD.operation OR NEW.subject IS NOT OLD.subject OR NEW.advertiser IS NOT OLD.advertiser
  OR NEW.before IS NOT OLD.before OR NEW.request IS NOT OLD.request
  OR (NEW.name IS NOT OLD.name AND NEW.name IS NOT OLD.actor)
  OR (NEW.address IS NOT OLD.address AND NEW.address IS NOT '')
  OR (NEW.after IS NOT OLD.after AND (NEW.after IS NOT '' OR OLD.operation NOT IN ('invite', 'join')))
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
