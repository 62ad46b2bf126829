package mizan.server.serve;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.CreativeId;
import mizan.core.campaign.PlacementId;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/// A decision record as CBOR (RFC 8949): arrays by position behind a format number, instants as microseconds
/// since 1970.
///
/// The layout is described in `docs/formats/decision.md`. A reader refuses a format it does not know.
public final class DecisionCodec {
    static final int FORMAT = 3;
    /// More than the posts of a page, the ad groups of a book and the words of a viewer together ever need.
    private static final int MAX_ITEMS = 1_000_000;

    private static final CBORFactory CBOR = new CBORFactory();

    private DecisionCodec() {}

    public static byte[] write(DecisionRecord record) {
        var bytes = new ByteArrayOutputStream(2_048);
        try (JsonGenerator out = CBOR.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartArray();
            out.writeNumber(FORMAT);
            out.writeString(record.id().value());
            out.writeNumber(micros(record.at()));
            out.writeNumber(record.seed());
            out.writeNumber(record.bookRevision());
            out.writeString(record.placement().value());
            viewer(out, record.viewer());
            list(out, record.posts(), DecisionCodec::post);
            list(out, record.facts(), DecisionCodec::facts);
            list(out, record.impressions(), DecisionCodec::impression);
            list(out, record.empty(), DecisionCodec::empty);
            strings(out, record.unfunded());
            out.writeEndArray();
        }
        return bytes.toByteArray();
    }

    /// @throws IllegalArgumentException when the bytes are not a record of a known format
    public static DecisionRecord read(byte[] bytes) {
        try (JsonParser in = CBOR.createParser(ObjectReadContext.empty(), bytes)) {
            var r = new Reader(in);
            r.open();
            if (r.integer() != FORMAT) {
                throw new IllegalArgumentException("this decision was written by another version of Mizan");
            }
            var id = new DecisionId(r.text());
            var at = instant(r.number());
            long seed = r.number();
            long revision = r.number();
            var placement = new PlacementId(r.text());
            var viewer = viewer(r);
            var posts = r.list(DecisionCodec::post);
            var facts = r.list(DecisionCodec::facts);
            var impressions = r.list(i -> impression(i, id, at));
            var empty = r.list(e -> {
                e.open();
                var slot = new EmptySlot(e.integer(), EmptySlot.Reason.valueOf(e.text()));
                e.close();
                return slot;
            });
            var unfunded = r.list(Reader::text);
            r.close();
            return new DecisionRecord(
                    id, at, seed, revision, placement, viewer, posts, facts, impressions, empty, unfunded);
        } catch (JacksonException | IllegalStateException e) {
            // The CBOR parser answers some damaged headers with an internal error of its own.
            throw new IllegalArgumentException("not a decision record", e);
        }
    }

    private static void viewer(JsonGenerator out, Viewer viewer) {
        out.writeStartArray();
        optional(out, viewer.key());
        optional(out, viewer.country());
        optional(out, viewer.region());
        optional(out, viewer.language());
        optional(out, viewer.device());
        out.writeStartArray();
        viewer.profile().ifPresent(profile -> {
            strings(out, profile.age().stream().toList());
            strings(out, new TreeSet<>(profile.interests()));
            strings(out, new TreeSet<>(profile.segments()));
        });
        out.writeEndArray();
        strings(out, new TreeSet<>(viewer.hiddenAds()));
        strings(out, new TreeSet<>(viewer.hiddenAdvertisers()));
        out.writeEndArray();
    }

    private static Viewer viewer(Reader in) {
        in.open();
        var viewer = new Viewer(
                in.optional(),
                in.optional(),
                in.optional(),
                in.optional(),
                in.optional(),
                profile(in),
                Set.copyOf(in.list(Reader::text)),
                Set.copyOf(in.list(Reader::text)));
        in.close();
        return viewer;
    }

