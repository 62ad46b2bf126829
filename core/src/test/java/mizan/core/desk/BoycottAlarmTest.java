package mizan.core.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import mizan.core.desk.BoycottAlarm.Pause;
import org.junit.jupiter.api.Test;

class BoycottAlarmTest {
    private static final Instant NOW = Instant.parse("2026-06-29T00:00:00Z");

    @Test
    void givenTheTailOfAPoissonVariable_whenComputed_thenItIsWhatTablesSay() {
        assertEquals(1, BoycottAlarm.atLeast(0, 2), 1e-12);
        assertEquals(0.8646647168, BoycottAlarm.atLeast(1, 2), 1e-9);
        assertEquals(0.0526530174, BoycottAlarm.atLeast(5, 2), 1e-9);
        assertEquals(1.1142547833387e-7, BoycottAlarm.atLeast(10, 1), 1e-15);
    }

    @Test
    void givenNineOutOfTheBlue_whenJudged_thenItIsABoycottAndWhatTheyShareIsNamed() {
        var pauses = new ArrayList<Pause>();
        var reasons = new HashMap<String, Set<String>>();
        for (int i = 0; i < 9; i++) {
            pauses.add(new Pause("a" + i, NOW.minus(Duration.ofHours(i + 1L))));
            reasons.put("a" + i, i < 7 ? Set.of("terms:STANDARD", "note:boycott call") : Set.of("terms:STANDARD"));
        }
        for (int i = 0; i < 40; i++) {
            reasons.put("b" + i, Set.of("terms:STANDARD"));
        }
        pauses.add(new Pause("b1", NOW.minus(Duration.ofDays(20))));
        var alarm = BoycottAlarm.judge(pauses, NOW, reasons).orElseThrow();
        assertEquals(9, alarm.paused().size());
        assertEquals(2.0 / 12, alarm.usual(), 1e-12);
        assertEquals(Optional.of("note:boycott call"), alarm.common(), "everybody has the same terms");
        assertEquals(7, alarm.sharing());
    }

    @Test
    void givenTwoPauses_whenJudged_thenThereIsNoAlarmHoweverQuietItWas() {
        var pauses = List.of(new Pause("a", NOW.minusSeconds(1)), new Pause("b", NOW.minusSeconds(2)));
        assertEquals(Optional.empty(), BoycottAlarm.judge(pauses, NOW, Map.of()));
    }

    /// False alarms on pauses that have nothing to do with one another: the rule promises at most one week in 520.
    @Test
    void givenPausesByChanceAlone_whenEachWeekIsJudged_thenAlarmsAreAsRareAsPromised() {
        int weeks = 0;
        int alarms = 0;
        for (long seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var pauses = new ArrayList<Pause>();
            double perWeek = 0.5 + random.nextDouble() * 4;
            double day = 0;
            for (int i = 0; day < 7 * 112; i++) {
                day -= Math.log(1 - random.nextDouble()) / perWeek * 7;
                pauses.add(new Pause("a" + i, NOW.plusSeconds((long) (day * 86_400))));
            }
            for (int week = 12; week < 112; week++) {
                weeks++;
                alarms += BoycottAlarm.judge(pauses, NOW.plus(Duration.ofDays(7L * week)), Map.of())
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        System.out.println("boycott alarms by chance: " + alarms + " in " + weeks + " weeks, promised at most "
                + Math.round(weeks * BoycottAlarm.LIMIT));
        assertTrue(alarms <= weeks * BoycottAlarm.LIMIT * 2, alarms + " of " + weeks);
    }
}
