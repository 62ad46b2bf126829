package mizan.server.proof;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Bid;
import mizan.core.campaign.Placement;
import mizan.core.decision.Decision;
import mizan.core.decision.Evidence;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.suitability.Terms;
import mizan.core.suitability.Topic;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes receipts and terms as the canonical text that is sealed: JSON with a fixed order of names, integers only, see
/// `docs/formats/receipt.md`.
///
/// A receipt has what the advertiser needs to hold the page's auction again, and nothing of the reader. Rivals have
/// numbers for names; who wrote a post is behind a commitment, whose opening can be deleted.
final class Receipts {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int KEYWORD = 1;
    private static final int AUTHOR = 2;
    private static final int COMMUNITY = 4;
    private static final int VETO = 8;

    private final Commitments commitments;

    Receipts(Commitments commitments) {
        this.commitments = commitments;
    }

    /// What the receipts of one page have in common: it is found once for all of them, because its ads are charged one
    /// after another.
    ///
    /// @param hash of the decision's bytes in the journal, in hex
    record Page(long decidedAt, DecisionRecord record, String hash, Evidence evidence) {
        /// @param recorded the decision's bytes in the journal
        static Page of(long decidedAt, DecisionRecord record, byte[] recorded, Snapshot snapshot) {
            return new Page(
                    decidedAt, record, Commitments.hex(Commitments.hash(recorded)), Evidence.of(record, snapshot));
        }
    }

    /// @param chargedAt when its charging event came
    Item receipt(Page page, Impression impression, Snapshot snapshot, Instant chargedAt) {
        var record = page.record();
        var evidence = page.evidence();
        var entry = snapshot.entry(impression.adGroup()).orElseThrow();
        var json = NODES.objectNode();
        json.put("v", 1).put("kind", Item.RECEIPT);
        json.put("impression", impression.id().value())
                .put("decision", record.id().value());
        json.put("record", page.hash());
        json.put("served", micros(impression.servedAt()));
        json.put("advertiser", impression.advertiser().value());
        json.put("campaign", impression.campaign().value());
        json.put("ad_group", impression.adGroup().value());
        json.put("ad", impression.ad().value());
        json.put("creative", impression.creative().value());
        json.put("slot", impression.afterPost());
        json.putObject("charge")
                .put("by", impression.chargeBy().name().toLowerCase(Locale.ROOT))
                .put("price", impression.priceMicros())
                .put("currency", impression.currency().getCurrencyCode())
                .put("at", micros(chargedAt))
                .put(
                        "day",
                        LocalDate.ofInstant(
                                        impression.servedAt(),
                                        entry.advertiser().timeZone())
                                .toString())
                .put("lease", impression.lease())
                .put("sequence", impression.sequence());
        var budgets = json.putObject("budgets");
        put(budgets, "campaign_total", entry.campaign().budget().totalMicros());
        put(budgets, "campaign_daily", entry.campaign().budget().dailyMicros());
        put(budgets, "group_total", entry.group().budget().totalMicros());
        put(budgets, "group_daily", entry.group().budget().dailyMicros());
        impression
                .terms()
                .ifPresentOrElse(
                        t -> json.putObject("terms").put("id", t.id().value()).put("version", t.version()),
                        () -> json.putNull("terms"));
        placement(json, evidence);
        session(json, record);
        var openings = posts(json, record, entry, evidence.placement(), impression.afterPost());
        auction(json, record, evidence, impression.adGroup());
        return new Item(
                Item.RECEIPT,
                impression.id().value(),
                impression.advertiser().value(),
                impression.campaign().value(),
                LocalDate.ofInstant(chargedAt, ZoneOffset.UTC).toString(),
                impression.currency().getCurrencyCode(),
                impression.priceMicros(),
                bytes(json),
                openings);
    }

    private static void put(ObjectNode json, String name, OptionalLong limit) {
        if (limit.isPresent()) {
            json.put(name, limit.getAsLong());
        } else {
            json.putNull(name);
        }
    }

    private static void placement(ObjectNode json, Evidence evidence) {
        var placement = evidence.placement();
        var factors = json.putObject("placement")
                .put("id", placement.id().value())
                .put("floor", placement.floorCpmMicros())
                .put("first_slot", placement.firstSlot())
                .put("min_gap", placement.minGap())
                .put("min_gap_seconds", placement.minGapSeconds())
                .put("max_ads", placement.maxAds())
                .put("load", Math.round(placement.adLoad() * 1e6))
                .putArray("factors");
        evidence.factorsPpm().forEach(factors::add);
    }

