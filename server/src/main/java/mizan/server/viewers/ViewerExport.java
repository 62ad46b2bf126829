package mizan.server.viewers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.feed.Viewer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.receipt.ImpressionId;
import mizan.server.accounting.Fact;
import mizan.server.journal.Journal;
import mizan.server.lift.Lift;
import mizan.server.serve.FactCodec;
import mizan.server.serve.HiddenAds;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// All that is kept of one viewer (GDPR art. 15 and 20): the pages that were decided for them with the ads and what
/// became of these, what they hid, in which experiments they are, and what they were told to have done.
///
/// It reads the whole journal, because nothing is sorted by viewers: rare, and slow on a large one.
///
/// @param hidden what is hidden from whom
public record ViewerExport(Viewers viewers, Journal journal, HiddenAds hidden, Lift lift) {
    /// Pages in one answer.
    public static final int PAGE = 1_000;

    /// @param after where in the journal the last page stood that is known already; 0 for all
    public ObjectNode of(String key, long after) {
        var name = viewers.name(key);
        var read = new Reading(name);
        journal.read(after, entry -> {
            FactCodec.read(entry)
                    .filter(_ -> entry.start() > after || after == 0)
                    .ifPresent(read::take);
            return true;
        });
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        var pages = json.putArray("pages");
        read.pages.forEach(page -> pages.add(page(page, read.events)));
        put(json.putArray("hidden_ads"), hiding(name).hiddenAds());
        put(json.putArray("hidden_advertisers"), hiding(name).hiddenAdvertisers());
        var kept = lift.of(name);
        var experiments = json.putArray("experiments");
        kept.met()
                .forEach(met -> experiments
                        .addObject()
                        .put("experiment", met.experiment())
                        .put("held_out", met.heldOut())
                        .put("at", met.at().toString()));
        var conversions = json.putArray("conversions");
        kept.done()
                .forEach(done -> conversions
                        .addObject()
                        .put("advertiser", done.advertiser())
                        .put("kind", done.kind())
                        .put("at", done.at().toString()));
        read.nextAfter.ifPresentOrElse(
                position -> json.put("next_after", Long.toString(position)), () -> json.putNull("next_after"));
        return json;
    }

    private Viewer hiding(String name) {
        return hidden.with(Viewer.UNKNOWN.named(name));
    }

    /// What is found on one way through the journal: an event stands behind its decision.
    private static final class Reading {
        private final String name;
        private final List<DecisionRecord> pages = new ArrayList<>();
        private final Map<ImpressionId, Map<AdEvent.Kind, AdEvent>> events = new HashMap<>();
        private long last;
        private OptionalLong nextAfter = OptionalLong.empty();

        Reading(String name) {
            this.name = name;
        }

        void take(Fact fact) {
            switch (fact) {
                case Fact.Decided(var position, var record) -> decided(position, record);
                case Fact.Happened happened -> {
                    var event = happened.event();
                    Optional.ofNullable(events.get(event.impression()))
                            .ifPresent(of -> of.putIfAbsent(event.kind(), event));
                }
                case Fact.PostChanged _ -> {}
            }
        }

        private void decided(long position, DecisionRecord record) {
            if (!record.viewer().key().equals(Optional.of(name))) {
                return;
            }
            if (pages.size() == PAGE) {
                nextAfter = OptionalLong.of(last);
                return;
            }
            last = position;
            pages.add(record);
            record.impressions().forEach(i -> events.put(i.id(), new LinkedHashMap<>()));
        }
    }

    private static ObjectNode page(DecisionRecord record, Map<ImpressionId, Map<AdEvent.Kind, AdEvent>> events) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("decision", record.id().value()).put("at", record.at().toString());
        json.put("placement", record.placement().value());
        var viewer = record.viewer();
        var told = json.putObject("viewer");
        viewer.country().ifPresent(c -> told.put("country", c));
        viewer.region().ifPresent(r -> told.put("region", r));
        viewer.language().ifPresent(l -> told.put("language", l));
        viewer.device().ifPresent(d -> told.put("device", d));
        viewer.profile().ifPresent(p -> {
            p.age().ifPresent(a -> told.put("age_bracket", a));
            put(told.putArray("interests"), p.interests());
            put(told.putArray("segments"), p.segments());
        });
        var posts = json.putArray("posts");
        record.posts().forEach(p -> posts.add(p.id()));
        var ads = json.putArray("ads");
        record.impressions().forEach(i -> ads.add(ad(i, events.getOrDefault(i.id(), Map.of()))));
        return json;
    }

    private static ObjectNode ad(Impression impression, Map<AdEvent.Kind, AdEvent> events) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("impression", impression.id().value())
                .put("ad", impression.ad().value());
        json.put("advertiser", impression.advertiser().value()).put("after_post", impression.afterPost());
        var happened = json.putArray("events");
        for (var kind : AdEvent.Kind.values()) {
            Optional.ofNullable(events.get(kind))
                    .ifPresent(event -> happened.addObject()
                            .put("kind", kind.name())
                            .put("at", event.at().toString()));
        }
        return json;
    }

    private static void put(ArrayNode array, Iterable<String> texts) {
        texts.forEach(array::add);
    }
}
