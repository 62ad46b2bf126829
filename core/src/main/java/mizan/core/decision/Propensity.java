package mizan.core.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import mizan.core.campaign.AdGroupId;
import mizan.core.prediction.Exploration;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.DecisionRecord;

/// How likely each ad group was to stand on a page, when chance decides between ads that are hardly known:
/// the decision is made again from its record with other draws. It costs nothing when the ad is served.
///
/// With a page of one ad this is the logging propensity of off-policy evaluation (`mizan.core.evaluation`),
/// and, with facts that another policy would have had, what that policy would have done.
///
/// @param shown in how many draws each ad group stood on the page
public record Propensity(Map<AdGroupId, Integer> shown, int draws) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    public Propensity {
        shown = Map.copyOf(shown);
    }

    /// A past decision, with everybody who might have been on its page.
    ///
    /// @param facts as recorded; of those that were not examined, whom other draws may bring in, as they are
    ///     read later
    public record Past(DecisionRecord record, Snapshot snapshot, List<CandidateFacts> facts) {
        public Past {
            facts = List.copyOf(facts);
        }

        /// @param snapshot compiled from the book at the record's revision
        /// @param live with the click model as it stood at the record's `learnedUpTo`, or near it. It is
        ///     asked of those alone who were not examined. They are taken to have had money: nobody lends to
        ///     whom nobody asks for.
        public static Past of(DecisionRecord record, Snapshot snapshot, Live live) {
            var request = Explanation.request(record, snapshot);
            var everybody = Decider.everybody(request, snapshot, record.facts(), live, record.at(), record.seed());
            int examined = record.facts().size();
            var facts = new ArrayList<>(record.facts());
            everybody.subList(examined, everybody.size()).forEach(f -> facts.add(f.affording(Long.MAX_VALUE)));
            return new Past(record, snapshot, facts);
        }
    }

    /// What the engine does.
    public static Propensity of(Past past, int draws) {
        return of(past, UnaryOperator.identity(), draws);
    }

    /// What another policy does.
    ///
    /// @param policy what the facts of each ad group are then, such as draws that scatter more
    /// @param draws at most
    public static Propensity of(Past past, UnaryOperator<CandidateFacts> policy, int draws) {
        var facts = past.facts().stream().map(policy).toList();
        // Without chance, every draw is the same.
        int different = facts.stream().anyMatch(f -> f.draw().happened()) ? draws : 1;
        var shown = new HashMap<AdGroupId, Integer>();
        for (int draw = 0; draw < different; draw++) {
            var drawn = drawn(facts, Hash.mix(past.record().seed() + GOLDEN * (draw + 1)));
            page(past, drawn).winners().forEach(w -> shown.merge(w.adGroup(), 1, Integer::sum));
        }
        return new Propensity(shown, different);
    }

    private static Decision page(Past past, List<CandidateFacts> facts) {
        var record = past.record();
        var request = Explanation.request(record, past.snapshot());
        return Decider.repeat(request, past.snapshot(), facts, Optional.empty(), record.at(), record.seed());
    }

    private static List<CandidateFacts> drawn(List<CandidateFacts> facts, long seed) {
        return facts.stream().map(f -> f.draw().happened() ? drawn(f, seed) : f).toList();
    }

    private static CandidateFacts drawn(CandidateFacts facts, long seed) {
        long own = Hash.mix(seed ^ Hash.of(facts.adGroup().value()));
        double rate = Exploration.draw(facts.clickRatePpm() / 1e6, facts.draw().evidence(), own);
        return facts.drawing(Math.min(Bidder.clickRatePpm(rate), facts.draw().mostRatePpm()), facts.draw());
    }

    /// Never below half a draw: what was shown was not impossible.
    public double of(AdGroupId group) {
        return Math.max(0.5, shown.getOrDefault(group, 0)) / draws;
    }

    /// The share of draws alone: what a policy never does is 0.
    public double share(AdGroupId group) {
        return (double) shown.getOrDefault(group, 0) / draws;
    }
}
