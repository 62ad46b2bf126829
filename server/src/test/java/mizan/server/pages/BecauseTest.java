package mizan.server.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.targeting.Audience;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.Targeting;
import mizan.server.console.page.Feed;
import mizan.server.console.page.WhyKind;
import mizan.server.console.words.Lang;
import org.junit.jupiter.api.Test;

class BecauseTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static Audience offering(Map<Criterion, Set<String>> values) {
        return new Audience(new EnumMap<>(values), NOW, true);
    }

    @Test
    void givenAnAdAimedByOneThing_whenTheReaderAsksWhy_thenThatThingIsNamedWhateverItIs() {
        for (var criterion : Criterion.values()) {
            var targeting = new Targeting(Map.of(criterion, Set.of("SA", "x")), Map.of(), Optional.empty());
            var because = Because.of(targeting, offering(Map.of(criterion, Set.of("x", "y"))), Lang.EN);
            assertEquals(
                    List.of(WhyKind.of(criterion)),
                    because.stream().map(Feed.Why::kind).toList(),
                    criterion.code());
        }
    }

    @Test
    void givenAnAdAimedAtNobodyInParticular_whenTheReaderAsksWhy_thenNothingAboutThemIsNamed() {
        var everything = offering(Map.of(Criterion.COUNTRY, Set.of("SA"), Criterion.INTEREST, Set.of("tea")));
        assertEquals(List.of(new Feed.Why(WhyKind.EVERYONE, "")), Because.of(Targeting.ANYONE, everything, Lang.EN));
    }
}
