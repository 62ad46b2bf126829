package mizan.server.api;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import mizan.core.decision.Explanation;
import mizan.core.decision.Outcome;
import mizan.core.decision.Snapshot;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.server.accounting.Fact;
import mizan.server.app.Engine;
import mizan.server.serve.Answered;
import mizan.server.serve.FactCodec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finds decisions again and says what became of every ad group in them.
public final class Explanations {
    private static final int PLACES = 1 << 17;
    /// Where decisions stand in the journal, each at the place that its id's hash says, over an older one: a few bytes
    /// each, and whoever asks sees by the record whether it is the one.
    private final AtomicLongArray recent = new AtomicLongArray(PLACES);

    /// Where it stands in the journal: the record itself is too large to be kept.
    void remember(Answered answered) {
        recent.set(place(answered.record().id()), answered.position());
    }

    private static int place(DecisionId id) {
        int hash = id.hashCode() * 0x9E37_79B9; // 2^32 over the golden ratio: its first bits depend on all
        return hash >>> (Integer.numberOfLeadingZeros(PLACES) + 1);
    }

    /// Of a recent decision the place in the journal is known; for an older one the journal is read through.
    public Optional<DecisionRecord> find(Engine engine, DecisionId id) {
        // Whatever was answered is made durable now if it is not yet.
        engine.journal().flush();
        var known = engine.journal()
                .at(recent.get(place(id)))
                .flatMap(FactCodec::decision)
                .map(Fact.Decided::record)
                .filter(record -> record.id().equals(id));
        if (known.isPresent()) {
            return known;
        }
        var found = new AtomicReference<Optional<DecisionRecord>>(Optional.empty());
        engine.journal().read(0, entry -> {
            found.set(FactCodec.decision(entry)
                    .map(Fact.Decided::record)
                    .filter(record -> record.id().equals(id)));
            return found.get().isEmpty();
        });
        return found.get();
    }

    /// One entry for each ad group of the book, winners first.
    public static ArrayNode json(DecisionRecord record, Snapshot snapshot) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var explained : Explanation.of(record, snapshot)) {
            var one = list.addObject();
            one.put("ad_group", explained.entry().group().id().value());
            one.put("advertiser", explained.entry().advertiser().name().in("en"));
            one.put("outcome", explained.outcome().code());
            numbers(one, explained.outcome());
        }
        return list;
    }

    private static void numbers(ObjectNode one, Outcome outcome) {
        switch (outcome) {
            case Outcome.Won won -> {
                one.put("after_post", won.afterPost())
                        .put("price_micros", won.priceMicros())
                        .put("value_micros", won.valueMicros())
                        .put("bound_micros", won.boundMicros())
                        .put("sum_micros", won.sumMicros())
                        .put("sum_without_micros", won.sumWithoutMicros());
                var displaced = one.putArray("displaced");
                won.displaced().forEach(g -> displaced.add(g.value()));
            }
            case Outcome.NotTargeted(String criterion) -> one.put("criterion", criterion);
            case Outcome.NotServable(String reason) -> one.put("reason", reason);
            case Outcome.OutsideFlight(var start, var end) -> {
                one.put("start", start.toString());
                end.ifPresent(e -> one.put("end", e.toString()));
            }
            case Outcome.BudgetSpent(String limit, long available, long needed) ->
                one.put("limit", limit).put("available_micros", available).put("needed_micros", needed);
            case Outcome.FrequencyCapped(String level, int shown, int max, var window) ->
                one.put("level", level).put("shown", shown).put("max", max).put("window", window.toString());
            case Outcome.PacedOut(double multiplier) -> one.put("multiplier", multiplier);
            case Outcome.NoConsent() -> one.put("needs", "interests");
            case Outcome.HiddenByViewer(String what) -> one.put("hidden", what);
            case Outcome.RefusedBySeller(String what) -> one.put("refused", what);
            case Outcome.Excluded(var breach) ->
                one.put("after_post", breach.afterPost())
                        .put("neighbour", breach.postId())
                        .put("detail", breach.detail());
            case Outcome.BelowFloor(long value, long floor) ->
                one.put("value_micros", value).put("floor_micros", floor);
            case Outcome.Separated(var winner, String by) -> {
                winner.ifPresentOrElse(w -> one.put("winner", w.value()), () -> one.put("winner_on", "page_before"));
                one.put("by", by);
            }
            case Outcome.Outranked(long value, long winning, boolean examined) ->
                one.put(examined ? "value_micros" : "value_at_most_micros", value)
                        .put("winning_micros", winning);
            case Outcome.NoRoom(int posts) -> one.put("posts", posts);
            case Outcome.HeldOut(var afterPost) -> {
                one.put("holdout", true);
                afterPost.ifPresent(slot -> one.put("would_stand_after_post", slot));
            }
            case Outcome.LostHold() -> one.put("reason", "another feed took the last of its money");
        }
    }
}
