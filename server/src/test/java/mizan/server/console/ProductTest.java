package mizan.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.Optional;
import mizan.server.console.page.Product;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import org.junit.jupiter.api.Test;

class ProductTest {
    @Test
    void givenAnyCodeOfTheTaxonomy_whenShown_thenItOrItsKindHasANameInBothLanguages() {
        for (var lang : Lang.values()) {
            var words = Words.of(lang, Digits.LATIN, ZoneId.of("Asia/Riyadh"));
            for (int code = 1000; code <= 1582; code++) {
                var shown = Product.shown(String.valueOf(code), c -> words.has("product." + c));
                assertTrue(words.has("product." + shown.orElseThrow()), lang + " " + code);
            }
        }
    }

    @Test
    void givenACode_whenItHasNoNameOfItsOwn_thenItsKindIsShown() {
        assertEquals(Optional.of("1100"), Product.shown("1100", c -> c.equals("1100")));
        assertEquals(Optional.of("1097"), Product.shown("1101", c -> c.equals("1100")));
        assertEquals(Optional.of("1551"), Product.shown("1575", _ -> false));
        assertEquals(Optional.empty(), Product.shown("IAB1", _ -> true));
        assertEquals(Optional.empty(), Product.shown("1583", _ -> true));
    }
}
