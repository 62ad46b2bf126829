package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mizan.server.console.Icon;
import mizan.server.console.words.Worded;

/// Posts that wait for a person's verdict, the most urgent first.
///
/// @param open how many wait in all; the page shows the first of them
/// @param saved whether a verdict was just kept, and what became of it
public record Reviews(long open, Instant asOf, List<Waiting> posts, Optional<Saved> saved) {
    public Reviews {
        posts = List.copyOf(posts);
    }

    /// One post.
    ///
    /// @param commitment of the version that is shown: a verdict on another one is not taken
    /// @param report why somebody reported it
    /// @param reach chances of ads in the last 7 days that it kept away and a safe post would not have
    /// @param doubt how little the raters know, [0, 1]
    /// @param worth what an answer can be expected to open: reach times doubt
    public record Waiting(
            String id,
            String commitment,
            String author,
            Text text,
            Instant takenAt,
            Question question,
            Optional<String> report,
            Risk risk,
            List<Said> verdicts,
            long reach,
            double doubt,
            long worth) {
        public Waiting {
            verdicts = List.copyOf(verdicts);
        }
    }

    /// What one rater said.
    ///
    /// @param topics codes such as `hate`
    /// @param likely the numbers behind it, of a model; shown in place of the evidence
    public record Said(
            String rater,
            String version,
            Risk risk,
            List<String> topics,
            Optional<String> evidence,
            Optional<Likely> likely) {
        public Said {
            topics = List.copyOf(topics);
        }
    }

    /// What a model makes of a post.
    ///
    /// @param offensive how likely people are to call it so, [0, 1]
    /// @param known which share of its words the model has met, [0, 1]
    public record Likely(double offensive, double known) {}

    /// Why a person should look.
    public enum Question implements Sign {
        REPORTED(Tone.BAD, Icon.FLAG),
        DISPUTED(Tone.WARN, Icon.WARNING),
        DOUBTED(Tone.INFO, Icon.INFO);

        private final Tone tone;
        private final Icon icon;

        Question(Tone tone, Icon icon) {
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
            return "question." + name().toLowerCase(Locale.ROOT);
        }
    }

    /// What became of a verdict that was just sent.
    public enum Saved implements Worded {
        KEPT,
        EDITED,
        INCOMPLETE;

        @Override
        public String wordKey() {
            return "reviews." + name().toLowerCase(Locale.ROOT);
        }
    }
}
