package mizan.server.console.page;

/// Text that a person wrote, with its language so that it is read out and set right. Shown escaped, with
/// `dir="auto"`.
///
/// @param value    the text as written
/// @param language its BCP 47 tag; empty if unknown
public record Text(String value, String language) {
    /// The tag for a `lang` attribute; `und` if unknown.
    public String lang() {
        return language.isEmpty() ? "und" : language;
    }

    /// The direction of a short note: that of its language where known, so that an Arabic note may start
    /// with `USD`. Posts and ad texts use `auto` instead, because their language was guessed by a machine.
    public String dir() {
        if (language.isEmpty()) {
            return "auto";
        }
        return switch (language.length() >= 2 ? language.substring(0, 2) : language) {
            case "ar", "fa", "he", "ur" -> "rtl";
            default -> "ltr";
        };
    }
}
