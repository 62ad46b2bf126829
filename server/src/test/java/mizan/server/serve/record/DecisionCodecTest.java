package mizan.server.serve.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.PlacementId;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Offer;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.identity.SortableId;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Draw;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Ghost;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.Stopped;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import org.junit.jupiter.api.Test;

/// Decisions are read for years: what was written must be read the same, and the bytes must not drift.
class DecisionCodecTest {
    private static final String GOLDEN = "/mizan/server/serve/record/decision-7.hex";
    private static final int SEEDS = 300;

    @Test
    void givenARandomRecord_whenWrittenAndRead_thenItIsTheSameAndSoAreItsBytes() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var record = new Records(seed).record();
            var bytes = DecisionCodec.write(record);
            assertEquals(record, DecisionCodec.read(bytes), "seed " + seed);
            assertArrayEquals(bytes, DecisionCodec.write(DecisionCodec.read(bytes)), "seed " + seed);
        }
    }

    /// A reader of a feed names their posts and themselves, and may look for texts that fall into one place.
    @Test
    void givenThousandsOfTextsWithOneHash_whenWrittenAndRead_thenItIsTheSame() {
        var texts = new HashSet<>(Set.of(""));
        for (int doubled = 0; doubled < 12; doubled++) {
            var longer = new HashSet<String>();
            texts.forEach(text -> longer.addAll(List.of(text + "Aa", text + "BB")));
            texts.clear();
            texts.addAll(longer);
        }
        assertEquals(1, texts.stream().map(String::hashCode).distinct().count());
        var like = golden();
        var first = like.posts().getFirst();
        var post = new FeedPost(
                first.id(),
                List.copyOf(texts),
                first.language(),
                first.community(),
                texts,
                first.verdict(),
                first.keywordHits(),
                texts,
                first.commitment(),
                first.seconds());
        var record = new DecisionRecord(
                like.id(),
                like.at(),
                like.seed(),
                like.bookRevision(),
                like.learnedUpTo(),
                like.placement(),
                like.viewer(),
                like.session(),
                List.of(post, post),
                like.facts(),
                like.stopped(),
                like.impressions(),
                like.empty(),
                like.unfunded(),
                like.ghosts());
        assertEquals(record, DecisionCodec.read(DecisionCodec.write(record)));
        assertEquals(like, DecisionCodec.read(DecisionCodec.write(like)), "and nothing of it is left over");
    }

    @Test
    void givenTheGoldenBytes_whenReadAndWritten_thenTheFormatHasNotChanged() throws IOException {
        try (var in = DecisionCodecTest.class.getResourceAsStream(GOLDEN)) {
            var hex = new String(in == null ? new byte[0] : in.readAllBytes(), StandardCharsets.US_ASCII);
            var golden = hex.replaceAll("\\s", "");
            assertEquals(
                    golden,
                    HexFormat.of().formatHex(DecisionCodec.write(golden())),
                    "a new layout needs a new format number");
            assertEquals(golden(), DecisionCodec.read(HexFormat.of().parseHex(golden)));
        }
    }

    @Test
    void givenARecordCutAnywhere_whenRead_thenItIsRefused() {
        var bytes = DecisionCodec.write(golden());
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> DecisionCodec.read(cut), "cut at " + length);
        }
    }

    @Test
    void givenDamagedBytes_whenRead_thenTheyAreRefusedOrARecordAndNothingElseHappens() {
        for (long seed = 0; seed < 5_000; seed++) {
            var random = new SplittableRandom(seed);
            var bytes = DecisionCodec.write(golden());
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                DecisionCodec.read(bytes);
            } catch (IllegalArgumentException _) {
                // Refused, as it should be.
            } catch (RuntimeException e) {
                fail("seed " + seed, e);
            }
        }
    }

    @Test
    void givenAnotherFormatNumber_whenRead_thenItIsRefused() {
        var bytes = DecisionCodec.write(golden());
        assertEquals(DecisionCodec.FORMAT, bytes[0] >> 1, "the format number comes first, as a small number");
        bytes[0] = (byte) (2 * (DecisionCodec.FORMAT + 1));
        assertThrows(IllegalArgumentException.class, () -> DecisionCodec.read(bytes));
    }

    /// One of everything, chosen by hand: the random records may change with their generator, this one
    /// never.
    private static DecisionRecord golden() {
        var at = Instant.parse("2026-03-02T09:00:00.123456Z");
        var decision = new DecisionId("dec_01KJPWD6M00000000000000001");
        var terms = new TermsId("trm_01KJPWD6M00000000000000001");
        var group = new AdGroupId("grp_01KJPWD6M00000000000000001");
        var rated = new FeedPost(
                "p1",
                List.of("@a", "@b"),
                Optional.of("ar"),
                Optional.of("مدينة"),
                Set.of("tea", "bread"),
                Optional.of(new PostVerdict(
                        Tier.LOW,
                        Set.of(Topic.CRIME, Topic.ADULT),
                        "lexicon",
                        "3",
                        at.minusSeconds(60),
                        Optional.empty())),
                Map.of(terms, "حرب"),
                Set.of("قهوة", "tea"),
                "c0ffee");
        var unknown = new FeedPost(
                "p2",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Map.of(),
                Set.of(),
                "");
        var impression = new Impression(
                new ImpressionId("imp_01KJPWD6M00000000000000001"),
                decision,
                1,
                new AdvertiserId("adv_01KJPWD6M00000000000000001"),
                new CampaignId("cmp_01KJPWD6M00000000000000001"),
                group,
                new AdId("ad_01KJPWD6M00000000000000001"),
                new CreativeId("cre_01KJPWD6M00000000000000001"),
                Optional.of(new TermsVersion(terms, 2)),
                17,
                4,
                ChargeBy.VIEWABLE_IMPRESSION,
                20_000,
                20_000,
                19_999,
                Currency.getInstance("SAR"),
                at,
                at.plusSeconds(900));
        return new DecisionRecord(
                decision,
                at,
                -7,
                42,
                1_234_567,
                new PlacementId("plc_01KJPWD6M00000000000000001"),
                new Viewer(
                                Optional.of("v1"),
                                Optional.of("SA"),
                                Optional.of("SA-01"),
                                Optional.empty(),
                                Optional.of("phone"),
                                Viewer.Profile.of(
                                        true, false, Optional.of("25-34"), Set.of("tea", "sea"), Set.of("s1")),
                                Set.of(),
                                Set.of("adv_x"))
                        .seeing(Viewer.Ads.FEWER),
                new Session(20, 2, Optional.of(new Session.LastAd(4, 31, "adv_01KJPWD6M00000000000000002", "cars"))),
                List.of(rated.reading(12), unknown),
                List.of(new CandidateFacts(
                        group,
                        1_000_000,
                        "campaign.daily",
                        700_000,
                        10_000,
                        12_500,
                        new Draw(400_000, 15_000),
                        300,
                        List.of(0, 3),
                        "won")),
                Optional.of(new Stopped(DemandTier.AUCTION, 1_500_000)),
                List.of(impression),
                List.of(new EmptySlot(4, EmptySlot.Reason.BELOW_FLOOR)),
                List.of("grp_01KJPWD6M00000000000000002"),
                List.of(new Ghost(6, new AdId("ad_01KJPWD6M00000000000000002"), 18_000, "exp_autumn", "held_back")));
    }

    private record Records(SplittableRandom random) {
        Records(long seed) {
            this(new SplittableRandom(seed));
        }

        DecisionRecord record() {
            var id = new DecisionId(id("dec"));
            var at = at();
            return new DecisionRecord(
                    id,
                    at,
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    new PlacementId(id("plc")),
                    new Viewer(
                                    maybe(),
                                    maybe(),
                                    maybe(),
                                    maybe(),
                                    maybe(),
                                    Viewer.Profile.of(random.nextBoolean(), false, maybe(), texts(), texts()),
                                    texts(),
                                    texts())
                            .seeing(any(Viewer.Ads.values())),
                    session(),
                    list(this::post),
                    list(() -> new CandidateFacts(
                            new AdGroupId(id("grp")),
                            random.nextLong(),
                            text(),
                            random.nextInt(),
                            random.nextInt(),
                            random.nextInt(),
                            random.nextBoolean()
                                    ? Draw.NONE
                                    : new Draw(1 + random.nextInt(9_999_999), random.nextInt(100_000)),
                            random.nextLong(),
                            list(() -> random.nextInt()),
                            text())),
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(new Stopped(any(DemandTier.values()), random.nextLong())),
                    list(() -> impression(id, at)),
                    list(() -> new EmptySlot(random.nextInt(), any(EmptySlot.Reason.values()))),
                    list(this::text),
                    list(() -> new Ghost(random.nextInt(), new AdId(id("ad")), random.nextLong(), text(), text())),
                    offer());
        }

        private Optional<Offer> offer() {
            return random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(new Offer(
                            random.nextInt(1, 101),
                            random.nextLong(Long.MAX_VALUE),
                            texts(),
                            texts(),
                            texts(),
                            picture(),
                            random.nextInt(Integer.MAX_VALUE),
                            random.nextInt(Integer.MAX_VALUE),
                            random.nextBoolean()));
        }

        private Optional<Offer.Least> picture() {
            return switch (random.nextInt(3)) {
                case 0 -> Optional.empty();
                case 1 -> Optional.of(Offer.Least.ANY);
                default -> Optional.of(new Offer.Least(random.nextInt(9_000), random.nextInt(9_000)));
            };
        }

        private Session session() {
            var last = new Session.LastAd(random.nextInt(100), random.nextInt(100), text(), text());
            return new Session(
                    random.nextInt(100),
                    random.nextInt(9),
                    random.nextBoolean() ? Optional.of(last) : Optional.empty(),
                    random.nextLong(9_000_000));
        }

        private FeedPost post() {
            var hits = new HashMap<TermsId, String>();
            list(() -> hits.put(new TermsId(id("trm")), text()));
            return new FeedPost(
                    text(),
                    list(this::text),
                    maybe(),
                    maybe(),
                    texts(),
                    verdict(),
                    hits,
                    texts(),
                    hash(),
                    random.nextInt(3_600));
        }

        private Optional<PostVerdict> verdict() {
            if (random.nextBoolean()) {
                return Optional.empty();
            }
            var topics = EnumSet.noneOf(Topic.class);
            list(() -> topics.add(any(Topic.values())));
            return Optional.of(new PostVerdict(any(Tier.values()), topics, text(), text(), at(), Optional.empty()));
        }

        private Impression impression(DecisionId decision, Instant at) {
            return new Impression(
                    new ImpressionId(id("imp")),
                    decision,
                    random.nextInt(),
                    new AdvertiserId(id("adv")),
                    new CampaignId(id("cmp")),
                    new AdGroupId(id("grp")),
                    new AdId(id("ad")),
                    new CreativeId(id("cre")),
                    random.nextBoolean()
                            ? Optional.of(new TermsVersion(new TermsId(id("trm")), random.nextInt()))
                            : Optional.empty(),
                    random.nextLong(),
                    random.nextInt(),
                    any(ChargeBy.values()),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    Currency.getInstance(random.nextBoolean() ? "USD" : "KWD"),
                    at,
                    at());
        }

        private <T> List<T> list(Supplier<T> one) {
            var list = new ArrayList<T>();
            for (int i = random.nextInt(5); i > 0; i--) {
                list.add(one.get());
            }
            return list;
        }

        private <T> T any(T[] values) {
            return values[random.nextInt(values.length)];
        }

        private Optional<String> maybe() {
            return random.nextBoolean() ? Optional.of(text()) : Optional.empty();
        }

        private Set<String> texts() {
            return new HashSet<>(list(this::text));
        }

        private String hash() {
            return random.nextBoolean() ? text() : "%064x".formatted(random.nextLong(Long.MAX_VALUE));
        }

        /// Of no particular meaning: empty, long, in several scripts, with controls.
        private String text() {
            var text = new StringBuilder();
            for (int i = random.nextInt(10) == 0 ? random.nextInt(3_000) : random.nextInt(12); i > 0; i--) {
                text.appendCodePoint(any(new Integer[] {0, 0x0A, 0x22, 0x61, 0x7A, 0x627, 0x650, 0x4E2D, 0x1F600}));
            }
            return text.toString();
        }

        private Instant at() {
            long micros = random.nextLong(-62_000_000_000_000_000L, 250_000_000_000_000_000L);
            return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
        }

        private String id(String prefix) {
            return SortableId.of(prefix, random.nextLong(1L << 48), random.nextLong(), random.nextLong());
        }
    }
}
