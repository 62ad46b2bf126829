package mizan.server.console.words;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.Precision;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers, shares and money in a reader's form. Each answer is isolated and reads left to right.
///
/// Amounts show the ISO code first (`USD 64,210.00`): the Arabic locale's own pattern turns into `$US` in
/// right-to-left text.
public final class Figures {
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    private static final long UNIT_MICROS = 1_000_000;
    private static final long MILLION = 1_000_000;
    private static final String MINUS = "\u2212";

    private final Digits digits;
    private final Bundle bundle;
    private final LocalizedNumberFormatter numbers;

    Figures(Lang lang, Digits digits, Bundle bundle) {
        this.digits = digits;
        this.bundle = bundle;
        this.numbers =
                NumberFormatter.withLocale(ULocale.forLanguageTag(lang.tag() + "-u-nu-" + digits.numberingSystem()));
    }

    /// A key figure in short form: the number beside its unit, such as `4.42` and `M USD`.
    public record Figure(Html value, String unit) {}

    /// A whole number: `1,204`.
    public Html count(long value) {
        return Html.figure(plain(BigDecimal.valueOf(value), 0));
    }

    /// A number with this many decimals, rounded half up: `0.041`.
    public Html decimal(double value, int decimals) {
        return Html.figure(plain(BigDecimal.valueOf(value), decimals));
    }

    /// A share as a percentage with this many decimals: 0.196 is `19.6%`.
    public Html percent(double share, int decimals) {
        return Html.figure(percentText(share, decimals));
    }

    /// A change of a share without its sign, for use beside an arrow: -0.041 is `4.1%`.
    public Html percentSize(double share, int decimals) {
        return percent(Math.abs(share), decimals);
    }

    /// Only the number of a percentage, for key figures that set the sign apart: 1.082 is `108.2`.
    public Html percentNumber(double share, int decimals) {
        return Html.figure(plain(BigDecimal.valueOf(share * 100), decimals));
    }

    /// A full amount with cents: `USD 64,210.00`, `USD −1,204.50`.
    public Html money(long micros, String currency) {
        return Html.figure(currency + '\u00a0' + plain(units(micros), 2));
    }

    /// An amount in whole units: `USD 52,000`. Below 100 units it keeps the cents.
    public Html roundMoney(long micros, String currency) {
        return Html.figure(currency + '\u00a0' + plain(units(micros), wholeDecimals(micros)));
    }

    /// An amount without its currency, for columns that name it in the head. Below 100 units it keeps the
    /// cents.
    public Html amount(long micros) {
        return Html.figure(plain(units(micros), wholeDecimals(micros)));
    }

    /// An amount without its currency and with cents: `18.41`.
    public Html cents(long micros) {
        return Html.figure(plain(units(micros), 2));
    }

    /// A full amount, to the micro where there is a fraction of a cent: a broken promise must not round to
    /// zero.
    public Html exactMoney(long micros, String currency) {
        return Html.figure(currency + '\u00a0' + exact(micros).plain());
    }

    /// A number without grouping: a year, a status code.
    public Html ungrouped(int value) {
        return Html.figure(digits.show(String.valueOf(value)));
    }

    /// A count behind a short code, in one piece so that the two never swap: `DE 214,000`.
    public Html labelled(String code, long value) {
        return Html.figure(code + '\u00a0' + count(value).plain());
    }

    /// The sign of a percentage, for key figures that set it apart.
    public String percentSign() {
        return digits.show("%");
    }

    /// An amount without its currency, to the micro where a fraction of a cent matters: `0.018410`.
    public Html exact(long micros) {
        return Html.figure(plain(units(micros), micros % 10_000 == 0 ? 2 : 6));
    }

    /// A bid: what is paid for, then the amount, in one piece so that its parts never swap: `CPM 21.00`.
    public Html bid(Worded kind, long micros) {
        return Html.figure(bundle.pattern(kind.wordKey()) + '\u00a0' + plain(units(micros), 2));
    }

    /// A change of an amount with its sign: `+71,200`, `−12,400`, `0`.
    public Html change(long micros) {
        return Html.figure((micros > 0 ? "+" : "") + plain(units(micros), wholeDecimals(micros)));
    }

    /// A count in short form: `3.06` and `M`, or `53,214` and nothing.
    public Figure shortCount(long value) {
        return shortened(BigDecimal.valueOf(value), "", 0);
    }

    /// An amount in short form: `4.42` and `M USD`, `64,210` and `USD`.
    public Figure shortMoney(long micros, String currency) {
        return shortened(units(micros), currency, wholeDecimals(micros));
    }

    /// A number for a chart's scale, with as many decimals as needed up to two.
    public String tick(double value) {
        var rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return plain(rounded, Math.max(0, rounded.scale()));
    }

    static String withMinusSign(String text) {
        return text.replaceAll("[\u200e\u200f\u061c]", "").replaceAll("(?<![\\p{L}\\p{Nd}])-(?=\\p{Nd})", MINUS);
    }

    private Figure shortened(BigDecimal value, String currency, int decimals) {
        if (value.abs().compareTo(BigDecimal.valueOf(MILLION)) < 0) {
            return new Figure(Html.figure(plain(value, decimals)), currency);
        }
        boolean billions = value.abs().compareTo(BigDecimal.valueOf(1000 * MILLION)) >= 0;
        var unit = bundle.pattern(billions ? "unit.billion" : "unit.million");
        var scaled = value.divide(BigDecimal.valueOf(billions ? 1000 * MILLION : MILLION), 2, RoundingMode.HALF_UP);
        int kept = scaled.abs().compareTo(BigDecimal.TEN) < 0 ? 2 : 1;
        return new Figure(Html.figure(plain(scaled, kept)), currency.isEmpty() ? unit : unit + ' ' + currency);
    }

    private String percentText(double share, int decimals) {
        return plain(BigDecimal.valueOf(share * 100), decimals) + digits.show("%");
    }

    private String plain(BigDecimal value, int decimals) {
        return withMinusSign(numbers.precision(Precision.fixedFraction(decimals))
                .roundingMode(RoundingMode.HALF_UP)
                .format(value)
                .toString());
    }

    private static int wholeDecimals(long micros) {
        return Math.abs(micros) >= 100 * UNIT_MICROS || micros == 0 ? 0 : 2;
    }

    private static BigDecimal units(long micros) {
        return BigDecimal.valueOf(micros).divide(MICROS);
    }
}
