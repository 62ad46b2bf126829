package mizan.verifier;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An invoice as it follows from sealed facts: what each ad cost on each day (UTC), what was given back and paid, and
/// the bottom line of each currency.
final class Invoice {
    static final String HEADER = "line,campaign,ad_group,ad,day,currency,count,micros";
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Map<String, Sum> lines = new TreeMap<>();
    private final Map<String, Bottom> bottoms = new TreeMap<>();
    private final Map<String, Sum> days = new TreeMap<>();

    /// How many, and how much together.
    static final class Sum {
        private long count;
        private long micros;

        private void add(long more) {
            count++;
            micros = Math.addExact(micros, more);
        }

        long count() {
            return count;
        }

        long micros() {
            return micros;
        }

        @Override
        public String toString() {
            return count + "," + micros;
        }
    }

    /// Of one currency.
    record Bottom(Sum billed, Sum credited, Sum paid) {
        Bottom() {
            this(new Sum(), new Sum(), new Sum());
        }

        long due() {
            return Math.subtractExact(billed.micros(), credited.micros());
        }

        long balance() {
            return Math.subtractExact(paid.micros(), due());
        }
    }

    /// The day (UTC) of a moment in microseconds.
    static LocalDate day(long at) {
        return LocalDate.ofEpochDay(Math.floorDiv(at, MICROS_PER_DAY));
    }

    void billed(Receipt receipt) {
        var charge = receipt.charge();
        var day = day(charge.at());
        line("billed," + receipt.campaign() + "," + receipt.adGroup() + "," + receipt.ad() + "," + day + ","
                        + charge.currency())
                .add(charge.price());
        days.computeIfAbsent(receipt.campaign() + " " + day, _ -> new Sum()).add(charge.price());
        bottom(charge.currency()).billed().add(charge.price());
    }

    void credited(Movement credit) {
        line("credited," + credit.campaign().orElse("") + ",,," + day(credit.at()) + "," + credit.currency())
                .add(credit.micros());
        bottom(credit.currency()).credited().add(credit.micros());
    }

    void paid(Movement payment) {
        line("paid,,,," + day(payment.at()) + "," + payment.currency()).add(payment.micros());
        bottom(payment.currency()).paid().add(payment.micros());
    }

    private Sum line(String key) {
        return lines.computeIfAbsent(key, _ -> new Sum());
    }

    private Bottom bottom(String currency) {
        return bottoms.computeIfAbsent(currency, _ -> new Bottom());
    }

    /// As the pack's `invoice.csv` must be.
    ///
    /// @param whole whether payments belong to it: they are made for all campaigns of an advertiser
    List<String> text(boolean whole) {
        var text = new ArrayList<String>();
        text.add(HEADER);
        lines.forEach((line, sum) -> text.add(line + "," + sum));
        bottoms.forEach((currency, bottom) -> {
            text.add("total_billed,,,,," + currency + "," + bottom.billed());
            text.add("total_credited,,,,," + currency + "," + bottom.credited());
            text.add("due,,,,," + currency + ",," + bottom.due());
            if (whole) {
                text.add("total_paid,,,,," + currency + "," + bottom.paid());
                text.add("balance,,,,," + currency + ",," + bottom.balance());
            }
        });
        return text;
    }

    /// What was billed of each campaign on each day, by `campaign day`.
    Map<String, Sum> days() {
        return days;
    }

    Map<String, Bottom> bottoms() {
        return bottoms;
    }
}
