package mizan.core.targeting;

/// What an ad group can ask of a request or refuse, in the order in which misses are reported.
///
/// Complete on purpose: there is no criterion for a special category of data, so none can be targeted (DSA
/// art. 26(3), GDPR art. 9). Hours of the week are apart, see [WeekHours].
public enum Criterion {
    /// ISO 3166-1 alpha-2, upper case.
    COUNTRY("country", false),
    /// ISO 3166-2, such as `SA-01`.
    REGION("region", false),
    /// The reader's language, BCP 47 primary tag, lower case.
    LANGUAGE("language", false),
    /// `phone`, `tablet`, `desktop`, `tv`.
    DEVICE("device", false),
    /// A placement's code or id.
    PLACEMENT("placement", false),
    /// What the posts of the page are about.
    TOPIC("topics", false),
    /// Where the posts of the page were written.
    COMMUNITY("communities", false),
    /// Who wrote the posts of the page, or is quoted, reposted or answered there.
    AUTHOR("authors", false),
    /// Booked words and phrases that the posts of the page hold.
    KEYWORD("keywords", false),
    /// The platform's own audiences, set by API only.
    SEGMENT("segments", true),
    /// An age bracket of adults, see [mizan.core.feed.Viewer.Profile].
    AGE("age", true),
    /// What the reader chose or the platform infers. Last, so that a group whose only miss is consent can be
    /// told apart.
    INTEREST("interests", true);

    private final String code;
    private final boolean needsConsent;

    Criterion(String code, boolean needsConsent) {
        this.code = code;
        this.needsConsent = needsConsent;
    }

    /// The stable code that explanations use.
    public String code() {
        return code;
    }

    /// Whether it asks something of the reader that needs their consent.
    public boolean needsConsent() {
        return needsConsent;
    }
}
