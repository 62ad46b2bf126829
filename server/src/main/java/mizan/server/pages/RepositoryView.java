package mizan.server.pages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mizan.core.campaign.AdId;
import mizan.core.identity.SortableId;
import mizan.core.targeting.Criterion;
import mizan.server.app.Engine;
import mizan.server.console.page.AdState;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Repository;
import mizan.server.console.page.Text;
import mizan.server.console.page.WhyKind;
import mizan.server.console.words.Lang;
import mizan.server.http.Call;
import mizan.server.proof.Commitments;
import mizan.server.repository.AdRecord;
import mizan.server.repository.RepositoryStore;
import mizan.server.repository.Search;
import mizan.server.repository.State;
import tools.jackson.databind.JsonNode;

/// Every ad that was ever shown, on whose behalf and who paid: DSA art. 39(2), for anybody.
final class RepositoryView {
    private static final int PAGE = 20;
    private static final int LONGEST = 100;
    private static final String PAGE_FORM = "[1-9][0-9]{0,17}";
    private final Engine engine;
    private final ZoneId zone;

    RepositoryView(Engine engine, ZoneId zone) {
        this.engine = engine;
        this.zone = zone;
    }

    private Optional<RepositoryStore> store() {
        return engine.repository().map(mizan.server.repository.Repository::store);
    }

    Repository read(Call call, Lang lang) {
        var filter = filter(call);
        return store().map(s -> read(s, filter, call, lang)).orElseGet(() -> nothing(filter));
    }

    private static Repository nothing(Repository.Filter filter) {
        return new Repository(0, Optional.empty(), filter, List.of(), Map.of(), 0, List.of(), Optional.empty());
    }

    private Repository read(RepositoryStore store, Repository.Filter filter, Call call, Lang lang) {
        var search = search(filter);
        long below = call.query("after")
                .filter(a -> a.matches(PAGE_FORM))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        var found = store.search(search, below, PAGE + 1);
        var page = found.stream().limit(PAGE).toList();
        var counts = new EnumMap<AdState, Long>(AdState.class);
        store.states().forEach((state, count) -> counts.put(AdState.valueOf(state.name()), count));
        return new Repository(
                counts.values().stream().mapToLong(Long::longValue).sum(),
                store.since().map(this::day),
                filter,
                store.countries().stream()
                        .map(code -> new Repository.Country(code, Reading.country(code, lang)))
                        .toList(),
                counts,
                store.count(search, Repository.MOST_FOUND + 1),
                page.stream().map(ad -> ad(ad, lang)).toList(),
                found.size() > PAGE ? Optional.of(Long.toString(page.getLast().number())) : Optional.empty());
    }

    private static Repository.Filter filter(Call call) {
        return new Repository.Filter(
                text(call, "q"),
                text(call, "advertiser"),
                text(call, "payer"),
                text(call, "country"),
                text(call, "language"),
                text(call, "targeting"),
                call.query("from").flatMap(RepositoryView::day),
                call.query("to").flatMap(RepositoryView::day),
                Stream.of(AdState.values())
                        .filter(state -> call.query(state.code()).isPresent())
                        .toList());
    }

