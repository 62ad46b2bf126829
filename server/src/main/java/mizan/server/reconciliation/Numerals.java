package mizan.server.reconciliation;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Numbers as files have them: with either set of digits, and with signs between thousands.
final class Numerals {
    /// Comma, point, Arabic thousands separator, apostrophes, space, no-break and narrow space.
    private static final String GROUPS = "[,.\u066C'\u2019 \u00A0\u202F]";
    private static final Pattern COUNT =
            Pattern.compile("[0-9]{1,15}|[0-9]{1,3}(" + GROUPS + ")[0-9]{3}(\\1[0-9]{3}){0,3}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(?:[.][0-9]{1,9})?");
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private Numerals() {}

    /// A whole number; empty when it is none.
    static OptionalLong count(String text) {
        var latin = latin(text);
        return COUNT.matcher(latin).matches()
                ? OptionalLong.of(Long.parseLong(latin.replaceAll(GROUPS, "")))
                : OptionalLong.empty();
    }

    /// An amount in micros, what is finer dropped: files of ad servers have more places than money has.
    ///
    /// @param comma whether a comma stands before the fraction, as in files that semicolons part
    static OptionalLong micros(String text, boolean comma) {
        var plain = latin(text).replaceAll("[\u066C'\u2019 \u00A0\u202F]", "").replaceAll("^[A-Z]{3}|[A-Z]{3}$", "");
        var pointed = comma && plain.indexOf('\u066B') < 0
                ? plain.replace(".", "").replace(',', '.')
                : plain.replace(",", "").replace('\u066B', '.');
        return AMOUNT.matcher(pointed).matches()
                ? OptionalLong.of(
                        new BigDecimal(pointed).multiply(MICROS).toBigInteger().longValueExact())
                : OptionalLong.empty();
    }

    /// With Latin digits.
    static String latin(String text) {
        var latin = new StringBuilder();
        text.strip().codePoints().forEach(c -> {
            int digit = Character.digit(c, 10);
            if (digit >= 0 && c > 127) {
                latin.append(digit);
            } else {
                latin.appendCodePoint(c);
            }
        });
        return latin.toString();
    }
}
