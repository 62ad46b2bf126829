package mizan.server.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.billing.TaxRate;
import mizan.core.billing.Totals;
import mizan.core.campaign.Text;

/// An invoice or a credit note as it was issued.
///
/// @param number counts from 1 within its kind, without gaps
/// @param corrects of a credit note: the invoice's name
/// @param month (UTC) that it is for; of a credit note the invoice's
/// @param rate of the tax in `totals`
/// @param taxNote said beside the tax; may be empty
/// @param logSize how many leaves the log held: the document covers what came before
public record Document(
        Kind kind,
        long number,
        Optional<String> corrects,
        String advertiser,
        YearMonth month,
        Currency currency,
        Instant issuedAt,
        Party seller,
        Party buyer,
        List<Line> lines,
        TaxRate rate,
        String taxNote,
        Totals totals,
        long logSize) {
    public Document {
        lines = List.copyOf(lines);
    }

    public enum Kind {
        INVOICE("INV"),
        CREDIT_NOTE("CN");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /// Such as `credit_note`.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Such as `INV-000001`.
        public String name(long number) {
            return String.format(Locale.ROOT, "%s-%06d", prefix, number);
        }

        /// The number in a name of this kind; empty for any other text.
        public OptionalLong number(String name) {
            var digits = name.startsWith(prefix + '-') ? name.substring(prefix.length() + 1) : "";
            if (!digits.matches("[0-9]{6,15}")) {
                return OptionalLong.empty();
            }
            long number = Long.parseLong(digits);
            return name(number).equals(name) ? OptionalLong.of(number) : OptionalLong.empty();
        }
    }

    /// What was billed or given back for one ad group in one month.
    ///
    /// @param what `BILLED`, or `CREDITED` for what was given back
    /// @param month (UTC) in which money moved: that of the receipts or of the credits
    /// @param impressions how many receipts or credits
    /// @param micros never below zero: a credit is subtracted
    public record Line(
            What what,
            YearMonth month,
            String campaign,
            Text campaignName,
            String adGroup,
            Text adGroupName,
            long impressions,
            long micros) {
        /// Where the receipts behind it are. A credit for no impression has no campaign; the advertiser's pack has it.
        public String proofPack(String advertiser) {
            var whose = campaign.isEmpty() ? "advertisers/" + advertiser : "campaigns/" + campaign;
            return "/v1/" + whose + "/proof-pack?from=" + month.atDay(1) + "&to="
                    + month.plusMonths(1).atDay(1);
        }
    }

    public enum What {
        BILLED,
        CREDITED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Such as `INV-000001`: what people call it.
    public String name() {
        return kind.name(number);
    }

    /// The day after the last that an invoice covers.
    public LocalDate until() {
        return month.plusMonths(1).atDay(1);
    }

    /// Whether something is on this invoice or an earlier one: it was of these days, and was in the log.
    public boolean covers(LocalDate day, long index) {
        return day.isBefore(until()) && index < logSize;
    }
}