    private static String text(Call call, String name) {
        var text = call.query(name).orElse("").strip();
        return text.substring(0, Math.min(LONGEST, text.length()));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException _) {
            // The field was left empty, or holds no date: every day then.
            return Optional.empty();
        }
    }

    private Search search(Repository.Filter filter) {
        return new Search(
                filter.words(),
                some(filter.advertiser()),
                some(filter.payer()),
                some(filter.country()),
                some(filter.language()),
                filter.states().stream().map(s -> State.valueOf(s.name())).toList(),
                filter.from().map(this::start),
                filter.until().map(until -> start(until.plusDays(1))),
                some(filter.aim()).stream().toList());
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    Optional<Repository.Single> single(String id, Lang lang) {
        return Optional.of(id)
                .filter(i -> SortableId.hasForm(AdId.PREFIX, i))
                .flatMap(i -> store().flatMap(s -> s.find(i)))
                .map(record -> new Repository.Single(ad(record, lang), sealed(record)));
    }

    /// Where the record stands in the log, once a checkpoint covers it.
    private Optional<Repository.Sealed> sealed(AdRecord record) {
        if (record.sealed().isEmpty() || engine.sealing().isEmpty()) {
            return Optional.empty();
        }
        long index = record.sealed().getAsLong();
        var sealing = engine.sealing().get();
        return sealing.newest()
                .filter(newest -> index < newest.size())
                .flatMap(_ -> sealing.store().at(index))
                .filter(stored -> stored.text().isPresent())
                .map(stored -> new Repository.Sealed(
                        index,
                        "sha256 "
                                + HexFormat.of()
                                        .formatHex(Commitments.of(
                                                stored.salt(), stored.text().get()))));
    }

    private Repository.Ad ad(AdRecord record, Lang lang) {
        var facts = record.facts();
        var content = facts.path("content");
        return new Repository.Ad(
                record.id(),
                facts.path("advertiser").asString(""),
                AdState.valueOf(record.state().name()),
                words(content.path("headline"), lang),
                words(content.path("body"), lang),
                picture(content.path("picture"), lang)
                        .or(() -> picture(content.path("cards").path(0).path("picture"), lang)),
                content.path("product").asString(""),
                content.path("landing_page").asString(""),
                words(facts.path("on_behalf_of"), lang).value(),
                facts.path("payer").asString(""),
                facts.path("commercial_post").asBoolean(false),
                day(record.first()),
                record.state() == State.RUNNING ? Optional.empty() : Optional.of(day(record.last())),
                record.times(),
                record.people(),
                record.countries().stream()
                        .map(c -> new Repository.Reach(Reading.country(c.code(), lang), c.people()))
                        .toList(),
                aims(facts.path("targeting"), lang),
                aims(facts.path("excluding"), lang),
                removal(facts.path("removal")));
    }

    private Optional<Repository.Removal> removal(JsonNode removal) {
        return removal.isObject()
                ? Optional.of(new Repository.Removal(
                        day(Instant.parse(removal.get("at").asString())),
                        new Text(removal.get("reason").asString(), "")))
                : Optional.empty();
    }

    /// In the reader's language as far as there are words in it; nothing where they are withheld.
    private static Text words(JsonNode byLanguage, Lang lang) {
        if (!byLanguage.isObject() || byLanguage.isEmpty()) {
            return new Text("", "");
        }
        var words = new java.util.TreeMap<String, String>();
        byLanguage.properties().forEach(e -> words.put(e.getKey(), e.getValue().asString()));
        return Reading.text(new mizan.core.campaign.Text(words), lang);
    }

    private Optional<Feed.Picture> picture(JsonNode picture, Lang lang) {
        return engine.pictures()
                .find(picture.path("name").asString(""))
                .map(stored -> new Feed.Picture(
                        stored.path(),
                        stored.width(),
                        stored.height(),
                        words(picture.path("alternative"), lang),
                        Optional.of(words(picture.path("caption"), lang))
                                .filter(c -> !c.value().isEmpty())));
    }

    private static List<Repository.Aim> aims(JsonNode criteria, Lang lang) {
        var aims = new ArrayList<Repository.Aim>();
        for (var criterion : Criterion.values()) {
            var values = criteria.path(criterion.code());
            UnaryOperator<String> name = switch (criterion) {
                case COUNTRY -> code -> Reading.country(code, lang);
                case LANGUAGE -> tag -> Reading.language(tag, lang);
                default -> value -> value;
            };
            if (values.isArray()) {
                aims.add(new Repository.Aim(
                        WhyKind.of(criterion),
                        values.valueStream().map(v -> name.apply(v.asString())).toList()));
            } else if (values.isNumber()) {
                // Authors are people: only how many.
                aims.add(new Repository.Aim(WhyKind.of(criterion), List.of(values.asString())));
            }
        }
        return aims;
    }
}
