package mizan.server.openrtb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What sellers mean by the categories that they block. Expected values are the IAB's own mappings of single products.
class CategoriesTest {
    private static Set<String> products(int taxonomy, String... codes) {
        return Categories.builtIn().products(taxonomy, List.of(codes)).orElseThrow();
    }

    @Test
    void givenTheSameProduct_whenItIsBlockedInEachTaxonomy_thenItIsAmongThoseMeant() {
        assertTrue(products(1, "IAB8-5").contains("1004"), "beer");
        assertTrue(products(8, "1002").contains("1004"), "beer is alcohol");
        assertTrue(products(9, "pg0WhF").contains("1004"), "beer is a sensitive topic");
        assertTrue(products(1, "IAB19-5").contains("1102"), "cameras");
        assertTrue(products(1, "IAB2").contains("1571"), "electric vehicles");
        assertTrue(products(1, "IAB7-44").contains("1265"), "weight loss");
        assertTrue(products(1, "IAB25").contains("1546"), "cigarettes are non-standard content");
        assertTrue(products(1, "IAB11-4").contains("1479"), "candidates");
        assertTrue(products(9, "v9i3On").contains("1578"), "guns are among all sensitive topics");
    }

    @Test
    void givenACategoryOfOtherThings_whenItIsBlocked_thenAProductStays() {
        assertFalse(products(1, "IAB8-5").contains("1167"), "bread is no beer");
        assertFalse(products(1, "IAB2", "IAB25").contains("1102"), "a camera is no car");
        assertEquals(Set.of(), products(1, "IAB24"), "uncategorised content is no product");
        assertEquals(Set.of("1163"), products(8, "1163"), "a leaf is itself alone");
    }

    @Test
    void givenACodeFinerThanTheTable_whenItIsBlocked_thenItsParentIs() {
        assertEquals(products(1, "IAB7"), products(1, "IAB7-3"));
    }

    @Test
    void givenATaxonomyThatNobodyKnows_whenItIsUsed_thenNobodySaysWhatIsMeant() {
        assertEquals(Optional.empty(), Categories.builtIn().products(600, List.of("1")));
        assertEquals(Optional.of(Set.of()), Categories.builtIn().products(600, List.of()));
    }
}
