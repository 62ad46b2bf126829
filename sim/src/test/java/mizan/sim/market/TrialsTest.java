package mizan.sim.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What `mizan bench pacing` publishes, small enough for every build.
class TrialsTest {
    @Test
    void givenThreeNodesFourThreadsAndOneThatDies_whenABudgetIsSpent_thenItIsNeverPassedAndAlmostNothingIsStranded()
            throws Exception {
        for (long seed = 0; seed < 2; seed++) {
            var outcome = LeaseTrial.play(seed, 100_000);
            assertEquals(0, outcome.overspentMicros(), "seed " + seed);
            assertTrue(outcome.stranded() < 0.005, "seed " + seed + ": " + outcome.stranded());
        }
    }

    @Test
    void givenReadersWhoTakeHalfAMinuteToClick_whenExpectedCostsAreHeld_thenFewClicksAreFreeAndNothingIsLeft() {
        double free = 0;
        double ledgerOnly = 0;
        int seeds = 5;
        for (long seed = 0; seed < seeds; seed++) {
            var held = ClickDelayTrial.play(seed, 30, 2_000, ClickDelayTrial.Hold.FADING);
            free += held.free() / seeds;
            assertTrue(held.unspent() <= 0.02, "seed " + seed + ": " + held.unspent());
            ledgerOnly += ClickDelayTrial.play(seed, 30, 0, ClickDelayTrial.Hold.NOTHING)
                            .free()
                    / seeds;
        }
        assertTrue(free <= 0.04 && ledgerOnly > 2 * free, free + " held, " + ledgerOnly + " without");
    }

    @Test
    void givenASeededMarket_whenPaced_thenBudgetsBuyMoreThanUnpacedAndFollowTheirPlan() {
        var setting = new Arena.Setting(1, 12, 2, 20_000, Arena.Forecast.LEARNED, 1);
        var paced = Arena.play(setting, Pacing.Mirror::new);
        var unpaced = Arena.play(setting, _ -> new Pacing.None());
        double value =
                paced.stream().mapToDouble(Arena.Result::valueShare).average().orElse(0);
        double without =
                unpaced.stream().mapToDouble(Arena.Result::valueShare).average().orElse(0);
        assertTrue(value > 0.9 && value > without + 0.1, value + " paced, " + without + " unpaced");
        for (var result : paced) {
            assertTrue(result.spent() <= result.budget());
        }
    }

    @Test
    void givenAScenario_whenPlayedTwice_thenEveryEventIsTheSameAndThePromisesHold() throws IOException {
        var scenario = Scenario.of(5, 1, 6, 400).withSpike();
        var once = Simulation.play(scenario);
        assertEquals(once.hash(), Simulation.play(scenario).hash());
        assertEquals(0, once.breaches());
        assertEquals(0, once.overspentMicros());
        assertTrue(once.ledgerHolds());
        assertEquals(
                0,
                once.campaigns().stream()
                        .mapToLong(Outcome.CampaignOutcome::servedWhilePaused)
                        .sum());
        assertTrue(once.ads() > 100, "only " + once.ads() + " ads");
    }
}
