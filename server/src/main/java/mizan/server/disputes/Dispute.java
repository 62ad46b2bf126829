package mizan.server.disputes;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.receipt.ImpressionId;

/// An advertiser's objection to showings of one campaign, and all that was said and done about it.
///
/// @param claimed what the advertiser counted; each number may be left open
/// @param ours what stood in the ledger and its counts when the dispute was opened
/// @param answerDue until when the platform says something to it
/// @param entries oldest first; the first one opened it, and a revision is how many there are
public record Dispute(
        String id,
        AdvertiserId advertiser,
        CampaignId campaign,
        Reason reason,
        Subject subject,
        Claimed claimed,
        Numbers ours,
        Currency currency,
        Instant openedAt,
        Instant answerDue,
        State state,
        List<Entry> entries) {
    public static final String PREFIX = "dsp";
    public static final Duration TIME_TO_ANSWER = Duration.ofDays(10);
    public static final int MAX_TEXT = 4_000;
    public static final int MAX_ENTRIES = 100;
    /// Showings that can be named one by one.
    public static final int MAX_NAMED = 1_000;

    public Dispute {
        entries = List.copyOf(entries);
    }

    /// Why somebody objects.
    public enum Reason {
        /// No reader saw it, but a program.
        INVALID_TRAFFIC,
        NOT_VIEWABLE,
        /// The post beside it breaks the terms, or is not what was agreed.
        UNSUITABLE_NEIGHBOUR,
        OUTSIDE_FLIGHT,
        WRONG_PRICE,
        /// The advertiser's own counts are lower.
        COUNTS_DIFFER,
        OTHER;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Where it stands.
    public enum State {
        OPENED,
        /// The platform has said something, and nothing is decided.
        ANSWERED,
        ACCEPTED,
        ACCEPTED_IN_PART,
        REFUSED,
        WITHDRAWN;

        /// Whether it can still become something else.
        public boolean isOpen() {
            return this == OPENED || this == ANSWERED;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What it is about.
    public sealed interface Subject {
        /// These, at most [#MAX_NAMED].
        record Showings(List<ImpressionId> impressions) implements Subject {
            public Showings {
                impressions = List.copyOf(impressions);
            }
        }

        /// All that was billed of what was shown in `[from, to)`, days of this zone.
        record Days(LocalDate from, LocalDate to, ZoneId zone) implements Subject {
            public Instant start() {
                return from.atStartOfDay(zone).toInstant();
            }

            public Instant end() {
                return to.atStartOfDay(zone).toInstant();
            }
        }
    }

    /// What the advertiser counted.
    public record Claimed(OptionalLong impressions, OptionalLong clicks, OptionalLong micros) {}

    /// What the platform counted.
    ///
    /// @param invalid events that no reader sent; they were never billed
    /// @param micros what was billed
    public record Numbers(long impressions, long viewable, long clicks, long billed, long micros, long invalid) {}

    public enum Side {
        ADVERTISER,
        PLATFORM
    }

    /// One thing that was said.
    ///
    /// @param by the id of a person or key
    /// @param became the state after it; empty for a note
    public record Entry(Instant at, String by, Side side, Optional<State> became, String text) {}

    /// Whether the platform is late.
    public boolean isOverdue(Instant now) {
        return state == State.OPENED && now.isAfter(answerDue);
    }

    Dispute with(Entry entry) {
        var more = new ArrayList<>(entries);
        more.add(entry);
        return new Dispute(
                id,
                advertiser,
                campaign,
                reason,
                subject,
                claimed,
                ours,
                currency,
                openedAt,
                answerDue,
                entry.became().orElse(state),
                more);
    }
}
