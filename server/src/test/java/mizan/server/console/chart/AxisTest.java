package mizan.server.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void givenAnyData_whenAnAxisIsDrawn_thenItHoldsTheDataAndZeroWithFewRoundTicks() {
        long seed = 7;
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            double size = Math.pow(10, random.nextInt(12) - 3);
            double least = -random.nextDouble() * size;
            double most = random.nextDouble() * size;
            var axis = Axis.over(least, most, 4);
            var message = "seed " + seed + " round " + round + " " + axis;
            assertTrue(axis.low() <= least && axis.high() >= most, message);
            assertTrue(axis.ticks().size() >= 2 && axis.ticks().size() <= 5, message);
            assertTrue(axis.ticks().contains(0.0) || axis.ticks().contains(-0.0), message);
            assertTrue(axis.y(most) >= -1e-6 && axis.y(least) <= Axis.HEIGHT + 1e-6, message);
        }
    }

    @Test
    void givenNoData_whenAnAxisIsDrawn_thenItStillStands() {
        var axis = Axis.over(0, 0, 4);
        assertEquals(0, axis.low());
        assertEquals(1, axis.high());
        assertEquals(Axis.HEIGHT, axis.y(0));
    }

    @Test
    void givenValues_whenDrawn_thenPathsAreExact() {
        var axis = new Axis(0, 10, List.of(0.0, 10.0));
        assertEquals("M250 1000L750 0", Draw.line(List.of(0.0, 10.0), 0, 2, axis));
        assertEquals("M0 1000H500V0H1000", Draw.steps(List.of(0.0, 10.0), axis));
        assertEquals("M0 24L48 13L96 2", Draw.spark(List.of(0L, 5L, 10L)));
    }

    @Test
    void givenNumbers_whenWrittenForSvg_thenTheyNeverHaveAnExponentOrAComma() {
        assertEquals("0", Shape.number(0));
        assertEquals("0.035", Shape.number(0.035));
        assertEquals("1000", Shape.number(1000));
        assertEquals("33.3", Shape.number(100.0 / 3));
        assertEquals("0", Shape.number(1e-9));
    }

    @Test
    void givenTextsWithMarkup_whenWrittenAsReadout_thenTheScriptElementStaysClosed() {
        var json = Draw.readout("</script>\"\\\n", List.of("<!--"), Map.of("a&b", List.of("1")));
        assertFalse(json.contains("<") || json.contains(">") || json.contains("&"), json);
        assertTrue(json.contains("\\u003c/script\\u003e\\\"\\\\\\u000a"), json);
    }

    @Test
    void givenAmounts_whenAUnitIsChosen_thenTheScaleNeedsFewDigits() {
        assertEquals(MoneyScale.UNITS, MoneyScale.of(9_999_000_000L));
        assertEquals(MoneyScale.THOUSANDS, MoneyScale.of(10_000_000_000L));
        assertEquals(MoneyScale.MILLIONS, MoneyScale.of(10_000_000_000_000L));
        assertEquals(52, MoneyScale.THOUSANDS.units(52_000_000_000L));
    }
}
