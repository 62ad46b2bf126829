package mizan.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The receipt of one billed impression, see docs/formats/receipt.md.
///
/// @param index where it stands in the log
/// @param slot the position, from 1, of the post above the ad
/// @param own which of the bidders was billed
record Receipt(
        long index,
        String impression,
        String advertiser,
        String campaign,
        String adGroup,
        String ad,
        int slot,
        Charge charge,
        Budgets budgets,
        Optional<TermsVersion> terms,
        Placement placement,
        Session session,
        List<Post> posts,
        Bid bid,
        List<Bidder> bidders,
        List<long[]> slots,
        int own,
        List<Winner> winners,
        Optional<Stopped> stopped,
        boolean exact) {
    private static final int MOST_POSTS = 200;
    private static final int MOST_ADS = 20;
    private static final int MOST_GAP = 100;
    private static final int MOST_GAP_SECONDS = 3_600;
    private static final long MILLIONTHS = 1_000_000;
    /// Of 1,000 renders, in micros.
    static final long MOST_VALUE = 100_000_000_000L;

    /// @param at microseconds since 1970 of the event that was charged
    /// @param day the advertiser's day, which its daily budget counts
    /// @param lease the amount taken from the budget that it was charged to, and `sequence` its number within
    record Charge(By by, long price, String currency, long at, String day, long lease, long sequence) {}

    enum By {
        IMPRESSION,
        VIEWABLE_IMPRESSION,
        CLICK
    }

    record Budgets(
            OptionalLong campaignTotal, OptionalLong campaignDaily, OptionalLong groupTotal, OptionalLong groupDaily) {}

    record TermsVersion(String id, long version) {}

    /// @param load ads a post, in millionths
    /// @param factors how likely the n-th ad is seen relative to the first, in millionths, never rising
    record Placement(
            long floor, int firstSlot, int minGap, int minGapSeconds, int maxAds, long load, List<Long> factors) {}

    /// @param last the ad seen before the page, if there was one
    record Session(int posts, int ads, Optional<Last> last) {}

    record Last(int postsSince, int secondsSince) {}

    /// @param commitment hides who wrote the post; its opening tells
    /// @param tier rank, or -1 when nobody rated it
    /// @param listed what of the terms' lists it is said to be on: 1 a keyword, 2 an author, 4 a community; 8 when
    ///     its community bars the advertiser
    record Post(String commitment, int tier, List<String> topics, Optional<String> language, int seconds, int listed) {
        static final int KEYWORD = 1;
        static final int AUTHOR = 2;
        static final int COMMUNITY = 4;
        static final int VETO = 8;

        boolean vetoed() {
            return (listed & VETO) != 0;
        }
    }

    /// @param pace what the bid was shaded by, in millionths
    /// @param rate expected clicks in a million renders, and the draw that it was ranked by
    record Bid(long amount, long pace, boolean firstPrice, long rate, long sampled) {}

    /// An ad of the page's auction. Others than the billed one have numbers for names.
    ///
    /// @param tier 0 to 4; those before come first whatever the price
    /// @param value of 1,000 renders in the first position, in micros
    /// @param cost what those cost the reader
    record Bidder(int tier, long value, long cost, int advertiser, int industry, int slots) {}

    record Winner(int bidder, int slot, boolean funded) {}

    record Stopped(int tier, long bound) {}

    static Receipt read(long index, Json json) throws Unreadable {
        var charge = json.get("charge");
        var budgets = json.get("budgets");
        return new Receipt(
                index,
                json.text("impression"),
                json.text("advertiser"),
                json.text("campaign"),
                json.text("ad_group"),
                json.text("ad"),
                json.count("slot"),
                new Charge(
                        by(charge.text("by")),
                        charge.get("price").number(0, MOST_VALUE),
                        charge.text("currency"),
                        charge.get("at").number(0, Movement.LATEST),
                        charge.text("day"),
                        charge.get("lease").number(0, Long.MAX_VALUE - 1),
                        charge.get("sequence").number(0, Long.MAX_VALUE)),
                new Budgets(
                        budgets.limit("campaign_total"),
                        budgets.limit("campaign_daily"),
                        budgets.limit("group_total"),
                        budgets.limit("group_daily")),
                terms(json),
                placement(json.get("placement")),
                session(json.get("session")),
                posts(json.get("posts")),
                bid(json.get("bid")),
                bidders(json.get("bidders")),
                slots(json.get("slots")),
                json.count("own"),
                winners(json.get("winners")),
                stopped(json),
                json.get("exact").flag());
    }

    private static By by(String text) throws Unreadable {
        return switch (text) {
            case "impression" -> By.IMPRESSION;
            case "viewable_impression" -> By.VIEWABLE_IMPRESSION;
            case "click" -> By.CLICK;
            default -> throw new Unreadable("nothing is charged by \"" + text + "\"");
        };
    }

    private static Optional<TermsVersion> terms(Json json) throws Unreadable {
        var terms = json.present("terms");
        return terms.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TermsVersion(terms.get().text("id"), terms.get().number("version")));
    }

    private static Placement placement(Json json) throws Unreadable {
        var factors = new ArrayList<Long>();
        for (var factor : json.get("factors").list()) {
            factors.add(factor.number());
        }
        for (int n = 0; n < factors.size(); n++) {
            if (factors.get(n) < 1 || factors.get(n) > (n == 0 ? 1_000_000 : factors.get(n - 1))) {
                throw new Unreadable("position factors lie above 0 and never rise");
            }
        }
        return new Placement(
                json.get("floor").number(0, MOST_VALUE),
                json.count("first_slot", MOST_GAP),
                (int) json.get("min_gap").number(1, MOST_GAP),
                json.count("min_gap_seconds", MOST_GAP_SECONDS),
                json.count("max_ads", MOST_ADS),
                json.get("load").number(0, MILLIONTHS),
                List.copyOf(factors));
    }

    private static Session session(Json json) throws Unreadable {
        var last = json.present("last");
        return new Session(
                json.count("posts"),
                json.count("ads"),
                last.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Last(
                                last.get().count("posts_since"), last.get().count("seconds_since"))));
    }

    private static List<Post> posts(Json json) throws Unreadable {
        if (json.list().size() > MOST_POSTS) {
            throw new Unreadable("a page has at most " + MOST_POSTS + " posts");
        }
        var posts = new ArrayList<Post>();
        for (var post : json.list()) {
            var language = post.at(3);
            posts.add(new Post(
                    post.at(0).text(),
                    (int) post.at(1).number(-1, Terms.TIERS.size() - 1),
                    post.at(2).texts(),
                    language.isNull() ? Optional.empty() : Optional.of(language.text()),
                    post.at(4).count(),
                    post.at(5).count()));
        }
        return List.copyOf(posts);
    }

    private static Bid bid(Json json) throws Unreadable {
        return new Bid(
                json.get("amount").number(0, MOST_VALUE),
                json.get("pace").number(0, 10 * MILLIONTHS),
                json.get("first_price").flag(),
                json.get("rate").number(0, MILLIONTHS),
                json.get("sampled").number(0, MILLIONTHS));
    }

    private static List<Bidder> bidders(Json json) throws Unreadable {
        var bidders = new ArrayList<Bidder>();
        for (var one : json.list()) {
            int tier = one.at(0).count();
            if (tier > 4) {
                throw new Unreadable("there are five tiers of demand");
            }
            bidders.add(new Bidder(
                    tier,
                    one.at(1).number(0, MOST_VALUE),
                    one.at(2).number(0, MOST_VALUE),
                    one.at(3).count(),
                    one.at(4).count(),
                    one.at(5).count()));
        }
        return List.copyOf(bidders);
    }

    /// Sets of slots as bits in hexadecimal, the lowest slot last.
    private static List<long[]> slots(Json json) throws Unreadable {
        var sets = new ArrayList<long[]>();
        for (var set : json.texts()) {
            if (set.isEmpty() || set.length() > 64) {
                throw new Unreadable("not a set of slots: " + Hashes.shortened(set));
            }
            var bits = new long[4];
            for (int i = 0; i < set.length(); i++) {
                int digit = "0123456789abcdef".indexOf(set.charAt(i));
                if (digit < 0) {
                    throw new Unreadable("not a set of slots: " + Hashes.shortened(set));
                }
                int place = set.length() - 1 - i;
                bits[place / 16] |= (long) digit << (4 * (place % 16));
            }
            sets.add(bits);
        }
        return List.copyOf(sets);
    }

    private static List<Winner> winners(Json json) throws Unreadable {
        var winners = new ArrayList<Winner>();
        for (var one : json.list()) {
            winners.add(
                    new Winner(one.at(0).count(), one.at(1).count(), one.at(2).flag()));
        }
        return List.copyOf(winners);
    }

    private static Optional<Stopped> stopped(Json json) throws Unreadable {
        var stopped = json.present("stopped");
        return stopped.isEmpty()
                ? Optional.empty()
                : Optional.of(new Stopped(
                        stopped.get().at(0).count(),
                        // Nobody is worth more than that.
                        Math.min(MOST_VALUE, stopped.get().at(1).number(0, Long.MAX_VALUE))));
    }

    /// Whether a set of slots holds one.
    static boolean contains(long[] set, int slot) {
        return slot >= 0 && slot < 64 * set.length && (set[slot / 64] >>> (slot % 64) & 1) == 1;
    }
}
