package mizan.server.repository;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is searched for; all of it has to hold. Empty means any.
///
/// @param words each as a word or its beginning, in content, names, payer and the ad's id
/// @param advertiser an id
/// @param payer the whole name
/// @param country where it may have been shown: aimed at this country, or at none and not kept from it
/// @param language of readers, in the same way
/// @param states any of them
/// @param from shown at this instant or after, and before `until`
/// @param aims targeting parameters: a criterion such as `interests`, or one value such as `interests:cycling`
public record Search(
        String words,
        Optional<String> advertiser,
        Optional<String> payer,
        Optional<String> country,
        Optional<String> language,
        List<State> states,
        Optional<Instant> from,
        Optional<Instant> until,
        List<String> aims) {
    public static final Search ALL = new Search(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    /// Matches are counted up to here, and then said to be more: counting reads every one of them.
    public static final int MOST_FOUND = 1_000;

    private static final int MOST_WORDS = 12;

    public Search {
        states = List.copyOf(states);
        aims = List.copyOf(aims);
    }

    /// The same for some words alone.
    public static Search words(String words) {
        return new Search(
                words, ALL.advertiser, ALL.payer, ALL.country, ALL.language, ALL.states, ALL.from, ALL.until, ALL.aims);
    }

    /// In the language of the full-text index (SQLite FTS5); empty when it asks for no words and no property. Only
    /// folded letters and hashes come into it, each in quotes.
    public String match() {
        var all = new ArrayList<String>();
        if (!words.isBlank()) {
            // An id has no words: letters and digits are one, its underscore none.
            var wanted = words.strip().matches("ad_[0-9A-Za-z]{1,40}")
                    ? List.of(words.strip().toLowerCase(java.util.Locale.ROOT))
                    : SearchTerms.wanted(words);
            if (wanted.isEmpty()) {
                // Signs alone are in no ad.
                return "words : \"\uFFFF\"";
            }
            wanted.stream().limit(MOST_WORDS).forEach(w -> all.add("words : \"" + w.replace("\"", "") + "\" *"));
        }
        advertiser.ifPresent(a -> all.add(has("advertiser", a)));
        payer.ifPresent(p -> all.add(has("payer", p)));
        if (!states.isEmpty()) {
            all.add(states.stream().map(s -> has("state", s.code())).collect(Collectors.joining(" OR ", "(", ")")));
        }
        for (var aim : aims) {
            int colon = aim.indexOf(':');
            all.add(colon < 0 ? has("aim", aim) : has("aim." + aim.substring(0, colon), aim.substring(colon + 1)));
        }
        country.ifPresent(c -> all.add(reachable("country", c)));
        language.ifPresent(l -> all.add(reachable("language", l)));
        return String.join(" AND ", all);
    }

    private static String reachable(String criterion, String value) {
        return "((" + has("aim." + criterion, value) + " OR " + has("aim." + criterion, SearchTerms.ANY) + ") NOT "
                + has("not." + criterion, value) + ")";
    }

    private static String has(String name, String value) {
        return "properties : \"" + SearchTerms.property(name, value) + "\"";
    }
}
