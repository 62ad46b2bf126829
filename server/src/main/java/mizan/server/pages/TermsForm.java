package mizan.server.pages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import mizan.core.suitability.Terms;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.suitability.text.KeywordList;
import mizan.server.console.page.Suitability;
import mizan.server.console.page.TermsEdit;
import mizan.server.console.page.TermsEdit.Wrong;
import mizan.server.console.page.TermsPage;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Terms as a form: how they stand in it, and what somebody sent.
///
/// @param fields what the book would be asked for
/// @param wrong lines that cannot be used, the first ones
record TermsForm(TermsEdit.Form shown, ObjectNode fields, List<Wrong> wrong) {
    /// What a reader can be asked to read.
    private static final int MOST_WRONG = 50;

    private static final int MAX_NAME_OF_ENTRY = 200;
    private static final int MOST_CHARS = 60;

    /// Languages that are offered; terms may hold others, which stay.
    static final Set<String> LANGUAGES =
            Set.of("ar", "de", "en", "es", "fa", "fr", "he", "hi", "id", "ru", "tr", "ur", "zh");

    /// The form of terms as they are.
    static TermsEdit.Form of(Terms terms, ObjectNode stored) {
        var topics = new LinkedHashMap<String, String>();
        terms.maxTierByTopic().forEach((topic, tier) -> topics.put(topic.code(), tier.name()));
        var lists = stored.path("lists") instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
        return new TermsEdit.Form(
                terms.advertiser().value(),
                terms.name(),
                Suitability.valueOf(terms.preset().name()),
                terms.maxTier() == terms.preset().maxTier()
                        ? ""
                        : terms.maxTier().name(),
                topics,
                String.join("\n", terms.keywords()),
                String.join("\n", new TreeSet<>(terms.authors())),
                String.join("\n", new TreeSet<>(terms.communities())),
                terms.languages(),
                terms.before(),
                terms.after(),
                taken(lists),
                lists.toString(),
                "",
                false);
    }

    /// The form of new terms: the middle preset, one post each side.
    static TermsEdit.Form empty(String advertiser) {
        return new TermsEdit.Form(
                advertiser,
                "",
                Suitability.STANDARD,
                "",
                Map.of(),
                "",
                "",
                "",
                Set.of(),
                1,
                1,
                List.of(),
                "[]",
                "",
                false);
    }

    /// What was sent.
    ///
    /// @param now the version that it would take the place of; a limit of a topic that it lacks is taken back
    static TermsForm read(Map<String, String> sent, Optional<Terms> now) {
        return new Reader(sent).read(now);
    }

    private static List<TermsPage.Taken> taken(ArrayNode lists) {
        var taken = new ArrayList<TermsPage.Taken>();
        for (var list : lists) {
            taken.add(new TermsPage.Taken(
                    list.path("name").asString(""),
                    list.path("version").asString(""),
                    shortened(list.path("sha256").asString(""), 12),
                    list.path("keywords").size()
                            + list.path("authors").size()
                            + list.path("communities").size()));
        }
        return taken;
    }

    private static String shortened(String text, int chars) {
        return text.codePointCount(0, text.length()) <= chars
                ? text
                : text.substring(0, text.offsetByCodePoints(0, chars));
    }

    private static final class Reader {
        private final Map<String, String> sent;
        private final List<Wrong> wrong = new ArrayList<>();

        Reader(Map<String, String> sent) {
            this.sent = sent;
        }

        private String text(String name) {
            return sent.getOrDefault(name, "");
        }

        TermsForm read(Optional<Terms> now) {
            var fields = JsonNodeFactory.instance.objectNode();
            if (now.isEmpty()) {
                fields.put("advertiser", text("advertiser"));
            }
            var name = text("name").strip();
            fields.put("name", name);
            var preset = preset();
            fields.put("preset", preset.name());
            var maxTier = tier(text("max_tier"));
            fields.put("max_tier", maxTier.isEmpty() ? preset.maxTier().name() : maxTier);
            var topics = topics(fields.putObject("max_tier_by_topic"), now);
            var keywords = lines("keywords", KeywordList.MAX_KEYWORD_CHARS, KeywordList::isUsable);
            var authors = lines("authors", MAX_NAME_OF_ENTRY, _ -> true);
            var communities = lines("communities", MAX_NAME_OF_ENTRY, _ -> true);
            put(fields, "keywords", keywords);
            put(fields, "authors", authors);
            put(fields, "communities", communities);
            var languages = languages(now);
            put(fields, "languages", languages);
            fields.put("before", posts("before")).put("after", posts("after"));
            var lists = lists();
            fields.set("lists", lists);
            var shown = new TermsEdit.Form(
                    now.map(t -> t.advertiser().value()).orElse(text("advertiser")),
                    name,
                    Suitability.valueOf(preset.name()),
                    maxTier,
                    topics,
                    String.join("\n", keywords),
                    String.join("\n", authors),
                    String.join("\n", communities),
                    languages,
                    posts("before"),
                    posts("after"),
                    taken(lists),
                    lists.toString(),
                    text("reason").strip(),
                    sent.containsKey("signs"));
            return new TermsForm(shown, fields, wrong);
        }

