package mizan.server.editing;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Amounts as people type them into forms.
public final class Amounts {
    /// Whole units with at most two decimals, below a billion: nothing that has to be rounded.
    private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(?:[.][0-9]{1,2})?");

    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private Amounts() {}

    /// A whole number; empty when it is none. Arabic digits are digits.
    public static OptionalLong count(String typed) {
        var text = latin(typed);
        return text.matches("[0-9]{1,15}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /// In micros; empty when it is no amount above zero. Arabic digits are digits.
    public static OptionalLong micros(String typed) {
        var text = latin(typed);
        if (!FORM.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        long micros = new BigDecimal(text).multiply(MICROS).longValueExact();
        return micros > 0 ? OptionalLong.of(micros) : OptionalLong.empty();
    }

    private static String latin(String typed) {
        var text = new StringBuilder();
        typed.strip().replace("٫", ".").codePoints().forEach(c -> {
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                text.append(digit);
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
