package mizan.server.raters;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mizan.core.suitability.Ratings;
import mizan.log.Sha256;
import mizan.server.raters.OutsideRaters.Answered;
import mizan.server.raters.OutsideRaters.Doors;
import mizan.server.raters.RaterForm.WrongAnswer;
import mizan.server.rating.KnownPost;
import mizan.server.reading.pull.Outbound.Unreachable;

/// Asks an outside rater about a post that nobody wrote, to learn whether it answers soundly and in time.
public final class RaterTrial {
    private static final String WORDS = "Good morning. This is a question to see whether you answer.";

    private RaterTrial() {}

    /// @throws Unreachable when it does not answer soundly, with the reason
    public static Answered ask(OutsideRater rater, Doors doors, InstantSource time) throws Unreachable {
        var begun = time.instant();
        try {
            var said = RaterCall.ask(rater, List.of(post(begun)), doors, time);
            if (said.verdicts().isEmpty()) {
                throw new Unreachable(rater.name() + ": answered without a verdict");
            }
            var answered = time.instant();
            return new Answered(answered, said.version(), Duration.between(begun, answered));
        } catch (WrongAnswer e) {
            throw new Unreachable(rater.name() + ": " + e.getMessage());
        }
    }

    private static KnownPost post(Instant now) {
        return new KnownPost(
                "trial",
                List.of(),
                Optional.of("en"),
                Optional.empty(),
                Set.of(),
                Ratings.NONE,
                WORDS,
                "",
                Sha256.hex(WORDS),
                "",
                now);
    }
}
