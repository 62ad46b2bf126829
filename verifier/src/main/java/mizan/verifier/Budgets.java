package mizan.verifier;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// What was spent of each budget, beside the most that it ever was while its receipts were written. A budget may be
/// lowered after more was spent; it is never passed at its highest.
final class Budgets {
    private static final class Use {
        long spent;
        long most;
        boolean unlimited;
    }

    private final Map<String, Use> uses = new HashMap<>();

    void add(Receipt receipt) {
        var budgets = receipt.budgets();
        var day = receipt.charge().day();
        add("campaign " + receipt.campaign() + " in all", receipt, budgets.campaignTotal());
        add("campaign " + receipt.campaign() + " on " + day, receipt, budgets.campaignDaily());
        add("ad group " + receipt.adGroup() + " in all", receipt, budgets.groupTotal());
        add("ad group " + receipt.adGroup() + " on " + day, receipt, budgets.groupDaily());
    }

    private void add(String budget, Receipt receipt, OptionalLong limit) {
        var use = uses.computeIfAbsent(budget, _ -> new Use());
        use.spent = Math.addExact(use.spent, receipt.charge().price());
        use.most = Math.max(use.most, limit.orElse(0));
        use.unlimited |= limit.isEmpty();
    }

    void check(Findings findings) {
        uses.forEach((budget, use) -> {
            if (use.unlimited) {
                return;
            }
            if (use.spent > use.most) {
                findings.fault(
                        Findings.Check.BUDGETS, budget, use.spent + " micros were charged, the budget was " + use.most);
            } else {
                findings.held(Findings.Check.BUDGETS);
            }
        });
    }
}
