package mizan.core.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Currency;
import org.junit.jupiter.api.Test;

class MoneyTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency SAR = Currency.getInstance("SAR");

    @Test
    void givenACpmBid_whenPricedForOneImpression_thenTheFractionIsTheAdvertisers() {
        assertEquals(new Money(1_999, USD), new Money(1_999_999, USD).perImpression());
    }

    @Test
    void givenTwoCurrencies_whenAdded_thenItIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Money(1, USD).plus(new Money(1, SAR)));
    }

    @Test
    void givenTheLargestAmount_whenOneMoreIsAdded_thenItThrowsInsteadOfWrapping() {
        assertThrows(ArithmeticException.class, () -> new Money(Long.MAX_VALUE, USD).plus(new Money(1, USD)));
    }
}
