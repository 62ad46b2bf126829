package mizan.server.landing;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import mizan.core.campaign.Book;
import mizan.core.campaign.Creative;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.ReviewStatus;
import mizan.core.campaign.Touched;
import mizan.server.reading.pull.Outbound;
import mizan.server.reading.pull.Outbound.Unreachable;

/// The landing pages of approved creatives. Each is looked at once after its approval and daily from then on; one that
/// has drifted from what was approved is shown to reviewers.
public final class Landings implements AutoCloseable {
    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(10);
    /// Most pages of one round: one after the other, so that nobody is asked twice at once.
    private static final int A_ROUND = 500;

    private static final Map<String, String> ASKING = Map.of("accept", "text/html,*/*;q=0.1");

    private final LandingStore store;
    private final Supplier<Book> book;
    private final InstantSource time;
    private final Map<CreativeId, LandingPage> pages = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Instant nextRound = Instant.MIN;
    private boolean begun;

    /// @param book what is booked now
    public Landings(LandingStore store, Supplier<Book> book, InstantSource time) {
        this.store = store;
        this.book = book;
        this.time = time;
        store.all().forEach(page -> pages.put(page.creative(), page));
    }

    /// The book has changed: what is known of a creative's page was of the version before.
    public synchronized void changed(Book now, Touched touched) {
        if (begun) {
            touched.creatives().forEach(this::forget);
        }
        begun = true;
    }

    private void forget(CreativeId creative) {
        if (pages.remove(creative) != null) {
            store.remove(creative);
        }
    }

    /// Starts a round when it is time for one. Call it often; it waits for nothing.
    public void tick(Outbound outbound) {
        var now = time.instant();
        if (now.isBefore(nextRound) || !looking.compareAndSet(false, true)) {
            return;
        }
        nextRound = now.plus(BETWEEN_ROUNDS);
        Thread.ofVirtual().name("mizan-landings").start(() -> {
            try {
                round(outbound);
            } catch (RuntimeException e) {
                System.getLogger("mizan.landings").log(System.Logger.Level.ERROR, "landing pages were not read", e);
            } finally {
                looking.set(false);
            }
        });
    }

    /// Looks at what is due, on this thread.
    void round(Outbound outbound) {
        var now = time.instant();
        book.get().creatives().values().stream()
                .filter(c -> c.review() == ReviewStatus.APPROVED)
                .filter(c -> !Optional.ofNullable(pages.get(c.id()))
                        .map(LandingPage::nextAt)
                        .orElse(Instant.MIN)
                        .isAfter(now))
                .limit(A_ROUND)
                .forEach(c -> look(c, outbound));
    }

    private void look(Creative creative, Outbound outbound) {
        var before = Optional.ofNullable(pages.get(creative.id()))
                .orElseGet(() ->
                        LandingPage.fresh(creative.id(), creative.landingPage().toASCIIString()));
        var after = look(before, outbound);
        synchronized (this) {
            // It may have been changed while its page was read.
            if (creative.equals(book.get().creatives().get(creative.id()))) {
                pages.put(after.creative(), after);
                store.put(after);
            }
        }
    }

    LandingPage look(LandingPage page, Outbound outbound) {
        var now = time.instant();
        try {
            var found = outbound.get(URI.create(page.address()), ASKING);
            return found.status() == 200
                    ? page.answered(Look.of(now, found.from(), found.type(), found.body()))
                    : page.failed("HTTP " + found.status(), now);
        } catch (Unreachable e) {
            return page.failed(Optional.ofNullable(e.getMessage()).orElse(""), now);
        }
    }

    /// Those that are not as they were approved, in the order of creatives.
    public List<LandingPage> drifted() {
        return pages.values().stream()
                .filter(page -> page.drift() != LandingPage.Drift.NONE)
                .sorted(Comparator.comparing(LandingPage::creative))
                .toList();
    }

    /// A person has looked at a page: as it is now it is as it should be.
    public synchronized void accept(CreativeId creative) {
        Optional.ofNullable(pages.get(creative)).map(LandingPage::accepted).ifPresent(page -> {
            pages.put(creative, page);
            store.put(page);
        });
    }

    @Override
    public synchronized void close() {
        store.close();
    }
}
