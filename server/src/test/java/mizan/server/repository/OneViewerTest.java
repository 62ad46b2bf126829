package mizan.server.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import mizan.server.accounting.Tokens;
import mizan.server.store.SqliteRepositoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What one viewer changes in what is published, for somebody who knows all the others.
class OneViewerTest {
    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant LATER = DAY.plusSeconds(3_600);
    private static final int ADS = 2_000;
    private static final int MOST = 60;
    private static final long SEED = 166;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void givenACrowdOfAnyKnownSize_whenOneViewerMoreComes_thenItIsSeenInOneOfTenOrSoWhateverTheSizeWas() {
        var sizes = new SplittableRandom(SEED).ints(ADS, 1, MOST).toArray();
        try (var store = open()) {
            store.take(1, shown(sizes, DAY));
            var before = told(store);
            store.take(2, oneMore(LATER));
            var after = told(store);
            rarelyChanged("people", sizes, before, after, json -> json.at("/recipients/at_least"));
            rarelyChanged("their country", sizes, before, after, json -> json.at("/recipients/by_country"));
            rarelyChanged("showings", sizes, before, after, json -> json.at("/times_shown"));
            for (int ad = 0; ad < ADS; ad++) {
                assertEquals(before.get(ad).at("/shown"), after.get(ad).at("/shown"), "days are told, not moments");
            }
        }
    }

    private static void rarelyChanged(
            String what, int[] sizes, List<JsonNode> before, List<JsonNode> after, Function<JsonNode, JsonNode> part) {
        var changed = new int[10];
        var all = new int[10];
        for (int ad = 0; ad < ADS; ad++) {
            boolean same = part.apply(before.get(ad)).equals(part.apply(after.get(ad)));
            all[sizes[ad] % 10]++;
            changed[sizes[ad] % 10] += same ? 0 : 1;
        }
        for (int last = 0; last < 10; last++) {
            assertTrue(
                    changed[last] <= all[last] / 5.0,
                    what + ": of " + all[last] + " crowds that ended with " + last + ", " + changed[last]
                            + " told of it, seed " + SEED);
        }
    }

    @Test
    void givenSomebodyWhoKnowsWhereOneStepWasTaken_whenTheCrowdGrows_thenWhereTheNextIsTakenIsAnybodysGuess() {
        var crowds = crowds();
        int same = 0;
        for (int ad = 0; ad < ADS; ad++) {
            same += place(crowds, "ad_" + ad, 20) == place(crowds, "ad_" + ad, 30) ? 1 : 0;
        }
        assertTrue(same > ADS / 20 && same < ADS / 5, same + " of " + ADS);
    }

    private static int place(Crowds crowds, String ad, int step) {
        int people = step;
        while (crowds.of(ad, people).atLeast() < step) {
            people++;
        }
        return people - step;
    }

    @Test
    void givenARestart_whenTheSameIsAskedAgain_thenTheSameIsTold() {
        var sizes = new SplittableRandom(SEED).ints(ADS, 1, MOST).toArray();
        List<JsonNode> before;
        try (var store = open()) {
            store.take(1, shown(sizes, DAY));
            before = told(store);
        }
        try (var store = open()) {
            assertEquals(before, told(store));
        }
    }

    private RepositoryStore open() {
        return SqliteRepositoryStore.open(folder.resolve("repository.db"), crowds());
    }

    private static Crowds crowds() {
        return new Crowds(Tokens.KeyRing.key(new byte[32]));
    }

    private static List<RepositoryStore.Shown> shown(int[] sizes, Instant at) {
        var shown = new ArrayList<RepositoryStore.Shown>();
        for (int ad = 0; ad < ADS; ad++) {
            var viewers = new Audience();
            for (int viewer = 0; viewer < sizes[ad]; viewer++) {
                viewers.saw("known " + ad + " " + viewer);
            }
            shown.add(shown(ad, at, sizes[ad], viewers));
        }
        return shown;
    }

    private static List<RepositoryStore.Shown> oneMore(Instant at) {
        var shown = new ArrayList<RepositoryStore.Shown>();
        for (int ad = 0; ad < ADS; ad++) {
            var viewer = new Audience();
            viewer.saw("one more");
            shown.add(shown(ad, at, 1, viewer));
        }
        return shown;
    }

    private static RepositoryStore.Shown shown(int ad, Instant at, int times, Audience viewers) {
        var json = JsonNodeFactory.instance.objectNode().put("id", id(ad));
        var facts = new RepositoryStore.Facts(
                id(ad), State.RUNNING, Optional.empty(), json.toString(), SearchTerms.of(json, State.RUNNING));
        return new RepositoryStore.Shown(facts, at, at, times, Map.of("", viewers, "IS", viewers));
    }

    private static List<JsonNode> told(RepositoryStore store) {
        var told = new ArrayList<JsonNode>();
        for (int ad = 0; ad < ADS; ad++) {
            told.add(store.find(id(ad)).orElseThrow().json());
        }
        return told;
    }

    private static String id(int ad) {
        return "ad_" + ad;
    }
}
