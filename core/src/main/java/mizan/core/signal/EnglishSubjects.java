package mizan.core.signal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mizan.core.signal.Entry.Kind;

/// Subjects in English: before the verb, or after "by".
final class EnglishSubjects extends Subjects {
    private static final int PASSIVE_REACH = 3;
    private static final int AFTER_PREPOSITION = 3;
    private static final List<Kind> EMPTY_WORDS = List.of(
            Kind.ADVERB,
            Kind.AMOUNT,
            Kind.RESET,
            Kind.PASSIVE,
            Kind.PLAN,
            Kind.WOULD,
            Kind.CONTROL,
            Kind.IMAGINE,
            Kind.NEGATE,
            Kind.AFFIRM,
            Kind.DENY,
            Kind.CONNECT,
            Kind.SAYS,
            Kind.SOURCE,
            Kind.ADS,
            Kind.ONE,
            Kind.MANY,
            Kind.LEADER,
            Kind.CORP,
            Kind.WE,
            Kind.SOME,
            Kind.PREPOSITION,
            Kind.VERB,
            Kind.NOUN,
            Kind.END);

    EnglishSubjects(View view, Memory memory) {
        super(view, memory);
    }

    @Override
    Optional<Mention> of(Cue cue, int lower) {
        if (cue.noun()) {
            return ofNoun(cue, lower);
        }
        if (isPassive(cue)) {
            return by(cue).or(() -> cue.act().isSpending() ? owner(cue, lower) : Optional.empty());
        }
        return ofVerb(cue.from(), lower, cue);
    }

    /// "was paused", "has been quietly paused"; "has been pausing" is active.
    boolean isPassive(Cue cue) {
        if (sentence.word(cue.from()).folded().endsWith("ing")) {
            return false;
        }
        int at = cue.from() - 1;
        while (at >= 0 && cue.from() - at <= PASSIVE_REACH && standsBetween(at)) {
            at--;
        }
        return at >= 0 && view.is(Kind.PASSIVE, at);
    }

    private boolean standsBetween(int at) {
        return !view.is(Kind.PASSIVE, at) && (view.is(Kind.ADVERB, at) || view.is(Kind.NEGATE, at));
    }

    private Optional<Mention> by(Cue cue) {
        int end = sentence.segmentEnd(cue.to() - 1);
        return view.mentions.stream()
                .filter(m -> m.within(cue.to(), end))
                .filter(m -> view.hits(Kind.BY, cue.to(), m.from()).anyMatch(h -> m.from() - h.to() <= 1))
                .findFirst();
    }

    /// Whose advertising it is, where nobody is named who stopped it: "ads from Unilever were pulled".
    private Optional<Mention> owner(Cue cue, int lower) {
        return view.mentions.stream()
                .filter(m -> m.isAdvertiser() && m.within(lower, cue.from()) && !isAnothers(m))
                .max(Comparator.comparingInt(Mention::from))
                .or(() -> anaphor(regionStart(cue.from(), lower), cue.from()))
                .or(() -> Optional.of(cue)
                        .filter(_ -> !hasStranger(regionStart(cue.from(), lower), cue.from()))
                        .flatMap(_ -> previous()));
    }

    private Optional<Mention> ofVerb(int verb, int lower, Cue cue) {
        if (view.has(Kind.WE, regionStart(verb, lower), verb)) {
            return speaker(cue);
        }
        int region = regionStart(verb, lower);
        var named = view.mentions.stream()
                .filter(m -> m.within(lower, verb) && !m.oblique() && !isAnothers(m) && !isObjectBefore(m, lower))
                .filter(m -> !hasStranger(Math.max(region, m.to()), verb))
                .max(Comparator.comparingInt(Mention::from));
        if (named.isPresent()) {
            return named;
        }
        var meant = anaphor(region, verb);
        if (meant.isPresent() || hasStranger(region, verb)) {
            return meant;
        }
        return lower > 0 ? previous() : named(verb, false).filter(m -> !m.oblique() && !isAnothers(m));
    }

    private Optional<Mention> ofNoun(Cue cue, int lower) {
        int segment = sentence.segmentStart(cue.from());
        var possessor = view.mentions.stream()
                .filter(m -> m.to() < cue.from() && cue.from() - m.to() <= PASSIVE_REACH)
                .filter(m -> sentence.word(m.to()).folded().equals("s"))
                .max(Comparator.comparingInt(Mention::from));
        var after = view.mentions.stream()
                .filter(m -> m.from() > cue.to() && m.from() - cue.to() <= 2)
                .filter(m ->
                        List.of("of", "by").contains(sentence.word(cue.to()).folded()))
                .findFirst();
        boolean own = cue.from() > 0
                && List.of("its", "their")
                        .contains(sentence.word(cue.from() - 1).folded());
        var control = view.hits(Kind.CONTROL, segment, cue.from()).reduce((_, last) -> last);
        return possessor
                .or(() -> after)
                .or(() -> own ? previous().or(() -> named(cue.from(), false)).or(this::remembered) : Optional.empty())
                .or(() -> control.flatMap(c -> ofVerb(c.from(), lower, cue)));
    }

    /// Whom the act before was done to: in "sued Mars and paused", Mars paused nothing.
    private boolean isObjectBefore(Mention mention, int lower) {
        return lower > 0
                && mention.from() - lower <= 1
                && view.hits(Kind.VERB, 0, lower)
                        .anyMatch(h -> h.to() == lower
                                && !h.meaning().act().orElseThrow().isSpending());
    }

    /// After the last "and", "while" or "which" before the verb.
    private int regionStart(int verb, int lower) {
        int start = Math.max(sentence.segmentStart(verb), lower);
        return view.hits(Kind.CONNECT, start, verb)
                .filter(h -> view.mentions.stream().noneMatch(m -> m.from() < h.from() && h.to() < m.to()))
                .mapToInt(Phrases.Found::to)
                .max()
                .orElse(start);
    }

    /// Whether somebody is there who has no name in the book: "while other brands paused".
    private boolean hasStranger(int from, int to) {
        int sincePreposition = AFTER_PREPOSITION;
        for (int i = from; i < to; i++) {
            sincePreposition = view.is(Kind.PREPOSITION, i) ? 0 : sincePreposition + 1;
            if (view.is(Kind.RIVAL, i) || (sincePreposition >= AFTER_PREPOSITION && isContent(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isContent(int i) {
        var word = sentence.word(i);
        return !word.isNumber()
                && !word.folded().endsWith("ly")
                && word.folded().length() > 1
                && !view.isNamed(i)
                && EMPTY_WORDS.stream().noneMatch(kind -> view.is(kind, i));
    }
}
