package mizan.server.reading;

/// Whom a post is addressed to. Only what everybody may read can stand beside an ad.
public enum Audience {
    EVERYBODY,
    /// The author's followers, or another list of people.
    FOLLOWERS,
    /// The people it names.
    NAMED,
    /// It is addressed to nobody at all, which servers mean as private.
    NOBODY;

    /// In a problem's detail.
    String words() {
        return switch (this) {
            case EVERYBODY -> "everybody";
            case FOLLOWERS -> "followers only";
            case NAMED -> "named people only";
            case NOBODY -> "nobody (neither to nor cc)";
        };
    }
}
