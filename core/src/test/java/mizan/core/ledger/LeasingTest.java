package mizan.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import mizan.core.campaign.Budget;
import org.junit.jupiter.api.Test;

class LeasingTest {
    @Test
    void givenABudgetLoweredBelowItsUse_whenAsked_thenNothingIsLeftAndTheLevelIsNamed() {
        var left = Leasing.left(Budget.total(50), Budget.UNLIMITED, new BudgetUse(1_000, 80, 80, 80, 80));
        assertEquals(new Leasing.Left(0, "campaign.total"), left);
        assertEquals(0, Leasing.size(left, 100, 1));
    }

    @Test
    void givenAnyBudgetsAndUse_whenLeasing_thenNoLevelIsExceeded() {
        for (long seed = 0; seed < 100_000; seed++) {
            var random = new Random(seed);
            var campaign = Budget.of(1 + random.nextInt(1_000), 1 + random.nextInt(1_000));
            var group = Budget.of(1 + random.nextInt(1_000), 1 + random.nextInt(1_000));
            int funds = random.nextInt(1_000);
            int used = random.nextInt(500);
            var left = Leasing.left(campaign, group, new BudgetUse(funds, used, used, used, used));
            long size = Leasing.size(left, random.nextInt(1_000), 1 + random.nextInt(100));
            assertTrue(size >= 0 && size <= funds, "seed " + seed);
            long more = Leasing.more(left, random.nextInt(1_000), 1 + random.nextInt(100));
            assertTrue(more >= 0 && more <= left.micros(), "seed " + seed);
            for (var budget : new Budget[] {campaign, group}) {
                long limit = Math.min(
                        budget.totalMicros().orElseThrow(), budget.dailyMicros().orElseThrow());
                assertTrue(size == 0 || used + size <= limit, "seed " + seed);
            }
        }
    }
}
