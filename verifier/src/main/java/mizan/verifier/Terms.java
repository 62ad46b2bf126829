package mizan.verifier;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One sealed version of an advertiser's suitability terms, see docs/formats/receipt.md.
///
/// @param index where it stands in the log
/// @param maxTier rank of the riskiest tier that a neighbour may have
record Terms(
        long index,
        String id,
        long version,
        String advertiser,
        int maxTier,
        Map<String, Integer> maxTierByTopic,
        Set<String> authors,
        Set<String> communities,
        Set<String> languages,
        int before,
        int after) {
    /// On each side of an ad, more than any page has.
    private static final int MOST_NEIGHBOURS = 200;

    /// From best to worst.
    static final List<String> TIERS = List.of("SAFE", "LOW", "MEDIUM", "HIGH", "FLOOR");

    static Terms read(long index, Json json) throws Unreadable {
        var topics = new HashMap<String, Integer>();
        for (var topic : json.get("topics").map().entrySet()) {
            topics.put(topic.getKey(), tier(topic.getValue().text()));
        }
        return new Terms(
                index,
                json.text("terms"),
                json.number("version"),
                json.text("advertiser"),
                tier(json.text("max_tier")),
                Map.copyOf(topics),
                new HashSet<>(json.get("authors").texts()),
                new HashSet<>(json.get("communities").texts()),
                new HashSet<>(json.get("languages").texts()),
                json.count("before", MOST_NEIGHBOURS),
                json.count("after", MOST_NEIGHBOURS));
    }

    static int tier(String name) throws Unreadable {
        int rank = TIERS.indexOf(name);
        if (rank < 0) {
            throw new Unreadable("there is no tier \"" + name + "\"");
        }
        return rank;
    }
}
