package mizan.server.console.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import mizan.core.transparency.Rate;

/// What the platform tells everybody of itself.
///
/// @param until the last day that is counted
/// @param adsOfHundredPosts over a sample of so many `pages`
/// @param drops why ad groups did not win a page, most often first
/// @param violations ads beside a post that their terms excluded when the page was filled
/// @param foundLater ads beside a post that turned bad later
/// @param months kept and signed, newest first, such as `2026-03`
public record TrustPage(
        Instant at,
        LocalDate from,
        LocalDate until,
        double adsOfHundredPosts,
        long pages,
        List<Drop> drops,
        Rate violations,
        Rate foundLater,
        Rate invalid,
        List<Credit> credits,
        long overspendMicros,
        boolean ledgerHolds,
        Optional<Seal> seal,
        List<String> months) {
    public TrustPage {
        drops = List.copyOf(drops);
        credits = List.copyOf(credits);
        months = List.copyOf(months);
    }

    public record Drop(Outcome outcome, long times) {}

    public record Credit(String currency, long micros) {}

    /// @param stopped whether nothing is sealed any more
    public record Seal(String log, long size, List<String> witnesses, boolean stopped) {
        public Seal {
            witnesses = List.copyOf(witnesses);
        }
    }
}
