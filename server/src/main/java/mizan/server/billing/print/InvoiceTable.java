package mizan.server.billing.print;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mizan.core.billing.TaxRate;
import mizan.server.billing.Document;

/// An invoice's lines and its bottom as a table: the same for every kind of file, in English and with Latin digits,
/// because programs read it. Amounts of lines are exact, to the micro; a credit note's are below zero.
final class InvoiceTable {
    static final List<String> HEAD = List.of(
            "document",
            "line",
            "month",
            "campaign",
            "campaign_name",
            "ad_group",
            "ad_group_name",
            "impressions",
            "currency",
            "amount",
            "proof_pack");
    /// Where amounts stand.
    static final int AMOUNT = 9;

    private static final int MICRO_DIGITS = 6;

    private InvoiceTable() {}

    /// Each cell a text, a [Long] or a [BigDecimal]; an empty text where there is nothing.
    static List<List<Object>> rows(Document document) {
        var rows = new ArrayList<List<Object>>();
        for (var line : document.lines()) {
            rows.add(List.of(
                    document.name(),
                    line.what().code(),
                    line.month().toString(),
                    line.campaign(),
                    line.campaignName().in("en"),
                    line.adGroup(),
                    line.adGroupName().in("en"),
                    line.impressions(),
                    document.currency().getCurrencyCode(),
                    amount(line.what() == Document.What.BILLED ? line.micros() : -line.micros()),
                    line.proofPack(document.advertiser())));
        }
        var totals = document.totals();
        long sign = document.kind() == Document.Kind.INVOICE ? 1 : -1;
        rows.add(bottom(document, "net", sign * totals.netMicros()));
        rows.add(bottom(document, "tax " + percent(document.rate()), sign * totals.taxMicros()));
        rows.add(bottom(document, "total", sign * totals.totalMicros()));
        return rows;
    }

    private static List<Object> bottom(Document document, String what, long micros) {
        return List.of(
                document.name(),
                what,
                document.month().toString(),
                "",
                "",
                "",
                "",
                "",
                document.currency().getCurrencyCode(),
                amount(micros),
                "");
    }

    private static BigDecimal amount(long micros) {
        return BigDecimal.valueOf(micros, MICRO_DIGITS);
    }

    /// Such as `15.00%`.
    private static String percent(TaxRate rate) {
        return String.format(Locale.ROOT, "%d.%02d%%", rate.basisPoints() / 100, rate.basisPoints() % 100);
    }
}
