package mizan.verifier;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Credits beside the receipts that they give back. They are few, so they are read first and held here while the
/// receipts pass by.
final class Credits {
    private final Findings findings;
    private final Map<String, Movement> byImpression = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    Credits(Findings findings) {
        this.findings = findings;
    }

    /// Answers whether it counts: not when the same movement or impression is credited again.
    boolean add(String where, Movement credit) {
        boolean first = ids.add(credit.id())
                && credit.impression()
                        .map(impression -> byImpression.putIfAbsent(impression, credit) == null)
                        .orElse(true);
        if (!first) {
            findings.fault(Findings.Check.CREDITS, where, "gives back a second time");
        }
        return first;
    }

    /// A receipt passes by: its credit, where it has one, is compared.
    void met(Receipt receipt) {
        var credit = byImpression.remove(receipt.impression());
        if (credit == null) {
            return;
        }
        var wrong = fault(credit, receipt);
        if (wrong.isPresent()) {
            findings.fault(
                    Findings.Check.CREDITS, "the credit " + credit.id() + " of " + receipt.impression(), wrong.get());
        } else {
            findings.held(Findings.Check.CREDITS);
        }
    }

    private static Optional<String> fault(Movement credit, Receipt receipt) {
        var charge = receipt.charge();
        if (!credit.advertiser().equals(receipt.advertiser())
                || !credit.campaign().equals(Optional.of(receipt.campaign()))
                || !credit.currency().equals(charge.currency())) {
            return Optional.of("goes to others than its receipt names");
        }
        if (credit.index() < receipt.index()) {
            return Optional.of("was sealed before its receipt");
        }
        return credit.micros() > charge.price()
                ? Optional.of("gives back " + credit.micros() + " micros of " + charge.price())
                : Optional.empty();
    }

    /// Those whose receipts the pack does not hold are told, and are no fault: they may be of another period.
    void done() {
        if (!byImpression.isEmpty()) {
            findings.note(
                    Findings.Check.CREDITS, byImpression.size() + " credits are for receipts that the pack lacks");
        }
    }
}