        private Terms.Preset preset() {
            return switch (text("preset")) {
                case "relaxed" -> Terms.Preset.RELAXED;
                case "strict" -> Terms.Preset.STRICT;
                default -> Terms.Preset.STANDARD;
            };
        }

        /// One that can be bought; empty for none.
        private static String tier(String text) {
            return List.of(Tier.SAFE, Tier.LOW, Tier.MEDIUM, Tier.HIGH).stream()
                    .map(Tier::name)
                    .filter(text::equals)
                    .findFirst()
                    .orElse("");
        }

        private Map<String, String> topics(ObjectNode limits, Optional<Terms> now) {
            var shown = new LinkedHashMap<String, String>();
            for (var topic : Topic.values()) {
                var tier = tier(text("topic." + topic.code()));
                if (!tier.isEmpty()) {
                    limits.put(topic.code(), tier);
                    shown.put(topic.code(), tier);
                } else if (now.filter(t -> t.maxTierByTopic().containsKey(topic))
                        .isPresent()) {
                    limits.putNull(topic.code());
                }
            }
            return shown;
        }

        private Set<String> languages(Optional<Terms> now) {
            var languages = new TreeSet<String>();
            LANGUAGES.stream().filter(l -> sent.containsKey("language." + l)).forEach(languages::add);
            now.map(Terms::languages).orElse(Set.of()).stream()
                    .filter(l -> !LANGUAGES.contains(l))
                    .forEach(languages::add);
            return languages;
        }

        private int posts(String name) {
            return text(name).matches("[1-3]") ? Integer.parseInt(text(name)) : 1;
        }

        /// What was typed and what the file holds, each line once.
        private Set<String> lines(String field, int mostChars, Predicate<String> usable) {
            var entries = new LinkedHashSet<String>();
            for (var part : List.of(field, field + "_file")) {
                int number = 0;
                for (var line : (Iterable<String>) text(part).lines()::iterator) {
                    number++;
                    var entry = line.replace("\uFEFF", "").strip();
                    if (entry.isEmpty()) {
                        continue;
                    }
                    if (entry.length() > mostChars) {
                        wrong(part, number, entry, "too_long");
                    } else if (!usable.test(entry)) {
                        wrong(part, number, entry, "no_letters");
                    }
                    entries.add(entry);
                }
            }
            if (entries.size() > Terms.MAX_LIST) {
                wrong(field, 0, Integer.toString(entries.size()), "too_many");
            }
            return entries;
        }

        private void wrong(String field, int line, String text, String problem) {
            if (wrong.size() < MOST_WRONG) {
                wrong.add(new Wrong(field, line, shortened(text, MOST_CHARS), problem));
            }
        }

        /// Those that it had and did not drop, and the one in the file. Whether each is what its hash says is
        /// the book's to check.
        private ArrayNode lists() {
            var lists = JsonNodeFactory.instance.arrayNode();
            try {
                var had = StrictJson.object(("{\"lists\":" + (text("lists").isEmpty() ? "[]" : text("lists")) + "}")
                        .getBytes(StandardCharsets.UTF_8));
                int nth = 0;
                for (var list : had.path("lists")) {
                    if (!sent.containsKey("drop." + nth++)) {
                        lists.add(list);
                    }
                }
                if (!text("list_file").isBlank()) {
                    lists.add(StrictJson.object(text("list_file").getBytes(StandardCharsets.UTF_8)));
                }
            } catch (Refused _) {
                wrong("list_file", 0, "", "no_list");
            }
            return lists;
        }

        private static void put(ObjectNode fields, String name, Set<String> entries) {
            var array = fields.putArray(name);
            entries.forEach(array::add);
        }
    }
}
