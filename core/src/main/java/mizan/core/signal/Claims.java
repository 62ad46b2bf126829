package mizan.core.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.signal.Entry.Kind;
import mizan.core.signal.Signal.By;

/// The acts that a sentence names, each with whom it concerns.
final class Claims {
    private static final int LEADER_REACH = 3;

    private final View view;
    private final Sentence sentence;
    private final EnglishSubjects english;
    private final ArabicSubjects arabic;

    private Claims(View view, Memory memory) {
        this.view = view;
        this.sentence = view.sentence;
        this.english = new EnglishSubjects(view, memory);
        this.arabic = new ArabicSubjects(view, memory);
    }

    static List<Claim> in(View view, Memory memory) {
        return new Claims(view, memory).read();
    }

    private List<Claim> read() {
        var claims = new ArrayList<Claim>();
        var cues = Cue.in(view);
        int lower = 0;
        for (int i = 0; i < cues.size(); i++) {
            var cue = cues.get(i);
            int upper = i + 1 < cues.size() ? cues.get(i + 1).from() : sentence.size();
            if (cue.act() == Act.LEADERSHIP_CONTACT) {
                contact(cue).ifPresent(claims::add);
                continue;
            }
            boolean again = cue.act() == Act.RETURNED && stopped(claims);
            if (cue.act().isSpending() && !again && !isAboutAdvertising(cue, lower, upper)) {
                continue;
            }
            var subjects = cue.arabic() ? arabic : english;
            var subject = subjects.of(cue, lower);
            if (cue.act().isSpending()) {
                subject.filter(Mention::isAdvertiser)
                        .or(() -> subject.filter(s -> !s.who().isEmpty() && isQuoted(cue)))
                        .ifPresent(s -> claims.add(new Claim(cue, s.who(), By.ADVERTISER, false)));
            } else {
                between(cue, subject, subjects, upper).ifPresent(claims::add);
            }
            english.remember(subject);
            arabic.remember(subject);
            lower = cue.to();
        }
        return claims;
    }

    /// "stopped advertising in May but returned in June": nobody says to what again.
    private static boolean stopped(List<Claim> before) {
        return before.stream().anyMatch(c -> c.cue().act() == Act.STOPPED);
    }

    private boolean isQuoted(Cue cue) {
        return view.has(Kind.WE, sentence.segmentStart(cue.from()), cue.from())
                || sentence.word(cue.from()).folded().endsWith("نا");
    }

    /// Words of advertising beside the cue; leaving and returning may name the platform instead.
    private boolean isAboutAdvertising(Cue cue, int lower, int upper) {
        int from = Math.max(lower, sentence.segmentStart(cue.from()));
        int to = Math.min(upper, sentence.segmentEnd(cue.to() - 1));
        boolean place = cue.act() == Act.STOPPED || cue.act() == Act.RETURNED;
        boolean joined = view.has(Kind.CONTROL, from, cue.from()) || cue.to() - cue.from() > 1;
        return (joined && view.has(Kind.BOYCOTT, cue.from(), cue.to()))
                || view.hasAds(cue.from(), to)
                || view.hasAds(from, cue.from())
                || (place && view.hasPlatform(cue.to(), to));
    }

    /// What the two do to one another in words or in court: one side must be the platform.
    private Optional<Claim> between(Cue cue, Optional<Mention> subject, Subjects subjects, int upper) {
        boolean passive = !cue.arabic() && !cue.noun() && english.isPassive(cue);
        var target = passive ? before(cue) : after(cue, subject, subjects, upper);
        if (subject.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        if (subject.get().isPlatform() && !target.get().isPlatform()) {
            int from = Math.max(0, target.get().from() - 3);
            boolean some = target.get().to() == 0
                    ? view.has(Kind.SOME, cue.to(), sentence.size())
                    : view.has(Kind.SOME, from, target.get().from());
            return Optional.of(new Claim(cue, target.get().who(), By.PLATFORM, some));
        }
        return subject.get().isPlatform() || !target.get().isPlatform()
                ? Optional.empty()
                : Optional.of(new Claim(cue, subject.get().who(), By.ADVERTISER, false));
    }

    private Optional<Mention> before(Cue cue) {
        return view.mentions.stream().filter(m -> m.to() <= cue.from()).max(Comparator.comparingInt(Mention::from));
    }

    private Optional<Mention> after(Cue cue, Optional<Mention> subject, Subjects subjects, int upper) {
        int end = cue.act() == Act.SUED
                ? sentence.segmentEnd(cue.to() - 1)
                : Math.min(upper, sentence.segmentEnd(cue.to() - 1));
        int from = cue.noun()
                ? view.hits(Kind.AGAINST, cue.from(), end)
                        .mapToInt(Phrases.Found::to)
                        .findFirst()
                        .orElse(cue.to())
                : cue.to();
        var named = view.mentions.stream()
                .filter(m -> m.within(from, end) && !m.equals(subject.orElse(null)))
                .findFirst();
        return named.or(() -> meant(from, end, subjects));
    }

    /// "Some of these companies": whoever they are, they stand for the names before, here or a sentence ago.
    private Optional<Mention> meant(int from, int end, Subjects subjects) {
        return subjects.anaphor(from, end).map(m -> new Mention(m.who(), false, 0, 0, false));
    }

    /// Somebody who leads the advertiser and somebody of the platform, and a word for a meeting.
    private Optional<Claim> contact(Cue cue) {
        var who = new ArrayList<AdvertiserId>();
        for (var mention : view.mentions) {
            if (!mention.isPlatform() && (mention.person() || isLed(mention))) {
                mention.who().stream().filter(w -> !who.contains(w)).forEach(who::add);
            }
        }
        boolean platform = view.mentions.stream().anyMatch(Mention::isPlatform);
        return who.isEmpty() || !platform ? Optional.empty() : Optional.of(new Claim(cue, who, By.ADVERTISER, false));
    }

    private boolean isLed(Mention mention) {
        return view.hits(Kind.LEADER, 0, sentence.size())
                .mapToInt(h -> h.from() >= mention.to() ? h.from() - mention.to() : mention.from() - h.to())
                .anyMatch(words -> words >= 0 && words <= LEADER_REACH);
    }
}
