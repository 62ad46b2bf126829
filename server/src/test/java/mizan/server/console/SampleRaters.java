package mizan.server.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.server.console.page.RaterList;
import mizan.server.console.page.RaterList.State;

/// Invented raters: one that answers, one in trouble, one left alone, one not asked yet.
final class SampleRaters {
    private static final Instant NOW = Instant.parse("2026-11-23T18:20:00Z");

    private SampleRaters() {}

    static RaterList raters() {
        return new RaterList(
                NOW,
                List.of(
                        new RaterList.BuiltIn("publisher", "2"),
                        new RaterList.BuiltIn("lexicon", "1"),
                        new RaterList.BuiltIn("linear", "linear-ar-2 linear-en-2")),
                List.of(
                        outside("our-model", State.ANSWERS, 3, 48_210, 12, 4),
                        outside("arabic-desk", State.FAILING, 41, 9_004, 310, 290),
                        outside("old-vendor", State.LEFT_ALONE, 12_808, 0, 5, 0),
                        outside("new-vendor", State.UNASKED, 0, 0, 0, 0)));
    }

    static RaterList none() {
        return new RaterList(NOW, raters().builtIn(), List.of());
    }

    private static RaterList.Outside outside(
            String name, State state, long waiting, long verdicts, long failed, long late) {
        return new RaterList.Outside(
                name,
                name + ".example",
                state,
                state == State.LEFT_ALONE ? Optional.of(NOW.plusSeconds(420)) : Optional.empty(),
                name.startsWith("arabic") ? List.of("Arabic") : List.of(),
                Duration.ofSeconds(10),
                waiting,
                new RaterList.Counts(verdicts, failed, late),
                verdicts == 0
                        ? Optional.empty()
                        : Optional.of(new RaterList.Last(NOW.minusSeconds(4), "2026-11", Duration.ofMillis(412))),
                failed == 0
                        ? Optional.empty()
                        : Optional.of(new RaterList.Trouble(
                                NOW.minusSeconds(61), name + ".example: took more than 10000 ms")));
    }
}