    private static void session(ObjectNode json, DecisionRecord record) {
        var session = json.putObject("session")
                .put("posts", record.session().posts())
                .put("ads", record.session().ads());
        record.session()
                .last()
                .ifPresentOrElse(
                        last -> session.putObject("last")
                                .put("posts_since", last.postsSince())
                                .put("seconds_since", last.secondsSince()),
                        () -> session.putNull("last"));
    }

    /// Every post of the page, in its order; those that the terms judge beside the ad can be opened.
    private List<Item.Opening> posts(
            ObjectNode json, DecisionRecord record, Snapshot.Entry entry, Placement placement, int slot) {
        var terms = entry.terms();
        int first = slot - terms.map(Terms::before).orElse(1);
        int last = slot + terms.map(Terms::after).orElse(1);
        var raters = new HashMap<String, Integer>();
        var ratersList = NODES.arrayNode();
        var posts = json.putArray("posts");
        var openings = new ArrayList<Item.Opening>();
        for (int i = 0; i < record.posts().size(); i++) {
            var post = record.posts().get(i);
            var salt = commitments.salt();
            var opening = opening(post);
            if (i >= first && i < last) {
                openings.add(new Item.Opening(i + 1, post.id(), salt, opening));
            }
            post(
                    posts.addArray(),
                    post,
                    Commitments.hex(Commitments.of(salt, opening)),
                    listed(post, entry, placement),
                    raters,
                    ratersList);
        }
        json.set("raters", ratersList);
        return openings;
    }

    private static void post(
            ArrayNode json,
            FeedPost post,
            String commitment,
            int listed,
            Map<String, Integer> raters,
            ArrayNode ratersList) {
        var verdict = post.verdict();
        json.add(commitment).add(verdict.map(v -> rank(v.tier())).orElse(-1));
        var topics = json.addArray();
        verdict.ifPresent(v -> v.topics().stream().map(Topic::code).sorted().forEach(topics::add));
        post.language().ifPresentOrElse(json::add, json::addNull);
        json.add(post.seconds()).add(listed);
        verdict.ifPresentOrElse(
                v -> {
                    var rater = v.rater() + " " + v.raterVersion();
                    int number = raters.computeIfAbsent(rater, name -> {
                        ratersList.add(name);
                        return ratersList.size() - 1;
                    });
                    json.add(number).add(micros(v.ratedAt()));
                },
                () -> json.add(-1).add(0));
    }

    @SuppressWarnings("EnumOrdinal") // The order of the tiers is the order of risk, as the format has it.
    private static int rank(mizan.core.suitability.Tier tier) {
        return tier.ordinal();
    }

    /// What of the terms' lists this post is on, and whether its community bars the advertiser.
    private static int listed(FeedPost post, Snapshot.Entry entry, Placement placement) {
        var barred = post.community()
                .filter(c -> placement.vetoes().stream()
                        .anyMatch(v -> v.community().equals(c) && v.bars(entry.advertiser())));
        return (barred.isPresent() ? VETO : 0)
                | entry.terms().map(t -> listed(post, t)).orElse(0);
    }

    private static int listed(FeedPost post, Terms terms) {
        return (post.keywordHits().containsKey(terms.id()) ? KEYWORD : 0)
                | (post.authors().stream().anyMatch(terms.authors()::contains) ? AUTHOR : 0)
                | (post.community().filter(terms.communities()::contains).isPresent() ? COMMUNITY : 0);
    }

    private static byte[] opening(FeedPost post) {
        var json = NODES.objectNode();
        json.put("v", 1).put("kind", "opening").put("id", post.id());
        var authors = json.putArray("authors");
        post.authors().forEach(authors::add);
        post.community().ifPresentOrElse(c -> json.put("community", c), () -> json.putNull("community"));
        return bytes(json.put("words", post.commitment()));
    }

