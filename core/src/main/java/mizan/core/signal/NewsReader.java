package mizan.core.signal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a text for what it says of the advertisers in the book.
///
/// Sentence by sentence: names, the words that tell an act, whose act it is, whether the sentence claims it,
/// and the time it speaks of. Pure; time and memory grow with the text and the number of names.
public final class NewsReader {
    /// Longest text that is read, in chars; the rest is cut and the reading says so.
    public static final int MAX_CHARS = 65_536;

    private NewsReader() {}

    /// With the word lists that come with Mizan.
    public static NewsReader builtIn() {
        return new NewsReader();
    }

    /// What a text says.
    ///
    /// @param published the day of the text: "last week" is told from it
    public Reading read(String text, Names names, LocalDate published) {
        boolean whole = text.length() <= MAX_CHARS;
        var read = whole ? text : text.substring(0, MAX_CHARS);
        var known = known(names);
        for (var person : People.in(views(read, known)).entrySet()) {
            known.add(person.getKey(), new Mention.Who(person.getValue(), true, person.getKey()));
        }
        var signals = new ArrayList<Signal>();
        var setAside = new ArrayList<SetAside>();
        var memory = new Memory();
        for (var view : views(read, known)) {
            judge(view, Claims.in(view, memory), published, signals, setAside);
            view.mentions.forEach(memory::saw);
        }
        return new Reading(signals, setAside, whole);
    }

    private List<View> views(String text, Phrases<Mention.Who> known) {
        return Sentence.of(text).stream()
                .filter(sentence -> sentence.size() > 0)
                .map(sentence -> new View(sentence, Lexicon.builtIn(), known))
                .toList();
    }

    private static Phrases<Mention.Who> known(Names names) {
        var phrases = new Phrases<Mention.Who>();
        names.platform().forEach(name -> phrases.add(name, new Mention.Who(Optional.empty(), false, name)));
        names.advertisers()
                .forEach((id, theirs) ->
                        theirs.forEach(name -> phrases.add(name, new Mention.Who(Optional.of(id), false, name))));
        return phrases;
    }

    private static void judge(
            View view, List<Claim> claims, LocalDate published, List<Signal> signals, List<SetAside> setAside) {
        var stances = new Stances(view);
        var times = new Times(view, published);
        var told = Sources.of(view);
        var sentence = view.sentence;
        for (int i = 0; i < claims.size(); i++) {
            var claim = claims.get(i);
            var cue = claim.cue();
            var why = stances.setAside(cue);
            var stance = stances.stance(cue);
            int lower = i == 0 ? 0 : claims.get(i - 1).cue().to();
            int upper = i + 1 < claims.size() ? claims.get(i + 1).cue().from() : sentence.size();
            var when = times.of(cue, lower, upper, stance == Signal.Stance.PLANNED);
            for (var who : claim.advertisers()) {
                if (why.isPresent()) {
                    setAside.add(new SetAside(who, cue.act(), why.get(), sentence.text));
                } else {
                    var words = sentence.written(cue.from(), cue.to());
                    keep(
                            signals,
                            new Signal(
                                    who,
                                    cue.act(),
                                    claim.by(),
                                    stance,
                                    when,
                                    told,
                                    claim.some(),
                                    sentence.text,
                                    words));
                }
            }
        }
    }

    private static void keep(List<Signal> signals, Signal signal) {
        if (signals.stream().noneMatch(signal::repeats)) {
            signals.add(signal);
        }
    }
}
