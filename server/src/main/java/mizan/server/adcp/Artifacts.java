package mizan.server.adcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mizan.core.campaign.Campaign;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.Fact;
import mizan.server.accounting.ImpressionState;
import mizan.server.findings.Finding;
import mizan.server.findings.FindingsStore;
import mizan.server.serve.FactCodec;
import tools.jackson.databind.node.ObjectNode;

/// What stood next to the ads of a media buy: the posts above and below each showing that was billed, from the same
/// records that receipts are made of.
final class Artifacts {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST = 10_000;

    private Artifacts() {}

    /// One post beside one showing.
    ///
    /// @param side `above` or `below`
    private record Neighbour(ImpressionState shown, FeedPost post, String side) {
        String id() {
            return shown.impression().id().value() + "-" + side;
        }
    }

    static ObjectNode list(Sale sale) {
        var asked = sale.asked;
        var wanted = asked.text("media_buy_id");
        var campaign = Accounts.some(sale).stream()
                .flatMap(a -> MediaBuys.campaigns(sale, a).stream())
                .filter(c -> c.id().value().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new AdcpError("MEDIA_BUY_NOT_FOUND", "no such media buy", "media_buy_id"));
        var range = asked.object("time_range");
        var to = range.flatMap(r -> r.time("end", sale.now())).orElse(sale.now());
        var from = range.flatMap(r -> r.time("start", sale.now())).orElse(to.minus(LONGEST));
        var packages = asked.texts("package_ids");
        boolean failures = asked.flag("failures_only").orElse(false);
        var late = late(sale, campaign);
        var charged = sale.engine().reports().charged(campaign.id().value(), from, to, MOST);
        var neighbours = new ArrayList<Neighbour>();
        for (var shown : charged) {
            boolean named = packages.isEmpty()
                    || packages.contains(shown.impression().adGroup().value());
            if (named && (!failures || late.containsKey(shown.impression().id()))) {
                neighbours.addAll(neighbours(sale, shown));
            }
        }
        neighbours.sort(java.util.Comparator.comparing(Neighbour::id));
        var page = Pages.of(asked, neighbours, Neighbour::id);
        var answer = Sale.node().put("media_buy_id", wanted);
        var list = answer.putArray("artifacts");
        page.items()
                .forEach(n -> describe(
                        sale,
                        list.addObject(),
                        n,
                        n.post().id().equals(late.get(n.shown().impression().id()))));
        answer.putObject("collection_info")
                .put("total_deliveries", charged.size())
                .put("total_collected", charged.size())
                .put("returned_count", page.items().size())
                .put("effective_rate", 1.0);
        page.write(answer);
        return answer;
    }

    /// The post that was found later to break the terms, by the showing that it stood beside.
    private static Map<ImpressionId, String> late(Sale sale, Campaign campaign) {
        var advertiser = Optional.of(campaign.advertiser().value());
        return sale.engine().findings().newest(advertiser, Long.MAX_VALUE, MOST).stream()
                .map(FindingsStore.Numbered::finding)
                .filter(f -> f.campaign().equals(campaign.id()))
                .collect(Collectors.toMap(Finding::impression, f -> f.breach().postId(), (first, _) -> first));
    }

    private static List<Neighbour> neighbours(Sale sale, ImpressionState shown) {
        var found = new ArrayList<Neighbour>();
        record(sale, shown).ifPresent(record -> {
            int below = shown.impression().afterPost();
            found.add(new Neighbour(shown, record.posts().get(below - 1), "above"));
            if (below < record.posts().size()) {
                found.add(new Neighbour(shown, record.posts().get(below), "below"));
            }
        });
        return found;
    }

    private static Optional<DecisionRecord> record(Sale sale, ImpressionState shown) {
        return sale.engine()
                .journal()
                .at(shown.decidedAt())
                .flatMap(FactCodec::decision)
                .map(Fact.Decided::record);
    }

    /// @param late whether it was found after the showing that a neighbour breaks the terms
    private static void describe(Sale sale, ObjectNode json, Neighbour neighbour, boolean late) {
        var impression = neighbour.shown().impression();
        json.put("record_id", neighbour.id())
                .put("timestamp", impression.servedAt().toString())
                .put("package_id", impression.adGroup().value())
                .put("channel", "social");
        var post = neighbour.post();
        var artifact = json.putObject("artifact")
                .put("property_rid", Products.domain(sale))
                .put("artifact_id", post.id());
        var assets = artifact.putArray("assets");
        // The words as they were: an edit is another version, and an author may have erased them.
        sale.engine()
                .posts()
                .find(post.id())
                .filter(p ->
                        p.commitment().equals(post.commitment()) && !p.text().isEmpty())
                .ifPresent(p -> assets.addObject()
                        .put("type", "text")
                        .put("role", "paragraph")
                        .put("content", p.text()));
        var verdict = post.verdict().isEmpty() ? "unevaluated" : late ? "fail" : "pass";
        json.put("local_verdict", verdict);
    }
}
