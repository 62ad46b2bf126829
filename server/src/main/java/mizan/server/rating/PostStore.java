package mizan.server.rating;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings.Question;

/// Where posts are kept across restarts, so that a commitment in a record can be opened as long as nobody
/// asked for the words to be forgotten.
public interface PostStore extends AutoCloseable {
    /// Adds versions of posts in this order, all or none; durable when it returns. An earlier version stays,
    /// because records may name its commitment, but asks nobody for a review any more.
    void append(List<KnownPost> posts);

    /// Adds what somebody said later of the versions with this id and commitment; durable when it returns.
    ///
    /// @param question what is open from then on
    void add(String id, String commitment, PostVerdict verdict, Optional<Question> question);

    /// A post that waits for an outside rater.
    ///
    /// @param tries answers about it that were wrong or left it out
    record Awaited(KnownPost post, int tries) {}

    /// Newest versions that wait for this rater and are due, longest due first. What waits is kept with the
    /// posts, so a restart forgets none of it.
    List<Awaited> awaiting(String rater, Instant now, int most);

    /// How many posts wait for this rater, due or not.
    long awaitedCount(String rater);

    /// Counts a vain try of a version that still waits, and makes it due then; durable when it returns.
    void postpone(String rater, String id, String commitment, Instant until);

    /// Asks for a review of the newest version, first of all others; durable when it returns.
    ///
    /// @param words why; the last report replaces the one before
    /// @return false when there is no such post
    boolean report(String id, String words);

    /// The newest version under this id, with all that was said of it; empty when there is none, or when it
    /// was erased.
    Optional<KnownPost> find(String id);

    /// A version with this commitment, which opens it; empty when it was never kept, erased, or pruned.
    Optional<KnownPost> opening(String commitment);

    /// Posts that wait for a person: reported ones first, then disputed, then doubted ones, each newest
    /// first.
    List<Open> open(int most);

    /// How many wait for a person.
    long openCount();

    /// A post that waits for a person.
    ///
    /// @param report the words of the last report
    record Open(KnownPost post, Question question, Optional<String> report) {}

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
