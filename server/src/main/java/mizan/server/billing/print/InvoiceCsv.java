package mizan.server.billing.print;

import java.util.List;
import mizan.core.billing.TaxRate;
import mizan.server.billing.Document;
import mizan.server.console.Csv;

/// An invoice's lines and its bottom for spreadsheets and programs. Amounts of lines are exact, to the micro.
public final class InvoiceCsv {
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

    private InvoiceCsv() {}

    public static String write(Document document) {
        var lines = new StringBuilder(Csv.line(HEAD));
        for (var line : document.lines()) {
            lines.append(Csv.line(List.of(
                    document.name(),
                    line.what().code(),
                    line.month().toString(),
                    line.campaign(),
                    line.campaignName().in("en"),
                    line.adGroup(),
                    line.adGroupName().in("en"),
                    String.valueOf(line.impressions()),
                    document.currency().getCurrencyCode(),
                    Csv.amount(signed(line)),
                    line.proofPack(document.advertiser()))));
        }
        var totals = document.totals();
        lines.append(bottom(document, "net", sign(document) * totals.netMicros()));
        lines.append(bottom(document, "tax " + percent(document.rate()), sign(document) * totals.taxMicros()));
        lines.append(bottom(document, "total", sign(document) * totals.totalMicros()));
        return lines.toString();
    }

    /// What it adds to what is owed: a credit note's amounts are below zero.
    static long sign(Document document) {
        return document.kind() == Document.Kind.INVOICE ? 1 : -1;
    }

    static long signed(Document.Line line) {
        return line.what() == Document.What.BILLED ? line.micros() : -line.micros();
    }

    /// Such as `15.00%`.
    static String percent(TaxRate rate) {
        return String.format(java.util.Locale.ROOT, "%d.%02d%%", rate.basisPoints() / 100, rate.basisPoints() % 100);
    }

    private static String bottom(Document document, String what, long micros) {
        return Csv.line(List.of(
                document.name(),
                what,
                document.month().toString(),
                "",
                "",
                "",
                "",
                "",
                document.currency().getCurrencyCode(),
                Csv.amount(micros),
                ""));
    }
}
