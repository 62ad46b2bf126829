package mizan.core.signal;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import mizan.core.signal.Entry.Kind;
import mizan.core.signal.Entry.Tense;
import mizan.core.signal.Phrases.Found;
import mizan.core.signal.SetAside.Why;
import mizan.core.signal.Signal.Stance;

/// Whether a sentence claims what a cue tells.
final class Stances {
    private static final int NEGATION_REACH = 5;
    private static final int ARABIC_NEGATION_REACH = 3;
    private static final int PLAN_REACH = 6;

    private final View view;
    private final Sentence sentence;

    Stances(View view) {
        this.view = view;
        this.sentence = view.sentence;
    }

    /// Why the act is no signal; empty if it is one.
    Optional<Why> setAside(Cue cue) {
        if (isDenied(cue)) {
            return Optional.of(Why.DENIED);
        }
        if (isNegated(cue)) {
            return Optional.of(Why.NEGATED);
        }
        if (sentence.isQuestion()) {
            return Optional.of(Why.ASKED);
        }
        if (isImagined(cue)) {
            return Optional.of(Why.IMAGINED);
        }
        return isElsewhere(cue) ? Optional.of(Why.ELSEWHERE) : Optional.empty();
    }

    Stance stance(Cue cue) {
        int from = Math.max(sentence.segmentStart(cue.from()), cue.from() - PLAN_REACH);
        boolean planned = cue.tense() == Tense.FUTURE
                || isHeadline(cue)
                || near(Kind.PLAN, from, cue)
                || (near(Kind.WOULD, from, cue) && isReported(cue));
        return planned ? Stance.PLANNED : Stance.DONE;
    }

    /// "Nordlys to raise its spending"
    private boolean isHeadline(Cue cue) {
        int to = cue.from() - 1;
        return to > 0 && sentence.word(to).folded().equals("to") && view.isNamed(to - 1);
    }

    /// A denial reaches to the next "but" or "said", whatever stands between.
    private boolean isDenied(Cue cue) {
        var denial = view.hits(Kind.DENY, 0, cue.from()).max(Comparator.comparingInt(Found::to));
        boolean denied = denial.isPresent()
                && view.hits(Kind.RESET, denial.get().to(), cue.from())
                        .findAny()
                        .isEmpty()
                && !hasNegation(
                        denial.get().from() - NEGATION_REACH, denial.get().from());
        return denied
                || view.hits(Kind.FALSE, 0, cue.from()).anyMatch(h -> !view.has(Kind.RESET, h.to(), cue.from()))
                || view.hits(Kind.FALSE, cue.to(), sentence.size())
                        .anyMatch(h -> view.hits(Kind.RESET, cue.to(), h.from())
                                        .findAny()
                                        .isEmpty()
                                && !hasNegation(h.from() - 2, h.from()));
    }

    private boolean hasNegation(int from, int to) {
        return view.hits(Kind.NEGATE, Math.max(0, from), to).findAny().isPresent();
    }

    private boolean isNegated(Cue cue) {
        int reach = cue.arabic() ? ARABIC_NEGATION_REACH : NEGATION_REACH;
        int from = Math.max(sentence.segmentStart(cue.from()), cue.from() - reach);
        boolean next = view.hits(Kind.NEGATE_NEXT, 0, cue.from()).anyMatch(h -> h.to() == cue.from());
        return next
                || view.hits(Kind.NEGATE, from, cue.from())
                        .filter(h -> view.hits(Kind.AFFIRM, 0, sentence.size())
                                .noneMatch(a -> a.from() <= h.from() && h.from() < a.to()))
                        .anyMatch(h -> !hasActBetween(h.to(), cue) && !hasConnector(h.to(), cue.from()));
    }

    /// "has not returned since it stopped": the negation belongs to the act before.
    private boolean hasActBetween(int from, Cue cue) {
        return view.hits(Kind.VERB, from, cue.from()).findAny().isPresent();
    }

    private boolean hasConnector(int from, int to) {
        return view.hits(Kind.CONNECT, from, to)
                .anyMatch(h ->
                        !Set.of("that", "or").contains(sentence.word(h.from()).folded()));
    }

    private boolean isImagined(Cue cue) {
        int segment = sentence.segmentStart(cue.from());
        boolean maybe = cue.tense() == Tense.PRESENT
                && view.hits(Kind.MAYBE, segment, cue.from()).anyMatch(h -> h.to() == cue.from());
        boolean would = near(Kind.WOULD, segment, cue) && !isReported(cue);
        return maybe
                || would
                || view.hits(Kind.IMAGINE, segment, cue.from())
                        .anyMatch(h -> !hasActBetween(h.to(), cue)
                                || sentence.word(h.from()).folded().equals("if"));
    }

    private boolean near(Kind kind, int from, Cue cue) {
        return view.hits(kind, from, cue.from()).anyMatch(h -> !hasActBetween(h.to(), cue));
    }

    private boolean isReported(Cue cue) {
        return view.has(Kind.SAYS, 0, cue.from()) || view.has(Kind.CONTROL, 0, cue.from());
    }

    /// Somewhere else is named and not this platform.
    private boolean isElsewhere(Cue cue) {
        int end = sentence.segmentEnd(cue.to() - 1);
        return cue.act().isSpending()
                && view.has(Kind.ELSEWHERE, sentence.segmentStart(cue.from()), end)
                && !view.hasPlatform(0, sentence.size());
    }
}
