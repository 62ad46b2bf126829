package mizan.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;
import org.junit.jupiter.api.Test;

class KeywordLayersTest {
    private static final List<String> WORDS =
            List.of("war", "harbour", "night train", "قهوة", "حرب", "storm", "tea", "civil war", "flood", "vote");

    @Test
    void givenListsThatChangeAndArePutTogether_whenPostsAreMatched_thenItIsAsIfAllWereCompiledAnew() {
        int hits = 0;
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var lists = new HashMap<Integer, List<String>>();
            var layers = KeywordLayers.<Integer>of(Map.of());
            for (int step = 0; step < 30; step++) {
                var changed = new HashMap<Integer, List<String>>();
                do {
                    changed.put(random.nextInt(8), words(random, random.nextInt(6)));
                } while (random.nextBoolean());
                lists.putAll(changed);
                // Put together what was there before the change, as another thread would.
                var tidied = random.nextBoolean()
                        ? layers.tidied()
                        : java.util.Optional.<KeywordLayers.Merged<Integer>>empty();
                layers = layers.with(changed);
                layers = tidied.map(layers::taking).orElse(layers);

                var post = "p" + random.nextInt(3);
                var text = String.join(" ", words(random, 1 + random.nextInt(4)));
                var expected = plainly(lists, text);
                assertEquals(
                        expected,
                        layers.of(post, text, new KeywordLayers.LazyText(text)).byList(),
                        "seed " + seed + " step " + step);
                hits += expected.size();
            }
        }
        assertTrue(hits > 1_000, hits + " hits"); // Or nothing was compared.
    }

    @Test
    void givenAThousandChangesOfOneListEach_thenLayersStayFew() {
        var layers = KeywordLayers.<Integer>of(Map.of());
        for (int list = 0; list < 1_000; list++) {
            layers = layers.with(Map.of(list, List.of("word" + list)));
        }
        assertTrue(layers.size() <= 10, layers.size() + " layers");
    }

    private static Map<Integer, String> plainly(Map<Integer, List<String>> lists, String text) {
        var all = lists.entrySet().stream()
                .map(e -> new KeywordList<>(e.getKey(), e.getValue()))
                .toList();
        var found = new HashMap<Integer, String>();
        KeywordAutomaton.compile(all).match(Folding.fold(text)).byList().forEach((l, m) -> found.put(l, m.keyword()));
        return found;
    }

    private static List<String> words(SplittableRandom random, int count) {
        var words = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words;
    }
}
