package mizan.core.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Currency USD = Currency.getInstance("USD");

    @Test
    void givenKnownAmounts_whenTheyAreBilled_thenNetIsCutOffAndTaxIsRoundedHalfUp() {
        assertEquals(new Totals(1_109_999, 1_100_000, 170_000), Totals.of(1_109_999, new TaxRate(1_500), USD));
        assertEquals(new Totals(9_999, 0, 0), Totals.of(9_999, new TaxRate(1_500), USD));
        assertEquals(
                new Totals(1_500_000, 1_000_000, 0),
                Totals.of(1_500_000, new TaxRate(1_000), Currency.getInstance("JPY")));
        assertEquals(
                new Totals(1_234_567, 1_234_000, 62_000),
                Totals.of(1_234_567, new TaxRate(500), Currency.getInstance("KWD")));
    }

    @Test
    void givenCreditsAfterAnInvoice_whenNotesAreWritten_thenAllTogetherAreTheInvoiceThatShouldHaveBeen() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var rate = new TaxRate(random.nextInt(TaxRate.MOST + 1));
            var currency = Currency.getInstance(List.of("USD", "KWD", "JPY").get(random.nextInt(3)));
            long left = random.nextLong(1_000_000_000_000L);
            var invoice = Totals.of(left, rate, currency);
            long net = invoice.netMicros();
            long total = invoice.totalMicros();
            for (int note = 0; note < 5; note++) {
                long credited = random.nextLong(left / 3 + 1);
                var given = Totals.of(left, rate, currency).less(Totals.of(left - credited, rate, currency));
                left -= credited;
                assertTrue(given.netMicros() >= 0 && given.taxMicros() >= 0, "seed " + seed);
                net -= given.netMicros();
                total -= given.totalMicros();
            }
            var should = Totals.of(left, rate, currency);
            assertEquals(should.netMicros(), net, "seed " + seed);
            assertEquals(should.totalMicros(), total, "seed " + seed);
            assertTrue(left - net >= 0 && left - net < Totals.coinMicros(currency), "seed " + seed);
            assertEquals(0, total % Totals.coinMicros(currency), "seed " + seed);
        }
    }
}