    /// An empty array when the viewer may not be profiled. Its age is a list of one or none, so that the
    /// first item tells whether there is anything.
    private static Optional<Viewer.Profile> profile(Reader in) {
        in.open();
        if (in.atEnd()) {
            return Optional.empty();
        }
        var profile = new Viewer.Profile(
                in.opened(Reader::text).stream().findFirst(),
                Set.copyOf(in.list(Reader::text)),
                Set.copyOf(in.list(Reader::text)));
        in.close();
        return Optional.of(profile);
    }

    private static void post(JsonGenerator out, FeedPost post) {
        out.writeStartArray();
        out.writeString(post.id());
        strings(out, post.authors());
        optional(out, post.language());
        optional(out, post.community());
        strings(out, new TreeSet<>(post.topics()));
        out.writeStartArray();
        post.verdict().ifPresent(verdict -> {
            out.writeString(verdict.tier().name());
            strings(out, verdict.topics().stream().sorted().map(Topic::name).toList());
            out.writeString(verdict.rater());
            out.writeString(verdict.raterVersion());
            out.writeNumber(micros(verdict.ratedAt()));
        });
        out.writeEndArray();
        var hits = new ArrayList<String>();
        new TreeMap<>(post.keywordHits()).forEach((terms, keyword) -> hits.addAll(List.of(terms.value(), keyword)));
        strings(out, hits);
        strings(out, new TreeSet<>(post.keywords()));
        out.writeString(post.commitment());
        out.writeEndArray();
    }

    private static FeedPost post(Reader in) {
        in.open();
        var id = in.text();
        var authors = in.list(Reader::text);
        var language = in.optional();
        var community = in.optional();
        var topics = Set.copyOf(in.list(Reader::text));
        var verdict = verdict(in);
        Map<TermsId, String> hits = new HashMap<>();
        var pairs = in.list(Reader::text);
        if (pairs.size() % 2 != 0) {
            throw new IllegalArgumentException("not a decision record: terms without their keyword");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            hits.put(new TermsId(pairs.get(i)), pairs.get(i + 1));
        }
        var keywords = Set.copyOf(in.list(Reader::text));
        var post = new FeedPost(id, authors, language, community, topics, verdict, hits, keywords, in.text());
        in.close();
        return post;
    }

    /// Without the evidence: words of a post are personal data and stay in the store that can forget them.
    private static Optional<PostVerdict> verdict(Reader in) {
        in.open();
        if (in.atEnd()) {
            return Optional.empty();
        }
        var verdict = new PostVerdict(
                Tier.valueOf(in.currentText()),
                Set.copyOf(in.list(t -> Topic.valueOf(t.text()))),
                in.text(),
                in.text(),
                instant(in.number()),
                Optional.empty());
        in.close();
        return Optional.of(verdict);
    }

    private static void facts(JsonGenerator out, CandidateFacts facts) {
        out.writeStartArray();
        out.writeString(facts.adGroup().value());
        out.writeNumber(facts.availableMicros());
        out.writeString(facts.limit());
        out.writeNumber(facts.multiplier());
        out.writeNumber(facts.clickRate());
        list(out, facts.shown(), JsonGenerator::writeNumber);
        out.writeEndArray();
    }

    private static CandidateFacts facts(Reader in) {
        in.open();
        var facts = new CandidateFacts(
                new AdGroupId(in.text()), in.number(), in.text(), in.real(), in.real(), in.list(Reader::integer));
        in.close();
        return facts;
    }

    private static void impression(JsonGenerator out, Impression impression) {
        out.writeStartArray();
        out.writeString(impression.id().value());
        out.writeNumber(impression.afterPost());
        out.writeString(impression.advertiser().value());
        out.writeString(impression.campaign().value());
        out.writeString(impression.adGroup().value());
        out.writeString(impression.ad().value());
        out.writeString(impression.creative().value());
        optional(out, impression.terms().map(t -> t.id().value()));
        out.writeNumber(impression.terms().map(TermsVersion::version).orElse(0));
        out.writeNumber(impression.lease());
        out.writeNumber(impression.sequence());
        out.writeString(impression.chargeBy().name());
        out.writeNumber(impression.priceMicros());
        out.writeNumber(impression.heldMicros());
        out.writeNumber(impression.boundMicros());
        out.writeString(impression.currency().getCurrencyCode());
        out.writeNumber(micros(impression.expiresAt()));
        out.writeEndArray();
    }

