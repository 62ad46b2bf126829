package mizan.server.console.words;

/// The shapes of the digits, a reader's setting: `1,234` or `١٬٢٣٤`.
///
/// Always passed on explicitly, because what plain `ar` means differs between the JDK, ICU and browsers.
public enum Digits {
    LATIN("latn"),
    ARABIC_INDIC("arab");

    private final String numberingSystem;

    Digits(String numberingSystem) {
        this.numberingSystem = numberingSystem;
    }

    /// The value of the `-u-nu-` key of a BCP 47 tag.
    public String numberingSystem() {
        return numberingSystem;
    }

    /// The same text with these digits; separators between two digits follow.
    String show(String text) {
        return switch (this) {
            case LATIN -> text;
            case ARABIC_INDIC -> arabicIndic(text);
        };
    }

    private static String arabicIndic(String text) {
        var shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean between =
                    i > 0 && i + 1 < text.length() && isDigit(text.charAt(i - 1)) && isDigit(text.charAt(i + 1));
            if (isDigit(c)) {
                shown.append((char) ('٠' + (c - '0')));
            } else if (between && c == ',') {
                shown.append('٬');
            } else if (between && c == '.') {
                shown.append('٫');
            } else if (c == '%') {
                shown.append('٪');
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
