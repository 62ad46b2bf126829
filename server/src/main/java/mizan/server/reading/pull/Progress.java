package mizan.server.reading.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How far a source has been read. Kept across restarts.
///
/// @param cursor where a stream goes on
/// @param recent ids on the newest page of an outbox: one that is no longer there may have been deleted
/// @param nextAt when to ask again
/// @param failures in a row
/// @param trouble what went wrong last, empty when nothing did
/// @param kept posts taken since the source was added; edits count again
/// @param erased posts that were deleted there
/// @param refused what was no public post, or broken
public record Progress(
        Optional<String> etag,
        Optional<String> lastModified,
        Optional<String> cursor,
        List<String> recent,
        Instant nextAt,
        Optional<Instant> readAt,
        int failures,
        Optional<String> trouble,
        long kept,
        long erased,
        long refused) {
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(6);
    private static final int MAX_TROUBLE = 300;

    public Progress {
        recent = List.copyOf(recent);
    }

    static Progress start(Instant now) {
        return new Progress(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                now,
                Optional.empty(),
                0,
                Optional.empty(),
                0,
                0,
                0);
    }

    Progress counted(Counts more) {
        return new Progress(
                etag,
                lastModified,
                cursor,
                recent,
                nextAt,
                readAt,
                failures,
                trouble,
                kept + more.kept(),
                erased + more.erased(),
                refused + more.refused());
    }

    Progress at(Optional<String> newCursor) {
        return new Progress(
                etag, lastModified, newCursor, recent, nextAt, readAt, failures, trouble, kept, erased, refused);
    }

    Progress versions(Optional<String> newEtag, Optional<String> newModified) {
        return new Progress(
                newEtag, newModified, cursor, recent, nextAt, readAt, failures, trouble, kept, erased, refused);
    }

    Progress page(List<String> ids) {
        return new Progress(etag, lastModified, cursor, ids, nextAt, readAt, failures, trouble, kept, erased, refused);
    }

    Progress succeeded(Instant now, Instant next) {
        return new Progress(
                etag, lastModified, cursor, recent, next, Optional.of(now), 0, Optional.empty(), kept, erased, refused);
    }

    /// Twice as long a wait after each failure in a row.
    Progress failed(Instant now, String why) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 20));
        var next = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        var said = Optional.of(why.length() > MAX_TROUBLE ? why.substring(0, MAX_TROUBLE) : why);
        return new Progress(
                etag, lastModified, cursor, recent, next, readAt, failures + 1, said, kept, erased, refused);
    }

    /// What one reading of a source brought.
    public record Counts(long kept, long erased, long refused) {}
}