    private static Impression impression(Reader in, DecisionId decision, Instant at) {
        in.open();
        var id = new ImpressionId(in.text());
        int afterPost = in.integer();
        var advertiser = new AdvertiserId(in.text());
        var campaign = new CampaignId(in.text());
        var group = new AdGroupId(in.text());
        var ad = new AdId(in.text());
        var creative = new CreativeId(in.text());
        var terms = in.optional().map(TermsId::new);
        int version = in.integer();
        var impression = new Impression(
                id,
                decision,
                afterPost,
                advertiser,
                campaign,
                group,
                ad,
                creative,
                terms.map(t -> new TermsVersion(t, version)),
                in.number(),
                in.integer(),
                ChargeBy.valueOf(in.text()),
                in.number(),
                in.number(),
                in.number(),
                Currency.getInstance(in.text()),
                at,
                instant(in.number()));
        in.close();
        return impression;
    }

    private static void empty(JsonGenerator out, EmptySlot slot) {
        out.writeStartArray();
        out.writeNumber(slot.afterPost());
        out.writeString(slot.reason().name());
        out.writeEndArray();
    }

    private static void optional(JsonGenerator out, Optional<String> text) {
        text.ifPresentOrElse(out::writeString, out::writeNull);
    }

    private static void strings(JsonGenerator out, Collection<String> texts) {
        list(out, texts, JsonGenerator::writeString);
    }

    /// Its length, then its items: a reader never has to look ahead.
    private static <T> void list(JsonGenerator out, Collection<T> items, BiConsumer<JsonGenerator, T> one) {
        out.writeStartArray();
        out.writeNumber(items.size());
        items.forEach(item -> one.accept(out, item));
        out.writeEndArray();
    }

    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /// Reads by position: the next item is what the format says it is, or the bytes are refused.
    private static final class Reader {
        private final JsonParser in;

        Reader(JsonParser in) {
            this.in = in;
        }

        void open() {
            expect(JsonToken.START_ARRAY, in.nextToken());
        }

        void close() {
            expect(JsonToken.END_ARRAY, in.nextToken());
        }

        /// Moves on; true when the array that was opened last is over.
        boolean atEnd() {
            return in.nextToken() == JsonToken.END_ARRAY;
        }

        String currentText() {
            expect(JsonToken.VALUE_STRING, in.currentToken());
            return in.getString();
        }

        String text() {
            expect(JsonToken.VALUE_STRING, in.nextToken());
            return in.getString();
        }

        Optional<String> optional() {
            var token = in.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                return Optional.empty();
            }
            expect(JsonToken.VALUE_STRING, token);
            return Optional.of(in.getString());
        }

        long number() {
            expect(JsonToken.VALUE_NUMBER_INT, in.nextToken());
            return in.getLongValue();
        }

        int integer() {
            long number = number();
            if (number != (int) number) {
                throw new IllegalArgumentException("not a decision record: " + number + " where an int belongs");
            }
            return (int) number;
        }

        double real() {
            in.nextToken();
            return in.getDoubleValue();
        }

        <T> List<T> list(Function<Reader, T> one) {
            open();
            return items(one);
        }

        /// A list whose array was opened by looking ahead.
        <T> List<T> opened(Function<Reader, T> one) {
            expect(JsonToken.START_ARRAY, in.currentToken());
            return items(one);
        }

        private <T> List<T> items(Function<Reader, T> one) {
            int size = integer();
            if (size < 0 || size > MAX_ITEMS) {
                throw new IllegalArgumentException("not a decision record: a list of " + size);
            }
            var items = new ArrayList<T>(size);
            for (int i = 0; i < size; i++) {
                items.add(one.apply(this));
            }
            close();
            return items;
        }

        private static void expect(JsonToken wanted, @org.jspecify.annotations.Nullable JsonToken found) {
            if (wanted != found) {
                throw new IllegalArgumentException("not a decision record: " + found + " where " + wanted + " belongs");
            }
        }
    }
}
