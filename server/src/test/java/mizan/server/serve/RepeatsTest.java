package mizan.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.ImpressionId;
import mizan.core.traffic.InvalidTraffic;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final String ONE = "imp_01M87J9KG0TRK8H5BWCDCN0B9X";
    private static final String OTHER = "imp_01M87J9KG0TRK8H5BWCDCN0B9Y";
    private final Repeats repeats = new Repeats();
    private long end;

    @Test
    void givenOneTokenSentWithoutEnd_whenItsEventIsTold_thenFewAreWrittenAndAllAreSaidToBeThere() {
        for (int i = 0; i < 10_000; i++) {
            long said = tell(ONE, AdEvent.Kind.RENDERED);
            assertTrue(said > 0 && said <= end, "it ends where something was written");
        }
        assertEquals(8, end);
        tell(ONE, AdEvent.Kind.VIEWABLE);
        tell(OTHER, AdEvent.Kind.RENDERED);
        assertEquals(10, end, "another kind and another impression are events of their own");
    }

    @Test
    void givenAReaderWhoHidesAndShowsAgain_whenOften_thenTheLastChoiceIsWritten() {
        for (int i = 0; i < 40; i++) {
            tell(ONE, AdEvent.Kind.HIDE);
            tell(ONE, AdEvent.Kind.SHOW_AGAIN);
        }
        assertEquals(80, end);
    }

    @Test
    void givenAProgramThatTellsFirstAndOften_whenAReaderTells_thenItIsWritten() {
        var program = Optional.of(InvalidTraffic.CRAWLER);
        for (int i = 0; i < 100; i++) {
            tell(ONE, AdEvent.Kind.RENDERED, program);
        }
        long before = end;
        assertEquals(before + 1, tell(ONE, AdEvent.Kind.RENDERED));
    }

    private long tell(String impression, AdEvent.Kind kind) {
        return tell(impression, kind, Optional.empty());
    }

    private long tell(String impression, AdEvent.Kind kind, Optional<InvalidTraffic> invalid) {
        return repeats.endOf(new AdEvent(new ImpressionId(impression), kind, Instant.EPOCH, invalid), this::write);
    }

    private long write() {
        return ++end;
    }
}
