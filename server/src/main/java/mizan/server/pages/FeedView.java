package mizan.server.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.decision.Snapshot;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.receipt.CandidateFacts;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.EmptySlot;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.core.suitability.Tier;
import mizan.core.targeting.Audience;
import mizan.server.app.Engine;
import mizan.server.console.page.EmptyReason;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;

/// A real decision for whoever looks, or a past one from its record, and how each of its slots was decided.
final class FeedView {
    private static final int POSTS = 12;
    private final Engine engine;
    private final Community community;
    private final Words words;
    private final Lang lang;

    FeedView(Engine engine, Community community, Words words) {
        this.engine = engine;
        this.community = community;
        this.words = words;
        this.lang = words.lang();
    }

    /// A decision to show.
    ///
    /// @param tokens of its ads, so that their buttons work; empty for one that is read from the journal
    /// @param took how long it took; empty where nobody measured
    record Shown(DecisionRecord record, Map<ImpressionId, String> tokens, Optional<Duration> took) {}

    /// Decides the newest posts for one of the readers that one can look through the eyes of; empty while
    /// there is nothing to decide about.
    Optional<Shown> decide(String who) {
        var placement = engine.snapshots().current().placements().get("home");
        List<FeedPost> posts = community.newestPosts(POSTS).stream()
                .flatMap(written -> engine.posts().find(written.id()).stream())
                .map(p -> engine.snapshots().facts(p))
                .toList();
        if (placement == null || posts.isEmpty()) {
            return Optional.empty();
        }
        long began = System.nanoTime();
        var answered = engine.serving().serve(placement, engine.known(viewer(who)), posts);
        var took = Duration.ofNanos(System.nanoTime() - began);
        var tokens = new HashMap<ImpressionId, String>();
        answered.shown().forEach(s -> tokens.put(s.impression().id(), s.token()));
        return Optional.of(new Shown(answered.record(), tokens, Optional.of(took)));
    }

