package mizan.server.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mizan.server.console.Icon;

/// Who judges posts: the built-in raters and those elsewhere, as they have done since the start.
///
/// @param builtIn in order of authority
public record RaterList(Instant asOf, List<BuiltIn> builtIn, List<Outside> outside) {
    public RaterList {
        builtIn = List.copyOf(builtIn);
        outside = List.copyOf(outside);
    }

    public record BuiltIn(String name, String version) {}

    /// A rater elsewhere.
    ///
    /// @param host where it is asked; the rest of the address may hold a secret
    /// @param again when it may be asked again, where it is left alone
    /// @param languages that it reads, by their names; none: all
    /// @param waiting posts that are unrated until it answers
    public record Outside(
            String name,
            String host,
            State state,
            Optional<Instant> again,
            List<String> languages,
            Duration deadline,
            long waiting,
            Counts counts,
            Optional<Last> last,
            Optional<Trouble> trouble) {
        public Outside {
            languages = List.copyOf(languages);
        }
    }

    /// @param verdicts taken
    /// @param failed questions without a sound answer
    /// @param late how many of those had none within the deadline
    public record Counts(long verdicts, long failed, long late) {}

    public record Last(Instant at, String version, Duration took) {}

    public record Trouble(Instant at, String what) {}

    /// How it stands.
    public enum State implements Sign {
        UNASKED(Tone.MUTE, Icon.CLOCK),
        ANSWERS(Tone.GOOD, Icon.CHECK),
        FAILING(Tone.WARN, Icon.WARNING),
        LEFT_ALONE(Tone.BAD, Icon.PAUSE);

        private final Tone tone;
        private final Icon icon;

        State(Tone tone, Icon icon) {
            this.tone = tone;
            this.icon = icon;
        }

        @Override
        public Tone tone() {
            return tone;
        }

        @Override
        public Icon icon() {
            return icon;
        }

        @Override
        public String wordKey() {
            return "raters.state." + name().toLowerCase(Locale.ROOT);
        }
    }
}
