package mizan.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OffPolicyTest {
    private static final double[] LOGGING = {0.5, 0.3, 0.2};
    private static final double[] JUDGED = {0.1, 0.2, 0.7};
    private static final double[] RATE = {0.1, 0.2, 0.3};

    @Test
    void givenALogOfAnotherPolicy_whenJudged_thenEveryEstimateIsNearWhatThePolicyEarns() {
        double truth = 0.1 * 0.1 + 0.2 * 0.2 + 0.7 * 0.3;
        for (long seed = 0; seed < 20; seed++) {
            var said = assertInstanceOf(
                    OffPolicy.Judgement.Estimates.class, OffPolicy.judge(log(LOGGING, RATE, 20_000, seed)));
            assertFalse(said.clipped());
            assertEquals(truth, said.inverse(), 0.025, "seed " + seed);
            assertEquals(truth, said.normalised(), 0.025, "seed " + seed);
            assertEquals(truth, said.direct(), 1e-9, "seed " + seed);
            assertEquals(truth, said.doublyRobust(), 0.025, "seed " + seed);
        }
    }

    @Test
    void givenAModelThatIsWrong_whenJudged_thenOnlyTheDirectEstimateIsWrongWithIt() {
        var said = assertInstanceOf(
                OffPolicy.Judgement.Estimates.class,
                OffPolicy.judge(log(LOGGING, new double[] {0.3, 0.3, 0.3}, 50_000, 1)));
        assertEquals(0.3, said.direct(), 1e-9);
        assertEquals(0.26, said.doublyRobust(), 0.015);
    }

    @Test
    void givenAFewRowsThatWeighAll_whenJudged_thenWeightsAreCappedOrTheAnswerIsRefused() {
        var log = new ArrayList<>(log(LOGGING, RATE, 1_000, 2));
        log.add(new Logged(1e-5, 1, 1, 0.1, 0.2));
        var capped = assertInstanceOf(OffPolicy.Judgement.Estimates.class, OffPolicy.judge(log));
        assertTrue(capped.clipped());
        assertTrue(capped.inverse() < 1, "one row must not carry the answer: " + capped);

        var foreign = new ArrayList<Logged>();
        for (int i = 0; i < 1_000; i++) {
            foreign.add(new Logged(0.5, i == 0 ? 1 : 0, 0, 0.1, 0.2));
        }
        var refused = assertInstanceOf(OffPolicy.Judgement.Refused.class, OffPolicy.judge(foreign));
        assertEquals(1, refused.effectiveSample(), 1e-9);
        assertInstanceOf(OffPolicy.Judgement.Refused.class, OffPolicy.judge(List.of()));
    }

    @Test
    void givenAPropensityThatCannotBe_whenLogged_thenItIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Logged(0, 0.5, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Logged(0.5, 1.5, 0, 0, 0));
    }

    private static List<Logged> log(double[] logging, double[] model, int rows, long seed) {
        var random = new SplittableRandom(seed);
        double expected = 0;
        for (int a = 0; a < model.length; a++) {
            expected += JUDGED[a] * model[a];
        }
        var log = new ArrayList<Logged>();
        for (int i = 0; i < rows; i++) {
            double u = random.nextDouble();
            int a = u < logging[0] ? 0 : u < logging[0] + logging[1] ? 1 : 2;
            double reward = random.nextDouble() < RATE[a] ? 1 : 0;
            log.add(new Logged(logging[a], JUDGED[a], reward, model[a], expected));
        }
        return log;
    }
}
