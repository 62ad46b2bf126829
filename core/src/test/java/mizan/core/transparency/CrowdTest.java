package mizan.core.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrowdTest {
    @Test
    void givenPeopleOfAnyNumber_whenTheyArePublished_thenItIsTrueAndNoGroupBelowTheLeastIsTold() {
        long seed = 200;
        var random = new SplittableRandom(seed);
        var places = random.ints(101, 0, Crowd.LEAST).toArray();
        long before = 0;
        for (long people = 0; people < 1_000; people++) {
            var crowd = Crowd.of(people, step -> places[(int) (step / Crowd.LEAST)]);
            long told = crowd.atLeast();
            assertEquals(0, told % Crowd.LEAST, "of " + people + ", seed " + seed);
            assertTrue(told <= people && people < told + Crowd.FEW_BELOW, "of " + people + ", seed " + seed);
            assertTrue(told >= before, "more people are never told as fewer: " + people + ", seed " + seed);
            assertTrue(people >= Crowd.LEAST || crowd.few(), "of " + people + ", seed " + seed);
            before = told;
        }
    }

    @Test
    void givenAPlace_whenACrowdGrowsPastATen_thenTheTenIsToldFromThatPlaceOn() {
        assertEquals(10, Crowd.of(23, _ -> 4).atLeast());
        assertEquals(20, Crowd.of(24, _ -> 4).atLeast());
        assertTrue(Crowd.of(13, _ -> 4).few());
        assertEquals(10, Crowd.of(14, _ -> 4).atLeast());
    }
}