    private static void auction(ObjectNode json, DecisionRecord record, Evidence evidence, AdGroupId billed) {
        var numbers = new Numbers();
        var bidders = NODES.arrayNode();
        var places = new HashMap<AdGroupId, Integer>();
        for (var one : evidence.bidders()) {
            places.put(one.group(), bidders.size());
            bidders.addArray()
                    .add(rank(one.tier()))
                    .add(one.valueMicros())
                    .add(one.costMicros())
                    .add(numbers.of(numbers.advertisers, one.advertiser().value()))
                    .add(numbers.of(numbers.industries, one.industry()))
                    .add(numbers.of(numbers.slots, hex(one.slots())));
        }
        int own = places.getOrDefault(billed, -1);
        bid(json, evidence.bidders().get(own));
        json.set("bidders", bidders);
        var slots = json.putArray("slots");
        numbers.slots.keySet().forEach(slots::add);
        json.put("own", own);
        var shown = record.impressions().stream().map(Impression::adGroup).collect(Collectors.toSet());
        var winners = json.putArray("winners");
        for (Decision.Winner winner : evidence.winners()) {
            winners.addArray()
                    .add(places.getOrDefault(winner.adGroup(), -1))
                    .add(winner.afterPost())
                    .add(shown.contains(winner.adGroup()));
        }
        record.stopped()
                .ifPresentOrElse(
                        s -> json.putArray("stopped").add(rank(s.tier())).add(s.boundMicros()),
                        () -> json.putNull("stopped"));
        var refused = json.putObject("refused");
        new TreeMap<>(evidence.refused()).forEach(refused::put);
        json.put("exact", evidence.exact());
    }

    /// Numbers for names, in the order of their first appearance.
    private static final class Numbers {
        final Map<String, Integer> advertisers = new java.util.LinkedHashMap<>();
        final Map<String, Integer> industries = new java.util.LinkedHashMap<>();
        final Map<String, Integer> slots = new java.util.LinkedHashMap<>();

        int of(Map<String, Integer> numbers, String name) {
            return numbers.computeIfAbsent(name, _ -> numbers.size());
        }
    }

    private static void bid(ObjectNode json, Evidence.Competitor own) {
        json.putObject("bid")
                .put("amount", own.bid().amountMicros())
                .put("pace", own.facts().multiplierPpm())
                .put("first_price", own.bid().pricing() == Bid.Pricing.FIRST_PRICE)
                .put("rate", own.facts().clickRatePpm())
                .put("sampled", own.facts().sampledRatePpm());
    }

    @SuppressWarnings("EnumOrdinal") // The order of the tiers is their rank, as the format has it.
    private static int rank(mizan.core.campaign.DemandTier tier) {
        return tier.ordinal();
    }

    private static String hex(java.util.BitSet slots) {
        var digits = new StringBuilder();
        var words = slots.toLongArray();
        for (int i = words.length - 1; i >= 0; i--) {
            digits.append(digits.isEmpty() ? Long.toHexString(words[i]) : String.format("%016x", words[i]));
        }
        return digits.isEmpty() ? "0" : digits.toString();
    }

    /// One version of an advertiser's terms.
    static Item terms(Terms terms) {
        var json = NODES.objectNode();
        json.put("v", 1).put("kind", Item.TERMS);
        json.put("terms", terms.id().value()).put("version", terms.version());
        json.put("advertiser", terms.advertiser().value()).put("name", terms.name());
        json.put("max_tier", terms.maxTier().name());
        var topics = json.putObject("topics");
        var byTopic = new TreeMap<String, String>();
        terms.maxTierByTopic().forEach((topic, tier) -> byTopic.put(topic.code(), tier.name()));
        byTopic.forEach(topics::put);
        texts(json.putArray("keywords"), terms.keywords());
        texts(json.putArray("authors"), terms.authors());
        texts(json.putArray("communities"), terms.communities());
        texts(json.putArray("languages"), terms.languages());
        json.put("before", terms.before()).put("after", terms.after());
        json.put("signed_by", terms.signedBy()).put("signed_at", micros(terms.signedAt()));
        return new Item(Item.TERMS, termsId(terms), terms.advertiser().value(), "", "", "", 0, bytes(json), List.of());
    }

    static String termsId(Terms terms) {
        return terms.id().value() + "/" + terms.version();
    }

    private static void texts(ArrayNode json, java.util.Collection<String> texts) {
        texts.stream().sorted().forEach(json::add);
    }

    /// How many impressions of a campaign were billed on a day (UTC), and what they cost.
    static Item statement(ProofStore.DayTotal total) {
        var json = NODES.objectNode();
        json.put("v", 1).put("kind", Item.STATEMENT);
        json.put("advertiser", total.advertiser()).put("campaign", total.campaign());
        json.put("day", total.day()).put("currency", total.currency());
        json.put("receipts", total.receipts()).put("micros", total.micros());
        return new Item(
                Item.STATEMENT,
                total.campaign() + "/" + total.day(),
                total.advertiser(),
                total.campaign(),
                total.day(),
                total.currency(),
                0,
                bytes(json),
                List.of());
    }

    static byte[] bytes(ObjectNode json) {
        return JSON.writeValueAsBytes(json);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
