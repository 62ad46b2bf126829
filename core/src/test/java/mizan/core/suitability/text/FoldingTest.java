package mizan.core.suitability.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldingTest {
    @Test
    void givenOneWordInManySpellings_whenFolded_thenItIsTheSameWord() {
        var spellings = Map.of(
                "مسووليه", List.of("مسووليّة", "مـسووليہ", "مسوولی\u200Cه"),
                "ارهابي", List.of("إرهابي", "أرهابى", "اِرهابیّ", "ا\u0655رهابي"),
                "مؤمن", List.of("مؤمن", "مو\u0654من", "مُؤْمِن"),
                "strasse", List.of("Straße", "STRASSE", "ｓｔｒａßｅ"),
                "angstrom", List.of("Ångström", "A\u030Angstro\u0308m", "ÅNGSTRÖM"),
                "2024", List.of("٢٠٢٤", "۲۰۲۴", "２０２４"));
        spellings.forEach((folded, written) -> written.forEach(
                text -> assertEquals(List.of(folded), Folding.fold(text).words(), text)));
    }

    @Test
    void givenMixedText_whenFolded_thenTokensAreCutAtScriptsSignsAndEmoji() {
        assertEquals(
                List.of("ال", "iphone15", "جديد", "🔥", "🔥", "لا", "للغلاء"),
                Folding.fold("الـiPhone15 جديد🔥🔥 #لا_للغلاء").words());
        assertEquals(List.of("🇮🇶", "👍", "戦", "争"), Folding.fold("🇮🇶👍🏽戦争").words());
    }

    @Test
    void givenTextAtAndBeyondTheLimit_whenFolded_thenOnlyTheLongerIsFlaggedAndNoCharacterIsSplit() {
        assertFalse(Folding.fold("a".repeat(Folding.MAX_CHARS)).truncated());
        var cut = Folding.fold("a".repeat(Folding.MAX_CHARS - 1) + "🔥");
        assertTrue(cut.truncated());
        assertEquals(1, cut.tokens().size());
    }
}
