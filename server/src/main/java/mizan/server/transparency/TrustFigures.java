package mizan.server.transparency;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mizan.core.transparency.Rate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the trust page says.
///
/// @param at when it was counted
/// @param from the first day (UTC), and `to` the first that is not counted
/// @param load how many ads there were among posts
/// @param drops how often an ad group did not win a page, by the code of the reason
/// @param violations ads beside a post that their terms excluded when the page was filled, of those judged in the same
///     sample: 0, or a bug
/// @param foundLater ads beside a post that turned bad later, of all that were placed
/// @param invalid events that no reader sent, of all that were reported
/// @param credits what was given back, in micros by currency
/// @param money whether every budget was kept
public record TrustFigures(
        Instant at,
        LocalDate from,
        LocalDate to,
        Load load,
        Map<String, Long> drops,
        Rate violations,
        Rate foundLater,
        Rate invalid,
        Map<String, Long> credits,
        Money money,
        Optional<Seal> seal) {
    public TrustFigures {
        drops = Map.copyOf(drops);
        credits = Map.copyOf(credits);
    }

    /// Of a sample of the pages of the last seven days, as far as they are in the period; each page is as likely to be
    /// in it as any other.
    public record Load(long pages, long posts, long ads) {
        /// Ads for a hundred posts; 0 without any.
        public double ofHundredPosts() {
            return posts == 0 ? 0 : 100.0 * ads / posts;
        }
    }

    /// @param overspendMicros the most by which any budget was passed: 0
    /// @param holds whether the ledger's sums are right too
    public record Money(long overspendMicros, boolean holds) {}

    /// @param log its name
    /// @param size entries under the newest checkpoint
    /// @param witnesses names of those that cosigned it
    /// @param stopped whether nothing is sealed any more
    public record Seal(String log, long size, String root, List<String> witnesses, boolean stopped) {
        public Seal {
            witnesses = List.copyOf(witnesses);
        }
    }

    /// As programs read it.
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("at", at.toString()).put("from", from.toString()).put("to", to.toString());
        json.putObject("ad_load")
                .put("pages_sampled", load.pages())
                .put("posts", load.posts())
                .put("ads", load.ads())
                .put("ads_per_100_posts", load.ofHundredPosts());
        var reasons = json.putObject("not_shown");
        new TreeMap<>(drops).forEach(reasons::put);
        rate(json.putObject("adjacency_violations"), violations);
        rate(json.putObject("found_later"), foundLater);
        rate(json.putObject("invalid_traffic"), invalid);
        var given = json.putObject("credits_micros");
        new TreeMap<>(credits).forEach(given::put);
        json.put("overspend_micros", money.overspendMicros()).put("ledger_holds", money.holds());
        seal.ifPresentOrElse(
                s -> {
                    var sealed = json.putObject("seal");
                    sealed.put("log", s.log()).put("size", s.size()).put("root", s.root());
                    var names = sealed.putArray("witnesses");
                    s.witnesses().forEach(names::add);
                    sealed.put("stopped", s.stopped());
                },
                () -> json.putNull("seal"));
        return json;
    }

    /// With the bounds between which the truth lies in 95 of 100 cases.
    private static void rate(ObjectNode json, Rate rate) {
        json.put("found", rate.hits()).put("of", rate.trials()).put("share", rate.share());
        json.put("low", rate.low()).put("high", rate.high());
    }
}
