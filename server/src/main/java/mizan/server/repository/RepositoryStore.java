package mizan.server.repository;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Where the ads on record are kept and found.
public interface RepositoryStore extends AutoCloseable {
    /// Up to where in the journal showings were taken.
    long position();

    /// Takes showings that stand before a position, and what the book says of their ads, in one transaction. Answers
    /// which ads came on record with it.
    Set<String> take(long position, List<Shown> shown);

    /// Showings of one ad.
    ///
    /// @param facts of an ad that is not on record yet; one that is keeps its own
    /// @param audiences sketches of who saw it, by country; by "" of all
    record Shown(Facts facts, Instant first, Instant last, long times, Map<String, Audience> audiences) {
        public Shown {
            audiences = Map.copyOf(audiences);
        }
    }

    /// What the book says of an ad.
    ///
    /// @param removedAt when the platform took it down; empty when it did not
    /// @param text JSON, see [AdFacts]
    /// @param terms by what it is found
    record Facts(String ad, State state, Optional<Instant> removedAt, String text, SearchTerms terms) {}

    /// Changes what the book says. Facts whose text is another are not sealed any more.
    void change(List<Facts> changed);

    /// Everything that is kept of the book's side, to compare with the book.
    void each(Consumer<Kept> visitor);

    /// @param text as in [Facts]
    record Kept(String ad, State state, Optional<Instant> removedAt, String text) {}

    /// Ads whose facts are not in the public log.
    List<Kept> unsealed(int limit);

    /// @param entries where each ad's facts stand now, if they are still this text
    void sealed(Map<Kept, Long> entries);

    /// One ad.
    Optional<AdRecord> find(String ad);

    /// The newest that match, below a number.
    List<AdRecord> search(Search search, long below, int limit);

    /// How many match, counted up to `most`.
    long count(Search search, int most);

    /// How many are in each state.
    Map<State, Long> states();

    /// The first showing of all; empty before there is one.
    Optional<Instant> since();

    /// Countries of readers whom an ad reached, in the order of their codes; none of which there are few.
    List<String> countries();

    /// Puts the ledger's counts in place of those by reports.
    void correct(Map<String, Long> times);

    /// Forgets ads last shown before an instant. Answers how many.
    int forget(Instant before);

    @Override
    void close();
}
