package mizan.server.repository;

import java.util.Locale;

/// Where an ad on record stands.
public enum State {
    RUNNING,
    ENDED,
    /// Taken down by the platform: what it showed and for whom is withheld (DSA art. 39(3)).
    REMOVED;

    /// As it is named in the API.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
