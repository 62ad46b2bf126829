package mizan.server.repository;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.Token;
import mizan.log.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// By what an ad is found: its words, folded as readers see them (case, hamza, marks and forms of letters make no
/// difference), and its properties, each a token that no word can be.
///
/// @param words of content, names and payer; none of what is withheld
/// @param properties see [#property]
public record SearchTerms(Set<String> words, Set<String> properties) {
    /// Of an ad that is aimed at no country or language: it may be shown in all.
    static final String ANY = "*";

    private static final List<String> ARTICLES = List.of("وال", "بال", "فال", "كال", "لل", "ال");
    private static final int SHORTEST_STEM = 3;

    public SearchTerms {
        words = Set.copyOf(words);
        properties = Set.copyOf(properties);
    }

    /// Of facts as [AdFacts] makes them.
    public static SearchTerms of(ObjectNode facts, State state) {
        var words = new LinkedHashSet<String>();
        words.add(facts.get("id").asString().toLowerCase(Locale.ROOT));
        var properties = new LinkedHashSet<String>();
        properties.add(property("state", state.code()));
        facts.path("on_behalf_of").forEach(name -> words.addAll(words(name.asString())));
        if (facts.path("payer").isString()) {
            words.addAll(words(facts.get("payer").asString()));
            properties.add(property("payer", facts.get("payer").asString()));
            properties.add(property("advertiser", facts.get("advertiser").asString()));
        }
        var content = facts.path("content");
        for (var part : List.of("headline", "body", "call_to_action")) {
            content.path(part).forEach(text -> words.addAll(words(text.asString())));
        }
        content.path("headline").propertyNames().forEach(l -> properties.add(property("content_language", l)));
        aims(facts.path("targeting"), "aim", properties);
        aims(facts.path("excluding"), "not", properties);
        for (var where : List.of("country", "language")) {
            if (!facts.path("targeting").has(where)) {
                properties.add(property("aim." + where, ANY));
            }
        }
        return new SearchTerms(words, properties);
    }

    private static void aims(JsonNode criteria, String side, Set<String> properties) {
        criteria.properties().forEach(criterion -> {
            properties.add(property(side, criterion.getKey()));
            criterion.getValue().forEach(v -> properties.add(property(side + "." + criterion.getKey(), v.asString())));
        });
    }

    /// One word for a name with its value: the first 80 bits of a hash of both, so that a value may hold any sign
    /// and be as long as it likes. Two of a million values fall together with a chance below one in a trillion.
    static String property(String name, String value) {
        return "p"
                + Sha256.hex(name + "\0" + value.strip().toLowerCase(Locale.ROOT))
                        .substring(0, 20);
    }

    /// The words of a text, and Arabic ones without their article too.
    private static Collection<String> words(String text) {
        var words = new LinkedHashSet<String>();
        for (var token : Folding.fold(text).tokens()) {
            words.add(token.word());
            words.add(stem(token));
        }
        return words;
    }

    /// What somebody looks for: each word as [#words] would keep it.
    static List<String> wanted(String text) {
        return Folding.fold(text).tokens().stream()
                .filter(token -> token.kind() != Token.Kind.EMOJI)
                .map(SearchTerms::stem)
                .distinct()
                .toList();
    }

    private static String stem(Token token) {
        if (token.kind() == Token.Kind.ARABIC) {
            for (var article : ARTICLES) {
                if (token.word().startsWith(article) && token.word().length() >= article.length() + SHORTEST_STEM) {
                    return token.word().substring(article.length());
                }
            }
        }
        return token.word();
    }
}
