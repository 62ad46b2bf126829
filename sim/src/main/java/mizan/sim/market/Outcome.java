package mizan.sim.market;

import java.util.List;
import java.util.Map;

/// What came of a simulated market.
///
/// @param hash SHA-256 over every ad shown and every event, in order: equal for equal scenarios
/// @param fill ads shown, over the slots that the pages had room for
/// @param empty slots that stayed empty, by reason
/// @param losses how often campaigns lost, by reason
/// @param breaches ads beside a post that their terms exclude as it was rated; the promise is 0
/// @param escapes ads beside a post that was in truth about violence or crime, though their terms exclude it, as a
///     share of the ads with terms
/// @param overspentMicros by how much any budget was passed; the promise is 0
public record Outcome(
        Scenario scenario,
        String hash,
        long feeds,
        long ads,
        double fill,
        Map<String, Long> empty,
        Map<String, Long> losses,
        long breaches,
        double escapes,
        long overspentMicros,
        boolean ledgerHolds,
        Clicks clicks,
        Revenue revenue,
        List<Hour> hours,
        List<CampaignOutcome> campaigns) {
    /// @param normalisedEntropy log loss of the prediction over that of a constant; below 1 is better
    /// @param oracleEntropy the same for the true probabilities: nothing can do better
    /// @param calibration predicted over real clicks
    /// @param free clicks on ads paid by the click that were not charged, over those that were
    public record Clicks(
            long clicks,
            double normalisedEntropy,
            double oracleEntropy,
            double calibration,
            long invalid,
            double free) {}

    /// What the shown ads were worth a render, in micros, by three rules of price on the same bids and the same
    /// arrangement. Bidders who paid their bid would bid less; these are not forecasts.
    ///
    /// @param vcg as charged
    /// @param first each pays its paced bid
    /// @param next each pays what the next one in value bids, neighbours ignored
    public record Revenue(long vcg, long first, long next) {}

    /// One hour of all campaigns.
    public record Hour(long feeds, long ads, Map<String, Long> empty, Revenue revenue) {}

    /// One campaign on the last day, by five minutes.
    ///
    /// @param spent held and settled since midnight, in micros
    /// @param plan what should have been spent, were the traffic known
    /// @param multiplier of its bids
    public record CampaignOutcome(
            String name,
            String preset,
            boolean byClick,
            long budgetMicros,
            List<Long> spent,
            List<Double> plan,
            List<Double> multiplier,
            double planMad,
            double use,
            boolean bound,
            long servedWhilePaused) {}
}
