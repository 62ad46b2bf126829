package mizan.core.signal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mizan.core.signal.Entry.Kind;
import mizan.core.signal.Phrases.Found;

/// Subjects in Arabic: after the verb, or before it; of a verbal noun, what it is joined to, or whoever
/// decides on it.
final class ArabicSubjects extends Subjects {
    private static final int REACH = 4;
    private static final List<Kind> BEFORE_A_NAME = List.of(Kind.CORP, Kind.ADVERB, Kind.AMOUNT, Kind.LEADER, Kind.ADS);
    private static final List<Kind> GOVERNING = List.of(Kind.CONTROL, Kind.PLAN, Kind.IMAGINE, Kind.DENY, Kind.NEGATE);
    private static final List<Kind> MAY_FOLLOW = List.of(
            Kind.ADS, Kind.AMOUNT, Kind.ADVERB, Kind.PREPOSITION, Kind.NOUN, Kind.CONTROL, Kind.PLAN, Kind.ELSEWHERE);

    ArabicSubjects(View view, Memory memory) {
        super(view, memory);
    }

    @Override
    Optional<Mention> of(Cue cue, int lower) {
        var inside = view.mentions.stream()
                .filter(m -> m.within(cue.from(), cue.to()))
                .findFirst();
        return inside.or(() -> cue.noun() ? ofNoun(cue, lower) : ofVerb(cue.from(), cue.to(), lower, cue));
    }

    private Optional<Mention> ofVerb(int from, int to, int lower, Cue cue) {
        if (isFirstPerson(from) || view.has(Kind.WE, sentence.segmentStart(from), from)) {
            return speaker(cue);
        }
        var after = next(to);
        if (after.isPresent()) {
            return after;
        }
        int segment = sentence.segmentStart(from);
        var before = view.mentions.stream()
                .filter(m -> m.within(Math.max(lower, 0), from) && !m.oblique() && !isAnothers(m))
                .filter(m -> m.to() > segment || sentence.breaksBefore(from) || isAlone(segment, from))
                .max(Comparator.comparingInt(Mention::from));
        var meant = anaphor(to, Math.min(to + 2, sentence.size())).or(() -> anaphor(Math.max(segment, lower), from));
        if (startsClause(from) && meant.isPresent()) {
            return meant;
        }
        if (before.isPresent() && (!startsClause(from) || inherits(to))) {
            return before;
        }
        if (meant.isPresent()) {
            return meant;
        }
        if (!inherits(to)) {
            return Optional.empty();
        }
        return lower > 0
                ? previous()
                : remembered().filter(_ -> view.mentions.stream().noneMatch(Mention::isAdvertiser));
    }

    /// The name right after a verb, past "the company" and "temporarily": the doer.
    private Optional<Mention> next(int to) {
        int at = to;
        while (at < sentence.size() && at - to < REACH && !view.isNamed(at) && mayPrecedeAName(at)) {
            at++;
        }
        int here = at;
        return view.mentions.stream()
                .filter(m -> m.from() == here && !m.oblique() && !isAnothers(m))
                .filter(_ -> here == to || !sentence.breaksBefore(here))
                .findFirst();
    }

    private boolean mayPrecedeAName(int word) {
        return BEFORE_A_NAME.stream().anyMatch(kind -> view.is(kind, word));
    }

    /// Whether what follows the verb can be its object or its place, so that its doer stands elsewhere.
    private boolean inherits(int to) {
        return to >= sentence.size()
                || sentence.breaksBefore(to)
                || view.isNamed(to)
                || MAY_FOLLOW.stream().anyMatch(kind -> view.is(kind, to))
                || sentence.word(to).folded().startsWith("لل")
                || (sentence.word(to).isArabic() && sentence.word(to).folded().startsWith("ب"));
    }

    private boolean startsClause(int from) {
        return from == sentence.segmentStart(from)
                || sentence.word(from).raw().startsWith("و")
                || sentence.word(from).raw().startsWith("ف");
    }

    private boolean isAlone(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!view.is(Kind.ADVERB, i) && !view.is(Kind.NEGATE, i) && !view.is(Kind.MAYBE, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isFirstPerson(int verb) {
        var word = sentence.word(verb).folded();
        return word.endsWith("نا") && word.length() > 4;
    }

    private Optional<Mention> ofNoun(Cue cue, int lower) {
        var control = control(cue);
        var decider = control.flatMap(c -> doerBetween(c.to(), cue.from()));
        if (decider.isPresent()) {
            return decider;
        }
        var joined = next(cue.to());
        if (joined.isPresent()) {
            return joined;
        }
        if (control.isPresent()) {
            return ofVerb(control.get().from(), control.get().to(), lower, cue)
                    .or(() -> cue.from() - control.get().to() <= 1 ? previous() : Optional.empty());
        }
        boolean own = sentence.word(cue.to() - 1).folded().matches(".*(ها|هم|هما)");
        boolean named = own && view.mentions.stream().anyMatch(m -> m.isAdvertiser() && m.to() <= cue.from());
        return own ? previous().or(() -> named ? named(cue.from(), false) : remembered()) : Optional.empty();
    }

    /// The verb that a verbal noun hangs on: "decided", "plans", "denied".
    private Optional<Found<Entry>> control(Cue cue) {
        int segment = sentence.segmentStart(cue.from());
        return GOVERNING.stream()
                .flatMap(kind -> view.hits(kind, segment, cue.from()).reduce((_, last) -> last).stream())
                .findFirst();
    }

    private Optional<Mention> doerBetween(int from, int to) {
        return view.mentions.stream()
                .filter(m -> m.within(from, to) && !m.oblique() && !isAnothers(m))
                .findFirst()
                .or(() -> anaphor(from, to));
    }
}
