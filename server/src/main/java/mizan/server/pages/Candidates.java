package mizan.server.pages;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import mizan.core.decision.Explanation;
import mizan.core.decision.Outcome;
import mizan.core.decision.Snapshot;
import mizan.core.receipt.DecisionRecord;
import mizan.server.console.page.Feed;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;

/// Every ad group that could have stood in one slot, and what became of it, in the reader's words.
final class Candidates {
    /// A page shows this many; all of them are in the API's answer.
    static final int SHOWN = 16;

    private final DecisionRecord record;
    private final Snapshot snapshot;
    private final Words words;
    private final Lang lang;

    Candidates(DecisionRecord record, Snapshot snapshot, Words words) {
        this.record = record;
        this.snapshot = snapshot;
        this.words = words;
        this.lang = words.lang();
    }

    /// The winner, then the others that were worth something, most first, then those that dropped out before;
    /// whoever won another slot of the page is left out.
    List<Feed.Candidate> of(int afterPost) {
        return Explanation.of(record, snapshot).stream()
                .filter(e -> !(e.outcome() instanceof Outcome.Won won) || won.afterPost() == afterPost)
                .sorted(Comparator.comparingInt((Explanation.Explained e) -> rank(e.outcome()))
                        .thenComparing(Comparator.comparingLong((Explanation.Explained e) -> value(e.outcome())
                                        .orElse(e.entry().group().bid().amountMicros()))
                                .reversed()))
                .map(this::candidate)
                .toList();
    }

    private static int rank(Outcome outcome) {
        if (outcome instanceof Outcome.Won) {
            return 0;
        }
        return value(outcome).isPresent() || outcome instanceof Outcome.Excluded ? 1 : 2;
    }

    private Feed.Candidate candidate(Explanation.Explained explained) {
        var entry = explained.entry();
        var outcome = explained.outcome();
        return new Feed.Candidate(
                entry.advertiser().name().in(lang.tag()),
                entry.ads().isEmpty() ? "" : entry.ads().getFirst().id().value(),
                Reading.bid(entry.group().bid()),
                value(outcome),
                mizan.server.console.page.Outcome.valueOf(outcome.code().toUpperCase(Locale.ROOT)),
                detail(outcome),
                fact(outcome),
                outcome instanceof Outcome.Won won ? OptionalLong.of(won.priceMicros() * 1_000) : OptionalLong.empty());
    }

    private static OptionalLong value(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Won won -> OptionalLong.of(won.valueMicros());
            case Outcome.Outranked outranked -> OptionalLong.of(outranked.valueMicros());
            case Outcome.BelowFloor below -> OptionalLong.of(below.valueMicros());
            case Outcome.NotTargeted _,
                    Outcome.NotServable _,
                    Outcome.OutsideFlight _,
                    Outcome.BudgetSpent _,
                    Outcome.FrequencyCapped _,
                    Outcome.PacedOut _,
                    Outcome.NoConsent _,
                    Outcome.HiddenByViewer _,
                    Outcome.RefusedBySeller _,
                    Outcome.Excluded _,
                    Outcome.Separated _,
                    Outcome.NoRoom _,
                    Outcome.HeldOut _,
                    Outcome.LostHold _ -> OptionalLong.empty();
        };
    }

    /// The code that makes an outcome precise.
    private static String detail(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotTargeted(String criterion) -> criterion;
            case Outcome.NotServable(String reason) -> reason;
            case Outcome.BudgetSpent(String limit, long _, long _) -> limit.replace('.', '_');
            case Outcome.Outranked(long _, long _, boolean examined) -> examined ? "" : "at_most";
            case Outcome.HeldOut(var afterPost) -> afterPost.isPresent() ? "ghost" : "";
            case Outcome.Won _,
                    Outcome.OutsideFlight _,
                    Outcome.FrequencyCapped _,
                    Outcome.PacedOut _,
                    Outcome.NoConsent _,
                    Outcome.HiddenByViewer _,
                    Outcome.RefusedBySeller _,
                    Outcome.Excluded _,
                    Outcome.BelowFloor _,
                    Outcome.Separated _,
                    Outcome.NoRoom _,
                    Outcome.LostHold _ -> "";
        };
    }

    /// The number or the word behind an outcome.
    private String fact(Outcome outcome) {
        var figures = words.figures();
        return switch (outcome) {
            case Outcome.Excluded excluded -> breach(excluded);
            case Outcome.BudgetSpent(String _, long available, long needed) ->
                words.text("fact.budget", figures.exact(available), figures.exact(needed));
            case Outcome.FrequencyCapped capped -> words.text("fact.seen", capped.shown(), capped.max());
            case Outcome.PacedOut(double multiplier) -> words.text("fact.pace", figures.percent(multiplier, 0));
            case Outcome.BelowFloor below -> words.text("fact.floor", figures.cents(below.floorMicros()));
            case Outcome.Separated separated ->
                separated
                        .winner()
                        .flatMap(snapshot::entry)
                        .map(e -> e.advertiser().name().in(lang.tag()))
                        .orElse("");
            case Outcome.Won _,
                    Outcome.NotTargeted _,
                    Outcome.NotServable _,
                    Outcome.OutsideFlight _,
                    Outcome.NoConsent _,
                    Outcome.HiddenByViewer _,
                    Outcome.RefusedBySeller _,
                    Outcome.Outranked _,
                    Outcome.NoRoom _,
                    Outcome.HeldOut _,
                    Outcome.LostHold _ -> "";
        };
    }

    /// Topics and tiers are codes with words of their own; words, authors and the like are data.
    private String breach(Outcome.Excluded excluded) {
        var detail = excluded.breach().detail();
        return switch (excluded.breach().rule()) {
            case EXCLUDED_TOPIC -> words.has("topic." + detail) ? words.text("topic." + detail) : detail;
            case EXCLUDED_TIER -> words.has("risk." + detail) ? words.text("risk." + detail) : detail;
            case UNRATED_NEIGHBOUR -> "";
            case EXCLUDED_AUTHOR, EXCLUDED_COMMUNITY, EXCLUDED_LANGUAGE, EXCLUDED_KEYWORD, COMMUNITY_VETO -> detail;
        };
    }
}
