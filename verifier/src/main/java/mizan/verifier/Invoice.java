package mizan.verifier;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An invoice as it follows from receipts: what each ad cost on each day (UTC), and the totals.
final class Invoice {
    static final String HEADER = "campaign,ad_group,ad,day,currency,impressions,micros";
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Map<String, long[]> lines = new TreeMap<>();
    private final Map<String, long[]> totals = new TreeMap<>();
    private final Map<String, long[]> days = new TreeMap<>();

    static String day(Receipt.Charge charge) {
        return LocalDate.ofEpochDay(Math.floorDiv(charge.at(), MICROS_PER_DAY)).toString();
    }

    void add(Receipt receipt) {
        var charge = receipt.charge();
        var day = day(charge);
        add(
                lines,
                receipt.campaign() + "," + receipt.adGroup() + "," + receipt.ad() + "," + day + "," + charge.currency(),
                charge.price());
        add(totals, charge.currency(), charge.price());
        add(days, receipt.campaign() + " " + day, charge.price());
    }

    private static void add(Map<String, long[]> sums, String key, long micros) {
        var sum = sums.computeIfAbsent(key, _ -> new long[2]);
        sum[0]++;
        sum[1] = Math.addExact(sum[1], micros);
    }

    /// As the pack's `invoice.csv` must be.
    List<String> text() {
        var text = new ArrayList<String>();
        text.add(HEADER);
        lines.forEach((line, sum) -> text.add(line + "," + sum[0] + "," + sum[1]));
        totals.forEach((currency, sum) -> text.add("total,,,," + currency + "," + sum[0] + "," + sum[1]));
        return text;
    }

    /// Receipts and micros of each campaign and day, by `campaign day`.
    Map<String, long[]> days() {
        return days;
    }

    Map<String, long[]> totals() {
        return totals;
    }
}
