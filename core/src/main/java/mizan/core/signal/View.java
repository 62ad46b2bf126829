package mizan.core.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mizan.core.campaign.AdvertiserId;
import mizan.core.signal.Entry.Kind;
import mizan.core.signal.Phrases.Found;
import mizan.core.suitability.text.Folding;

/// A sentence with everything that was found in it.
final class View {
    private static final Set<String> LIST_WORDS = Set.of("and", "و", "as", "well", "or", "plus", "او", "كذلك");
    private static final Pattern ARTICLE_AFTER_PREPOSITION = Pattern.compile("[وف]?(لل|بال|كال)");

    final Sentence sentence;
    final List<Mention> mentions = new ArrayList<>();
    private final List<Found<Entry>> hits;

    View(Sentence sentence, Lexicon lexicon, Phrases<Mention.Who> names) {
        this.sentence = sentence;
        this.hits = lexicon.in(sentence);
        group(singles(names));
        hits(Kind.RESET, 0, sentence.size())
                .filter(hit -> mentions.stream().noneMatch(m -> hit.from() > m.from() && hit.from() < m.to()))
                .filter(hit -> hit.from() > 0)
                .forEach(hit -> sentence.breakAt(hit.from()));
    }

    /// The names in the sentence, the longest at each place.
    private List<Mention> singles(Phrases<Mention.Who> names) {
        var found = new ArrayList<Mention>();
        int free = 0;
        for (var name : names.in(sentence)) {
            if (name.from() >= free && isName(name)) {
                found.add(mention(name));
                free = name.to();
            }
        }
        for (var generic : hits(Kind.PLATFORM, 0, sentence.size()).toList()) {
            boolean taken = found.stream().anyMatch(m -> generic.from() < m.to() && m.from() < generic.to());
            if (!taken) {
                found.add(new Mention(List.of(), false, generic.from(), generic.to(), isOblique(generic.from(), "")));
            }
        }
        found.sort((a, b) -> a.from() - b.from());
        return found;
    }

    private Mention mention(Found<Mention.Who> name) {
        var who = name.meaning().advertiser().map(List::of).orElse(List.<AdvertiserId>of());
        var first = Folding.fold(name.meaning().name()).words().getFirst();
        return new Mention(who, name.meaning().person(), name.from(), name.to(), isOblique(name.from(), first));
    }

    /// Latin names keep their capitals: `target` is no advertiser. An Arabic name that is a month too is the
    /// month where a date is written.
    private boolean isName(Found<Mention.Who> found) {
        var first = sentence.word(found.from());
        var name = found.meaning().name();
        if (!first.isArabic()) {
            boolean capital = Character.isUpperCase(name.codePointAt(0));
            boolean oneLetter = name.length() == 1 && !first.raw().equals(name);
            boolean inflected = !name.toLowerCase(java.util.Locale.ROOT)
                    .startsWith(first.raw().toLowerCase(java.util.Locale.ROOT));
            return !oneLetter && !inflected && (!capital || first.isCapital());
        }
        return found.to() - found.from() > 1 || !Times.isMonthHere(sentence, found.from());
    }

    /// @param first the first word of the name itself, folded; empty where it stands with its article
    private boolean isOblique(int at, String first) {
        boolean led = at > 0 && is(Kind.LEADER, at - 1);
        if (!led && isAttached(sentence.word(at).folded(), first)) {
            return true;
        }
        int before = at - 1;
        while (before >= 0
                && !sentence.breaksBefore(before + 1)
                && (is(Kind.CORP, before) || (is(Kind.AMOUNT, before) && !is(Kind.PREPOSITION, before)))) {
            before--;
        }
        boolean leads = before > 0 && is(Kind.LEADER, before - 1);
        return before >= 0 && !leads && !sentence.breaksBefore(before + 1) && is(Kind.PREPOSITION, before);
    }

    /// Whether "in", "to" or "like" is written as one word with the name: `لنوردليس`, `للواحة`. A name that only
    /// begins with such a letter, as `لومن` does, is none.
    private static boolean isAttached(String word, String first) {
        int before = first.isEmpty() ? -1 : word.indexOf(first);
        return before < 0
                ? ARTICLE_AFTER_PREPOSITION.matcher(word).lookingAt()
                : word.substring(0, before).chars().anyMatch(c -> "بلك".indexOf(c) >= 0);
    }

    /// Names with nothing but commas and "and" between them are one mention of several.
    private void group(List<Mention> singles) {
        for (var single : singles) {
            var last = mentions.isEmpty() ? null : mentions.getLast();
            if (last != null
                    && last.person() == single.person()
                    && !last.isPlatform()
                    && !single.isPlatform()
                    && !isExcepted(last)
                    && areListed(last.to(), single.from())) {
                var who = new ArrayList<>(last.who());
                single.who().stream().filter(w -> !who.contains(w)).forEach(who::add);
                mentions.set(
                        mentions.size() - 1, new Mention(who, last.person(), last.from(), single.to(), last.oblique()));
                sentence.join(last.from(), single.to());
            } else {
                mentions.add(single);
            }
        }
    }

    private boolean isExcepted(Mention mention) {
        return hits(Kind.EXCEPT, 0, mention.from()).anyMatch(h -> h.to() == mention.from());
    }

    private boolean areListed(int from, int to) {
        boolean listed = false;
        for (int i = from; i < to; i++) {
            if (!LIST_WORDS.contains(sentence.word(i).folded()) && !is(Kind.CORP, i)) {
                return false;
            }
            listed = true;
        }
        var gap = sentence.gap(to);
        return listed
                || gap.contains(",")
                || gap.contains("،")
                || gap.contains("&")
                || sentence.word(to).raw().startsWith("و");
    }

    Stream<Found<Entry>> hits(Kind kind, int from, int to) {
        return hits.stream().filter(h -> h.meaning().kind() == kind && h.from() >= from && h.to() <= to);
    }

    List<Found<Entry>> hits() {
        return hits;
    }

    boolean has(Kind kind, int from, int to) {
        return hits(kind, from, to).findAny().isPresent();
    }

    /// Whether a word is part of a phrase of this kind.
    boolean is(Kind kind, int word) {
        return hits.stream().anyMatch(h -> h.meaning().kind() == kind && h.from() <= word && word < h.to());
    }

    boolean isNamed(int word) {
        return mentions.stream().anyMatch(m -> m.from() <= word && word < m.to());
    }

    /// Words of advertising that are no part of "ad revenue" and the like.
    boolean hasAds(int from, int to) {
        return hits(Kind.ADS, from, to)
                .anyMatch(ads -> hits(Kind.NOT_ADS, 0, sentence.size())
                        .noneMatch(not -> not.from() <= ads.from() && ads.from() < not.to()));
    }

    boolean hasPlatform(int from, int to) {
        return mentions.stream().anyMatch(m -> m.isPlatform() && !m.person() && m.within(from, to));
    }
}