    /// The page while there is nothing to show.
    Feed empty(String who) {
        return new Feed(
                community.readersPerSecond(), viewers(who), List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /// @param slot the one that the inspector shows, from 1
    Feed page(Shown shown, String who, int slot) {
        var record = shown.record();
        var snapshot = snapshot(record);
        return new Feed(
                community.readersPerSecond(),
                viewers(who),
                items(shown, snapshot),
                decision(shown, snapshot, slot),
                Optional.of(new RecordedCall(record).call()),
                List.of());
    }

    /// The book as it was when the decision was made.
    private Snapshot snapshot(DecisionRecord record) {
        var current = engine.snapshots().current().snapshot();
        return current.book().revision() == record.bookRevision()
                ? current
                : Snapshot.compile(engine.booking().bookAt(record.bookRevision()));
    }

    private List<Feed.Viewer> viewers(String who) {
        return List.of(
                new Feed.Viewer("reem", new Text(words.text("viewer.reem"), lang.tag()), who.equals("reem")),
                new Feed.Viewer("guest", new Text(words.text("viewer.guest"), lang.tag()), who.equals("guest")));
    }

    private static Viewer viewer(String who) {
        boolean reem = who.equals("reem");
        return new Viewer(
                Optional.of("page_" + who),
                Optional.of(reem ? "SA" : "DE"),
                Optional.empty(),
                Optional.of(reem ? "ar" : "en"),
                Optional.of("desktop"),
                Optional.empty(),
                Set.of(),
                Set.of());
    }

    private List<Feed.Item> items(Shown shown, Snapshot snapshot) {
        var record = shown.record();
        var ads = record.impressions().stream().collect(Collectors.toMap(Impression::afterPost, Function.identity()));
        var empty = record.empty().stream().collect(Collectors.toMap(EmptySlot::afterPost, Function.identity()));
        var written = community.newestPosts(Integer.MAX_VALUE).stream()
                .collect(Collectors.toMap(Community.Written::id, Community.Written::at, (first, _) -> first));
        var items = new ArrayList<Feed.Item>();
        int slot = 0;
        for (int i = 0; i < record.posts().size(); i++) {
            items.add(post(record.posts().get(i), written, record.at()));
            var impression = ads.get(i + 1);
            if (impression != null) {
                items.add(ad(++slot, impression, shown, snapshot));
            }
            var none = empty.get(i + 1);
            if (none != null) {
                items.add(new Feed.Empty(
                        ++slot,
                        EmptyReason.valueOf(none.reason().name()),
                        record.facts().size(),
                        topic(record, none)));
            }
        }
        return items;
    }

    private Feed.Post post(FeedPost post, Map<String, Instant> written, Instant now) {
        var known = engine.posts().find(post.id());
        var handle = post.authors().isEmpty() ? "" : post.authors().getFirst();
        return new Feed.Post(
                post.id(),
                community.author(handle, lang),
                handle,
                Optional.ofNullable(written.get(post.id()))
                        .map(at -> Duration.between(at, now))
                        .filter(age -> !age.isNegative())
                        .orElse(Duration.ZERO),
                known.map(p -> new Text(p.text(), p.language().orElse("")))
                        .orElseGet(() -> new Text(words.text("feed.forgotten"), lang.tag())),
                Optional.empty(),
                0,
                0,
                0);
    }

    /// What the riskier neighbour of an empty slot is about.
    private Text topic(DecisionRecord record, EmptySlot slot) {
        if (slot.reason() != EmptySlot.Reason.NO_ELIGIBLE_NEIGHBOURS) {
            return new Text("", "");
        }
        return Stream.of(slot.afterPost() - 1, slot.afterPost())
                .filter(i -> i < record.posts().size())
                .flatMap(i -> record.posts().get(i).verdict().stream())
                .filter(verdict -> verdict.tier().compareTo(Tier.SAFE) > 0)
                .max(Comparator.comparing(verdict -> verdict.tier()))
                .flatMap(verdict -> verdict.topics().stream().min(Comparator.naturalOrder()))
                .map(topic -> new Text(words.text("topic." + topic.code()), lang.tag()))
                .orElse(new Text("", ""));
    }

    private Feed.Ad ad(int slot, Impression i, Shown shown, Snapshot snapshot) {
        var entry = snapshot.entry(i.adGroup()).orElseThrow();
        var creative = Optional.ofNullable(snapshot.book().creatives().get(i.creative()))
                .orElseThrow();
        var cap = tightest(entry);
        return new Feed.Ad(
                slot,
                i.ad().value(),
                i.advertiser().value(),
                entry.advertiser().name().in(lang.tag()),
                entry.advertiser().payer(),
                i.id().value(),
                Reading.text(creative.headline(), lang),
                Reading.text(creative.body(), lang),
                Reading.text(creative.callToAction(), lang),
                Optional.ofNullable(shown.tokens().get(i.id()))
                        .map(token -> "/c/" + token)
                        .orElse("/ads/" + i.ad()),
                Optional.ofNullable(shown.tokens().get(i.id()))
                        .map(token -> "/why/" + token)
                        .orElse(""),
                Reading.picture(creative, engine.pictures(), lang),
                Reading.cards(creative, engine.pictures(), lang),
                Because.of(entry.group().targeting(), audience(shown.record(), snapshot), lang),
                cap.isPresent() ? seen(shown.record(), i, cap.getAsInt()) : 0,
                cap.isPresent()
                        ? OptionalInt.of(
                                entry.caps().get(cap.getAsInt()).limit().max())
                        : OptionalInt.empty());
    }

    private static Audience audience(DecisionRecord record, Snapshot snapshot) {
        var placement = Optional.ofNullable(snapshot.book().placements().get(record.placement()))
                .orElseThrow();
        return Audience.of(record.request(placement), record.at());
    }

    /// The index of the cap that is reached first.
    private static OptionalInt tightest(Snapshot.Entry entry) {
        var caps = entry.caps();
        return Stream.iterate(0, i -> i < caps.size(), i -> i + 1)
                .min(Comparator.comparingInt(i -> caps.get(i).limit().max()))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static int seen(DecisionRecord record, Impression impression, int cap) {
        return record.facts().stream()
                .filter(f -> f.adGroup().equals(impression.adGroup()))
                .findFirst()
                .map(CandidateFacts::shown)
                .filter(shown -> cap < shown.size())
                .map(shown -> shown.get(cap))
                .orElse(0);
    }

    private Optional<Feed.Decision> decision(Shown shown, Snapshot snapshot, int wanted) {
        var record = shown.record();
        var places = places(record);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        int slot = Math.clamp(wanted, 1, places.size());
        int after = places.get(slot - 1);
        var candidates = new Candidates(record, snapshot, words).of(after);
        return Optional.of(new Feed.Decision(
                record.id().value(),
                slot,
                places.size(),
                record.at(),
                shown.took(),
                "USD",
                record.posts().get(after - 1).id(),
                after < record.posts().size() ? record.posts().get(after).id() : "",
                candidates.stream().limit(Candidates.SHOWN).toList(),
                candidates.size()));
    }

    /// The slots of a decision, each by the post above it, in the order of the feed.
    static List<Integer> places(DecisionRecord record) {
        return Stream.concat(
                        record.impressions().stream().map(Impression::afterPost),
                        record.empty().stream().map(EmptySlot::afterPost))
                .sorted()
                .toList();
    }
}
