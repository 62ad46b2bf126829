package mizan.core.targeting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecialCategoriesTest {
    @Test
    void givenNamesThatTellASpecialCategory_whenAsked_thenTheCategoryIsNamed() {
        var told = Map.ofEntries(
                Map.entry("Health", "health"),
                Map.entry("mental_health_support", "health"),
                Map.entry("people-with-diabetes", "health"),
                Map.entry("DiabetesPatients", "health"),
                Map.entry("مرضى السكري", "health"),
                Map.entry("المسلمون", "religion"),
                Map.entry("islamic.finance", "religion"),
                Map.entry("Church goers", "religion"),
                Map.entry("politics", "politics"),
                Map.entry("السياسة", "politics"),
                Map.entry("LGBTQ", "sexual_life"),
                Map.entry("sexual-orientation", "sexual_life"),
                Map.entry("ethnicity: kurdish", "ethnic_origin"),
                Map.entry("trade union members", "trade_union"),
                Map.entry("النقابة", "trade_union"),
                Map.entry("dna test buyers", "genetic_or_biometric"),
                Map.entry("ex-prisoner", "criminal_record"));
        told.forEach((name, category) -> assertEquals(Optional.of(category), SpecialCategories.of(name), name));
    }

    @Test
    void givenOrdinaryNames_whenAsked_thenNothingIsRefused() {
        var ordinary = List.of(
                "sport",
                "healthy cooking",
                "car racing",
                "tea",
                "travel",
                "s17",
                "big_spenders",
                "Labour day sales",
                "birthday party",
                "رياضة",
                "قهوة",
                "سفر",
                "تقنية",
                "كرة القدم",
                "video games",
                "fitness",
                "books");
        ordinary.forEach(name -> assertEquals(Optional.empty(), SpecialCategories.of(name), name));
    }
}
