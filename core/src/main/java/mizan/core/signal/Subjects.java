package mizan.core.signal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.signal.Entry.Kind;

/// Finds who does what a cue tells. Whoever is not sure answers nobody: a missed signal costs a person a
/// look, a wrong one costs trust.
abstract sealed class Subjects permits EnglishSubjects, ArabicSubjects {
    final View view;
    final Sentence sentence;
    private final Memory memory;
    private Optional<Mention> previous = Optional.empty();

    Subjects(View view, Memory memory) {
        this.view = view;
        this.sentence = view.sentence;
        this.memory = memory;
    }

    /// @param lower the word after the cue before
    abstract Optional<Mention> of(Cue cue, int lower);

    /// What the next clause without a subject of its own inherits.
    final void remember(Optional<Mention> subject) {
        previous = subject;
    }

    final Optional<Mention> previous() {
        return previous;
    }

    /// Whom "the company" or "these brands" in `[from, to)` stands for.
    final Optional<Mention> anaphor(int from, int to) {
        var many = view.hits(Kind.MANY, from, to).findFirst();
        if (many.isPresent()) {
            return named(many.get().from(), true).or(() -> standIn(memory.many()));
        }
        var one = view.hits(Kind.ONE, from, to)
                .filter(h -> !view.isNamed(h.from()))
                .findFirst();
        return one.flatMap(h -> named(h.from(), false).or(() -> standIn(memory.one())));
    }

    /// The last advertiser named before a word in this sentence.
    final Optional<Mention> named(int before, boolean several) {
        return view.mentions.stream()
                .filter(m -> m.isAdvertiser()
                        && m.to() <= before
                        && (!several || m.who().size() > 1))
                .max(Comparator.comparingInt(Mention::from));
    }

    final Optional<Mention> remembered() {
        return standIn(memory.one());
    }

    private static Optional<Mention> standIn(List<AdvertiserId> who) {
        return who.isEmpty() ? Optional.empty() : Optional.of(new Mention(who, false, 0, 0, false));
    }

    /// A name that an exception or a rival's word makes another's: "unlike Mars", "Amazon's rival".
    final boolean isAnothers(Mention mention) {
        boolean excepted = view.hits(Kind.EXCEPT, 0, mention.from()).anyMatch(h -> h.to() == mention.from());
        boolean rival = view.hits(Kind.RIVAL, mention.to(), sentence.size())
                .anyMatch(h -> h.from() - mention.to() <= 2 && !sentence.breaksBefore(h.from()));
        boolean rivalBefore = view.hits(Kind.RIVAL, 0, mention.from())
                .anyMatch(h -> h.to() == mention.from()
                        && sentence.word(mention.from()).isArabic());
        return excepted || rival || rivalBefore;
    }

    /// Who speaks, where the words are quoted: "We paused", said Unilever.
    final Optional<Mention> speaker(Cue cue) {
        return view.mentions.stream()
                .filter(m -> !m.isPlatform())
                .min(Comparator.comparingInt(m -> Math.abs(m.from() - cue.from())));
    }
}
