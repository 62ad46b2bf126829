package mizan.core.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import mizan.core.signal.Entry.Kind;
import mizan.core.signal.Entry.Tense;
import mizan.core.signal.Phrases.Found;

/// Words that tell an act.
///
/// @param noun whether they name it ("its return") and do not say it ("returned")
record Cue(Act act, boolean noun, boolean arabic, Tense tense, int from, int to) {
    private static final int BETWEEN_END_AND_STOP = 2;

    /// The cues of a sentence, in order, none within another.
    static List<Cue> in(View view) {
        var found = new ArrayList<Cue>();
        var ordered = view.hits().stream()
                .filter(h -> h.meaning().act().isPresent())
                .sorted(Comparator.comparingInt((Found<Entry> h) -> h.from()).thenComparingInt(h -> -h.to()))
                .toList();
        int free = 0;
        for (var hit : ordered) {
            if (hit.from() >= free && !view.isNamed(hit.from())) {
                found.add(read(view, hit, ordered));
                free = hit.to();
            }
        }
        return ends(view, found);
    }

    private static Cue read(View view, Found<Entry> hit, List<Found<Entry>> all) {
        var rivals = all.stream()
                .filter(h -> h.from() == hit.from() && h.to() == hit.to())
                .toList();
        boolean canBeNoun = rivals.stream().anyMatch(h -> h.meaning().kind() == Kind.NOUN);
        boolean canBeVerb = rivals.stream().anyMatch(h -> h.meaning().kind() == Kind.VERB);
        boolean noun = canBeNoun && (!canBeVerb || standsAsNoun(view, hit));
        var chosen = rivals.stream()
                .filter(h -> (h.meaning().kind() == Kind.NOUN) == noun)
                .min(Comparator.comparingInt(h -> h.meaning().tense() == Tense.PRESENT ? 0 : 1))
                .orElse(hit);
        var entry = chosen.meaning();
        return new Cue(entry.act().orElseThrow(), noun, entry.arabic(), entry.tense(), hit.from(), hit.to());
    }

    private static boolean standsAsNoun(View view, Found<Entry> hit) {
        int before = hit.from() - 1;
        if (before < 0) {
            return false;
        }
        if (hit.meaning().arabic()) {
            int start = view.sentence.segmentStart(hit.from());
            var word = view.sentence.word(hit.from());
            boolean prefixed =
                    word.forms().size() > 1 && "بلك".indexOf(word.folded().charAt(0)) >= 0;
            return prefixed
                    || view.is(Kind.PREPOSITION, before)
                    || view.has(Kind.CONTROL, start, hit.from())
                    || view.has(Kind.PLAN, start, hit.from());
        }
        var gap = view.sentence.word(before).folded();
        boolean determined = view.is(Kind.AMOUNT, before) && !view.is(Kind.ADVERB, before);
        boolean possessed =
                gap.equals("s") && before > 0 && view.sentence.gap(before).matches("['’]");
        return determined || possessed || gap.equals("of");
    }

    /// Who ends a stop returns: "lifted its suspension", «أنهت مقاطعتها».
    private static List<Cue> ends(View view, List<Cue> cues) {
        var merged = new ArrayList<Cue>();
        for (var cue : cues) {
            var end = cue.act() == Act.STOPPED && cue.noun() ? endBefore(view, cue) : -1;
            if (end < 0) {
                merged.add(cue);
                continue;
            }
            boolean absorbed = !merged.isEmpty() && merged.getLast().from() == end;
            var earlier =
                    absorbed ? merged.removeLast() : new Cue(Act.RETURNED, false, cue.arabic(), Tense.ANY, end, end);
            merged.add(new Cue(Act.RETURNED, earlier.noun(), cue.arabic(), earlier.tense(), end, cue.to()));
        }
        return merged;
    }

    private static long unnamed(View view, int from, int to) {
        return IntStream.range(from, to).filter(i -> !view.isNamed(i)).count();
    }

    private static int endBefore(View view, Cue stop) {
        int earliest = Math.max(view.sentence.segmentStart(stop.from()), stop.from() - 2 * BETWEEN_END_AND_STOP - 2);
        return view.hits(Kind.END, earliest, stop.from())
                .filter(h -> unnamed(view, h.to(), stop.from()) <= BETWEEN_END_AND_STOP)
                .filter(h -> !view.has(Kind.PREPOSITION, h.to(), stop.from()))
                .mapToInt(Found::from)
                .min()
                .orElse(-1);
    }
}
