package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mizan.core.campaign.AdvertiserId;
import mizan.core.receipt.DecisionRecord;

/// Where the decisions of the last days stand in the journal: a sample of all, and for each advertiser one of
/// those that showed its ads. Places only, so it is small; whoever asks reads the records.
///
/// A sample holds everything until it is full; from then on every second one, every fourth, and so on, chosen
/// by the decision's seed, so that each decision of the time is as likely to be in it as any other.
public final class RecentDecisions {
    public static final Duration WINDOW = Duration.ofDays(7);
    private static final int MAX_PAGES = 4_000;
    private static final int MAX_OF_ADVERTISER = 4_000;

    private final Thinned pages = new Thinned(MAX_PAGES);
    private final Map<AdvertiserId, Thinned> shown = new HashMap<>();

    /// @param positions in the journal, oldest first
    /// @param oneIn how many decisions each of them stands for: 1 when all are there
    public record Sample(List<Long> positions, int oneIn) {}

    synchronized void decided(long position, DecisionRecord record) {
        pages.add(position, record);
        for (var impression : record.impressions()) {
            shown.computeIfAbsent(impression.advertiser(), _ -> new Thinned(MAX_OF_ADVERTISER))
                    .add(position, record);
        }
    }

    /// Any decisions of the window before this moment.
    public synchronized Sample pages(Instant now) {
        return pages.sample(now);
    }

    /// Decisions that showed an ad of this advertiser.
    public synchronized Sample shown(AdvertiserId advertiser, Instant now) {
        return shown.getOrDefault(advertiser, new Thinned(MAX_OF_ADVERTISER)).sample(now);
    }

    private static final class Thinned {
        private final int most;
        private final Deque<Kept> kept = new ArrayDeque<>();
        private int halvings;

        private record Kept(long position, long atSecond, long hash) {
            boolean survives(int halvings) {
                return Long.numberOfTrailingZeros(hash) >= halvings;
            }
        }

        Thinned(int most) {
            this.most = most;
        }

        /// Once, however many of a decision's ads are one advertiser's.
        void add(long position, DecisionRecord record) {
            var one = new Kept(position, record.at().getEpochSecond(), mix(record.seed()));
            if (!one.survives(halvings) || (!kept.isEmpty() && kept.getLast().position() == position)) {
                return;
            }
            kept.add(one);
            forget(record.at());
            while (kept.size() > most) {
                halvings++;
                kept.removeIf(k -> !k.survives(halvings));
            }
        }

        private void forget(Instant now) {
            long oldest = now.getEpochSecond() - WINDOW.toSeconds();
            while (!kept.isEmpty() && kept.peek().atSecond() < oldest) {
                kept.remove();
            }
        }

        Sample sample(Instant now) {
            forget(now);
            return new Sample(kept.stream().map(Kept::position).toList(), 1 << halvings);
        }

        /// The finaliser of SplitMix64: seeds that differ little give hashes that differ much.
        private static long mix(long seed) {
            long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }
    }
}
