package mizan.core.suitability.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LanguageGuessTest {
    @Test
    void givenArabicOrEnglish_whenGuessed_thenItIsNamed() {
        for (var text : List.of(
                "صباح الخير",
                "الفريق فاز اليوم",
                "أحب قهوة Starbucks في الصباح",
                "مَرْحَبًا بِكُم",
                "شکرا لكم يا أصدقاء")) {
            assertEquals(Optional.of("ar"), LanguageGuess.of(text), text);
        }
        for (var text : List.of("Good morning!", "the game is on", "I love قهوة in the morning and in the evening")) {
            assertEquals(Optional.of("en"), LanguageGuess.of(text), text);
        }
    }

    @Test
    void givenAnythingElse_whenGuessed_thenItIsUnknown() {
        for (var text : List.of(
                "",
                "123 🔥",
                "این کتاب را برای شما خریدم که بخوانید",
                "یہ کتاب میں نے آپ کے لیے خریدی ہے",
                "El gato está en la casa de mi madre",
                "Die Katze ist nicht im Haus, aber sie war hier",
                "Le chat est dans la maison avec nous",
                "Война и мир",
                "東京の天気",
                "Xqzv brrt klmp")) {
            assertEquals(Optional.empty(), LanguageGuess.of(text), text);
        }
    }

    /// Taken for a language that the raters read, a post in another would pass as harmless unread.
    @Test
    void givenShortPostsInManyLanguages_whenGuessed_thenNoneIsTakenForAnotherAndMostArabicAndEnglishIsFound() {
        for (var name : List.of("language-rows.tsv", "language-rows-aside.tsv")) {
            var rows = LanguageRows.of(name);
            assertEquals(List.of(), rows.mistaken(), name);
            assertTrue(rows.shareRead() >= 0.85, () -> name + " " + rows.shareRead());
        }
    }

    @Test
    void givenNamesAndAddressesAroundAFewWords_whenGuessed_thenOnlyTheWordsCount() {
        assertEquals(
                Optional.of("ar"),
                LanguageGuess.of("@someone@social.example @another_one https://example.com/a/b صباح الخير"));
        assertEquals(Optional.empty(), LanguageGuess.of("@thebest https://www.theguardian.com/the/world/is/good"));
    }
}
