package mizan.server.rating;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Where posts are kept across restarts, so that a commitment in a record can be opened as long as nobody
/// asked for the words to be forgotten.
public interface PostStore extends AutoCloseable {
    /// Adds versions of posts in this order, all or none; durable when it returns. An earlier version stays,
    /// because records may name its commitment.
    void append(List<KnownPost> posts);

    /// The newest version under this id; empty when there is none, or when it was erased.
    Optional<KnownPost> find(String id);

    /// The version with this commitment, which opens it; empty when it was never kept, erased, or pruned.
    Optional<KnownPost> opening(String commitment);

    /// Deletes words, salts, authors and verdicts of every version under these ids; ids and commitments stay.
    /// Durable, and gone from the file, when it returns.
    ///
    /// @return how many of the ids had something to delete
    int erase(Collection<String> ids);

    /// Drops versions older than a moment, and all but the newest ones.
    ///
    /// @return how many were dropped
    int prune(Instant before, long newest);

    @Override
    void close();
}
