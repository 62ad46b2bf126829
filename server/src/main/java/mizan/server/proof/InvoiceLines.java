package mizan.server.proof;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/// The lines of `invoice.csv`: what was billed, given back and paid, and the bottom line of each currency, see
/// `docs/formats/pack.md`. All amounts are sums of sealed micros, so nothing is rounded.
public final class InvoiceLines {
    public static final String HEADER = "line,campaign,ad_group,ad,day,currency,count,micros\n";

    private final Map<String, long[]> billed = new TreeMap<>();
    private final Map<String, long[]> credited = new TreeMap<>();
    private final Map<String, long[]> paid = new TreeMap<>();
    private final Map<String, Totals> totals = new TreeMap<>();

    /// What one impression was of.
    public record Ad(String campaign, String adGroup, String ad) {}

    @SuppressWarnings("ArrayRecordComponent") // Added to in place, never compared.
    private record Totals(long[] billed, long[] credited, long[] paid) {
        Totals() {
            this(new long[2], new long[2], new long[2]);
        }
    }

    public void billed(Ad ad, LocalDate day, String currency, long micros) {
        var line = ad.campaign() + "," + ad.adGroup() + "," + ad.ad() + "," + day + "," + currency;
        add(billed.computeIfAbsent(line, _ -> new long[2]), micros);
        add(total(currency).billed(), micros);
    }

    /// @param campaign empty when the credit is for no impression
    public void credited(String campaign, LocalDate day, String currency, long micros) {
        var line = campaign + ",,," + day + "," + currency;
        add(credited.computeIfAbsent(line, _ -> new long[2]), micros);
        add(total(currency).credited(), micros);
    }

    public void paid(LocalDate day, String currency, long micros) {
        add(paid.computeIfAbsent(",,," + day + "," + currency, _ -> new long[2]), micros);
        add(total(currency).paid(), micros);
    }

    private Totals total(String currency) {
        return totals.computeIfAbsent(currency, _ -> new Totals());
    }

    private static void add(long[] sum, long micros) {
        sum[0]++;
        sum[1] = Math.addExact(sum[1], micros);
    }

    /// @param whole whether payments belong here: money is paid in for all campaigns of an advertiser
    public byte[] text(boolean whole) {
        var text = new StringBuilder(HEADER);
        billed.forEach((line, sum) -> line(text, "billed," + line, sum));
        credited.forEach((line, sum) -> line(text, "credited," + line, sum));
        paid.forEach((line, sum) -> line(text, "paid," + line, sum));
        totals.forEach((currency, of) -> {
            line(text, "total_billed,,,,," + currency, of.billed());
            line(text, "total_credited,,,,," + currency, of.credited());
            long due = of.billed()[1] - of.credited()[1];
            text.append("due,,,,,").append(currency).append(",,").append(due).append('\n');
            if (whole) {
                line(text, "total_paid,,,,," + currency, of.paid());
                text.append("balance,,,,,").append(currency).append(",,");
                text.append(of.paid()[1] - due).append('\n');
            }
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String line, long[] sum) {
        text.append(line).append(',').append(sum[0]).append(',').append(sum[1]).append('\n');
    }
}
