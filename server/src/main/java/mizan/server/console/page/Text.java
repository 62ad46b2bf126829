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
}
