package mizan.server.serve;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HexFormat;
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
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.PlacementId;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.Stopped;
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
        try (JsonGenerator cbor = CBOR.createGenerator(ObjectWriteContext.empty(), bytes)) {
            var out = new Writer(cbor);
            cbor.writeStartArray();
            cbor.writeNumber(FORMAT);
            out.text(record.id().value());
            cbor.writeNumber(micros(record.at()));
            cbor.writeNumber(record.seed());
            cbor.writeNumber(record.bookRevision());
            out.text(record.placement().value());
            viewer(out, record.viewer());
            session(out, record.session());
            out.list(record.posts(), DecisionCodec::post);
            cbor.writeBinary(FactsCodec.write(record.facts()));
            cbor.writeStartArray();
            record.stopped().ifPresent(s -> {
                out.text(s.tier().name());
                cbor.writeNumber(s.boundMicros());
            });
            cbor.writeEndArray();
            out.list(record.impressions(), DecisionCodec::impression);
            out.list(record.empty(), DecisionCodec::empty);
            out.texts(record.unfunded());
            cbor.writeEndArray();
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
            var session = session(r);
            var posts = r.list(DecisionCodec::post);
            var facts = FactsCodec.read(r.bytes());
            var stopped = stopped(r);
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
                    id,
                    at,
                    seed,
                    revision,
                    placement,
                    viewer,
                    session,
                    posts,
                    facts,
                    stopped,
                    impressions,
                    empty,
                    unfunded);
        } catch (JacksonException | IllegalStateException e) {
            // The CBOR parser answers some damaged headers with an internal error of its own.
            throw new IllegalArgumentException("not a decision record", e);
        }
    }

    private static void viewer(Writer out, Viewer viewer) {
        out.open();
        out.optional(viewer.key());
        out.optional(viewer.country());
        out.optional(viewer.region());
        out.optional(viewer.language());
        out.optional(viewer.device());
        out.open();
        viewer.profile().ifPresent(profile -> {
            out.texts(profile.age().stream().toList());
            out.texts(new TreeSet<>(profile.interests()));
            out.texts(new TreeSet<>(profile.segments()));
        });
        out.close();
        out.texts(new TreeSet<>(viewer.hiddenAds()));
        out.texts(new TreeSet<>(viewer.hiddenAdvertisers()));
        out.close();
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

    private static void session(Writer out, Session session) {
        out.open();
        out.cbor.writeNumber(session.posts());
        out.cbor.writeNumber(session.ads());
        session.last().ifPresent(last -> {
            out.text(last.advertiser());
            out.text(last.industry());
            out.cbor.writeNumber(last.postsSince());
            out.cbor.writeNumber(last.secondsSince());
        });
        out.close();
    }

    private static Session session(Reader in) {
        in.open();
        int posts = in.integer();
        int ads = in.integer();
        if (in.atEnd()) {
            return new Session(posts, ads, Optional.empty());
        }
        var advertiser = in.currentText();
        var industry = in.text();
        var last = new Session.LastAd(in.integer(), in.integer(), advertiser, industry);
        in.close();
        return new Session(posts, ads, Optional.of(last));
    }

    private static Optional<Stopped> stopped(Reader in) {
        in.open();
        if (in.atEnd()) {
            return Optional.empty();
        }
        var stopped = new Stopped(DemandTier.valueOf(in.currentText()), in.number());
        in.close();
        return Optional.of(stopped);
    }

    private static void post(Writer out, FeedPost post) {
        out.open();
        out.text(post.id());
        out.texts(post.authors());
        out.optional(post.language());
        out.optional(post.community());
        out.texts(new TreeSet<>(post.topics()));
        out.open();
        post.verdict().ifPresent(verdict -> {
            out.text(verdict.tier().name());
            out.texts(verdict.topics().stream().sorted().map(Topic::name).toList());
            out.text(verdict.rater());
            out.text(verdict.raterVersion());
            out.cbor.writeNumber(micros(verdict.ratedAt()));
        });
        out.close();
        var hits = new ArrayList<String>();
        new TreeMap<>(post.keywordHits()).forEach((terms, keyword) -> hits.addAll(List.of(terms.value(), keyword)));
        out.texts(hits);
        out.texts(new TreeSet<>(post.keywords()));
        out.hash(post.commitment());
        out.cbor.writeNumber(post.seconds());
        out.close();
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
        var post = new FeedPost(
                id, authors, language, community, topics, verdict, hits, keywords, in.hash(), in.integer());
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

    private static void impression(Writer out, Impression impression) {
        out.open();
        out.text(impression.id().value());
        out.cbor.writeNumber(impression.afterPost());
        out.text(impression.advertiser().value());
        out.text(impression.campaign().value());
        out.text(impression.adGroup().value());
        out.text(impression.ad().value());
        out.text(impression.creative().value());
        out.optional(impression.terms().map(t -> t.id().value()));
        out.cbor.writeNumber(impression.terms().map(TermsVersion::version).orElse(0));
        out.cbor.writeNumber(impression.lease());
        out.cbor.writeNumber(impression.sequence());
        out.text(impression.chargeBy().name());
        out.cbor.writeNumber(impression.priceMicros());
        out.cbor.writeNumber(impression.heldMicros());
        out.cbor.writeNumber(impression.boundMicros());
        out.text(impression.currency().getCurrencyCode());
        out.cbor.writeNumber(micros(impression.expiresAt()));
        out.close();
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

    private static void empty(Writer out, EmptySlot slot) {
        out.open();
        out.cbor.writeNumber(slot.afterPost());
        out.text(slot.reason().name());
        out.close();
    }

    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /// Writes each text once; where it comes again stands its number, counted from 0 in the order of first
    /// appearance.
    private static final class Writer {
        private final JsonGenerator cbor;
        private final Map<String, Integer> known = new HashMap<>();

        Writer(JsonGenerator cbor) {
            this.cbor = cbor;
        }

        void open() {
            cbor.writeStartArray();
        }

        void close() {
            cbor.writeEndArray();
        }

        void text(String text) {
            var number = known.putIfAbsent(text, known.size());
            if (number == null) {
                cbor.writeString(text);
            } else {
                cbor.writeNumber(number);
            }
        }

        void optional(Optional<String> text) {
            text.ifPresentOrElse(this::text, cbor::writeNull);
        }

        /// A hash in hex as its bytes, anything else as it is.
        void hash(String hex) {
            if (isHash(hex)) {
                cbor.writeBinary(HexFormat.of().parseHex(hex));
            } else {
                cbor.writeString(hex);
            }
        }

        private static boolean isHash(String text) {
            boolean hash = text.length() == 64;
            for (int i = 0; i < text.length() && hash; i++) {
                char c = text.charAt(i);
                hash = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            }
            return hash;
        }

        void texts(Collection<String> texts) {
            list(texts, Writer::text);
        }

        /// Its length, then its items: a reader never has to look ahead.
        <T> void list(Collection<T> items, BiConsumer<Writer, T> one) {
            open();
            cbor.writeNumber(items.size());
            items.forEach(item -> one.accept(this, item));
            close();
        }
    }

    /// Reads by position: the next item is what the format says it is, or the bytes are refused.
    private static final class Reader {
        private final JsonParser in;
        private final List<String> known = new ArrayList<>();

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
            var token = in.currentToken();
            if (token == JsonToken.VALUE_NUMBER_INT) {
                long number = in.getLongValue();
                if (number < 0 || number >= known.size()) {
                    throw new IllegalArgumentException("not a decision record: no text has the number " + number);
                }
                return known.get((int) number);
            }
            expect(JsonToken.VALUE_STRING, token);
            known.add(in.getString());
            return known.getLast();
        }

        String text() {
            in.nextToken();
            return currentText();
        }

        Optional<String> optional() {
            return in.nextToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(currentText());
        }

        String hash() {
            if (in.nextToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
                return HexFormat.of().formatHex(currentBytes());
            }
            expect(JsonToken.VALUE_STRING, in.currentToken());
            return in.getString();
        }

        byte[] bytes() {
            expect(JsonToken.VALUE_EMBEDDED_OBJECT, in.nextToken());
            return currentBytes();
        }

        private byte[] currentBytes() {
            return Optional.ofNullable(in.getBinaryValue())
                    .orElseThrow(() -> new IllegalArgumentException("not a decision record: no bytes"));
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
