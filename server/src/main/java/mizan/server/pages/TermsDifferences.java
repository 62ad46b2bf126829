package mizan.server.pages;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import mizan.core.suitability.SharedList;
import mizan.core.suitability.Terms;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.server.console.page.Risk;
import mizan.server.console.page.Suitability;
import mizan.server.console.page.TermsEdit.Difference;
import mizan.server.console.words.Words;

/// What one version of terms has that another has not, in words.
final class TermsDifferences {
    private static final int SHOWN = 40;
    private final Words words;
    private final List<Difference> found = new ArrayList<>();

    private TermsDifferences(Words words) {
        this.words = words;
    }

    static List<Difference> between(Terms now, Terms then, Words words) {
        var differences = new TermsDifferences(words);
        differences.compare(now, then);
        return differences.found;
    }

    private void compare(Terms now, Terms then) {
        value("changed.name", now.name(), then.name());
        value("changed.preset", preset(now), preset(then));
        value("changed.max_tier", tier(now.maxTier()), tier(then.maxTier()));
        for (var topic : Topic.values()) {
            value("topic." + topic.code(), limit(now, topic), limit(then, topic));
        }
        value("changed.before", Integer.toString(now.before()), Integer.toString(then.before()));
        value("changed.after", Integer.toString(now.after()), Integer.toString(then.after()));
        entries("changed.keywords", now.keywords(), then.keywords());
        entries("changed.authors", now.authors(), then.authors());
        entries("edit.communities", now.communities(), then.communities());
        entries("edit.languages", names(now), names(then));
        entries("terms.lists", lists(now), lists(then));
    }

    private String preset(Terms terms) {
        return words.text(Suitability.valueOf(terms.preset().name()).wordKey());
    }

    private String tier(Tier tier) {
        return words.text(Risk.valueOf(tier.name()).wordKey());
    }

    private String limit(Terms terms, Topic topic) {
        return Optional.ofNullable(terms.maxTierByTopic().get(topic))
                .map(this::tier)
                .orElseGet(() -> words.text("edit.as_rest"));
    }

    private List<String> names(Terms terms) {
        return terms.languages().stream()
                .sorted()
                .map(l -> Reading.language(l, words.lang()))
                .toList();
    }

    private static List<String> lists(Terms terms) {
        return terms.lists().stream().map(TermsDifferences::named).toList();
    }

    private static String named(SharedList list) {
        return list.name() + " " + list.version() + " " + list.sha256().substring(0, 12);
    }

    private void value(String label, String from, String to) {
        if (!from.equals(to)) {
            found.add(new Difference(words.text(label), from, to, List.of(), List.of(), 0, 0));
        }
    }

    private void entries(String label, Collection<String> before, Collection<String> after) {
        var removed = new LinkedHashSet<>(before);
        removed.removeAll(new TreeSet<>(after));
        var added = new LinkedHashSet<>(after);
        added.removeAll(new TreeSet<>(before));
        if (!removed.isEmpty() || !added.isEmpty()) {
            found.add(new Difference(
                    words.text(label),
                    "",
                    "",
                    first(removed.stream()),
                    first(added.stream()),
                    removed.size(),
                    added.size()));
        }
    }

    private static List<String> first(Stream<String> entries) {
        return entries.limit(SHOWN).toList();
    }
}
