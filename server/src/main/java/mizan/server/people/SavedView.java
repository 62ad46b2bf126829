package mizan.server.people;

import java.time.Instant;

/// A report that somebody comes back to.
///
/// @param owner the person or key whose it is
/// @param query of the report's address, as it was when it was saved
public record SavedView(String id, String owner, String name, String query, Instant at) {
    public static final String PREFIX = "viw";
    /// So many for each owner.
    public static final int MOST = 50;
}
