package mizan.server.booking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import mizan.core.targeting.Criterion;
import mizan.core.targeting.Targeting;
import mizan.core.targeting.WeekHours;
import mizan.server.http.Fields;
import mizan.server.http.StrictJson;
import org.junit.jupiter.api.Test;

class TargetingJsonTest {
    private static final Map<Criterion, List<String>> SOME = Map.ofEntries(
            Map.entry(Criterion.COUNTRY, List.of("SA", "EG", "DE")),
            Map.entry(Criterion.REGION, List.of("SA-01", "EG-C", "US-NY")),
            Map.entry(Criterion.LANGUAGE, List.of("ar", "en", "ckb")),
            Map.entry(Criterion.DEVICE, List.of("phone", "tv")),
            Map.entry(Criterion.PLACEMENT, List.of("home", "replies")),
            Map.entry(Criterion.TOPIC, List.of("sport", "طعام")),
            Map.entry(Criterion.COMMUNITY, List.of("c1", "c2")),
            Map.entry(Criterion.AUTHOR, List.of("@a", "@b")),
            Map.entry(Criterion.KEYWORD, List.of("قهوة", "night train")),
            Map.entry(Criterion.SEGMENT, List.of("s1", "s2")),
            Map.entry(Criterion.AGE, List.of("18-24", "65+")),
            Map.entry(Criterion.INTEREST, List.of("tea", "سفر")));

    @Test
    void givenAnyTargeting_whenWrittenAndRead_thenItIsTheSame() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            var wanted = new EnumMap<Criterion, Set<String>>(Criterion.class);
            var excluded = new EnumMap<Criterion, Set<String>>(Criterion.class);
            SOME.forEach((criterion, values) -> {
                wanted.put(criterion, some(values, random));
                boolean excludable = !Set.of(
                                Criterion.REGION,
                                Criterion.LANGUAGE,
                                Criterion.DEVICE,
                                Criterion.PLACEMENT,
                                Criterion.AGE,
                                Criterion.INTEREST)
                        .contains(criterion);
                excluded.put(criterion, excludable ? some(values, random) : Set.of());
            });
            var hours = WeekHours.of(IntStream.range(0, WeekHours.HOURS).filter(_ -> random.nextInt(3) == 0));
            var targeting =
                    new Targeting(wanted, excluded, random.nextBoolean() ? Optional.of(hours) : Optional.empty());
            var fields = Fields.of(TargetingJson.write(targeting));
            assertEquals(targeting, TargetingJson.read(fields), "seed " + seed);
            fields.done();
        }
    }

    @Test
    void givenInterestsAndSegmentsOfASpecialCategory_whenBooked_thenTheyAreRefused() {
        for (var field : List.of("interests", "segments", "excluded_segments")) {
            for (var name : List.of("health", "religious_people", "المسلمون", "trade union")) {
                assertFalse(sound("{\"" + field + "\":[\"" + name + "\"]}"), field + " " + name);
            }
            assertTrue(sound("{\"" + field + "\":[\"tea\"]}"));
        }
    }

    @Test
    void givenValuesThatNoRequestCanHave_whenBooked_thenTheyAreRefused() {
        for (var body : List.of(
                "{\"countries\":[\"sa\"]}",
                "{\"regions\":[\"Riyadh\"]}",
                "{\"languages\":[\"ar-SA\"]}",
                "{\"age_brackets\":[\"under_18\"]}",
                "{\"age_brackets\":[\"13-17\"]}",
                "{\"keywords\":[\"!!!\"]}",
                "{\"hours\":[{\"day\":\"MONDAY\",\"from\":9,\"to\":9}]}",
                "{\"hours\":[{\"day\":\"NOONDAY\",\"from\":9,\"to\":10}]}",
                "{\"hours\":[{\"day\":\"MONDAY\",\"from\":9,\"to\":25}]}")) {
            assertFalse(sound(body), body);
        }
        assertTrue(sound("{\"hours\":[{\"day\":\"SUNDAY\",\"from\":0,\"to\":24}],\"age_brackets\":[\"18-24\"]}"));
    }

    private static boolean sound(String body) {
        var fields = Fields.of(StrictJson.object(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        TargetingJson.read(fields);
        return fields.sound();
    }

    private static Set<String> some(List<String> values, SplittableRandom random) {
        var chosen = new HashSet<String>();
        for (var value : values) {
            if (random.nextInt(3) == 0) {
                chosen.add(value);
            }
        }
        return chosen;
    }
}
