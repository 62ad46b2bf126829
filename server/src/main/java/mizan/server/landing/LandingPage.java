package mizan.server.landing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mizan.core.campaign.CreativeId;

/// The landing page of an approved creative, and how it was found last.
///
/// @param approved the first look after its approval
/// @param latest the last time that it answered
/// @param failures in a row in which it did not answer, or said that there is nothing
/// @param trouble why, the last time; empty when it answered
public record LandingPage(
        CreativeId creative,
        String address,
        Optional<Look> approved,
        Optional<Look> latest,
        int failures,
        String trouble,
        Instant nextAt) {
    /// Below it, what a page says is something else: pages of one language share a tenth of their words.
    static final double SAME = 0.3;
    /// Once is a bad day.
    static final int GONE_AFTER = 3;

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    /// What is no longer as it was approved.
    public enum Drift {
        NONE,
        /// It leads to another host.
        ELSEWHERE,
        /// It says other words.
        OTHER_WORDS,
        /// It does not answer any more.
        GONE
    }

    static LandingPage fresh(CreativeId creative, String address) {
        return new LandingPage(creative, address, Optional.empty(), Optional.empty(), 0, "", Instant.MIN);
    }

    LandingPage answered(Look look) {
        return new LandingPage(
                creative,
                address,
                approved.or(() -> Optional.of(look)),
                Optional.of(look),
                0,
                "",
                look.at().plus(A_DAY));
    }

    LandingPage failed(String why, Instant now) {
        return new LandingPage(creative, address, approved, latest, failures + 1, why, now.plus(AN_HOUR));
    }

    /// A person has looked: as it is now it is as it should be.
    LandingPage accepted() {
        return new LandingPage(creative, address, latest, latest, 0, trouble, nextAt);
    }

    public Drift drift() {
        if (failures >= GONE_AFTER) {
            return Drift.GONE;
        }
        if (approved.isEmpty() || latest.isEmpty()) {
            return Drift.NONE;
        }
        if (!approved.get().host().equals(latest.get().host())) {
            return Drift.ELSEWHERE;
        }
        return approved.get().resembles(latest.get()) < SAME ? Drift.OTHER_WORDS : Drift.NONE;
    }
}
