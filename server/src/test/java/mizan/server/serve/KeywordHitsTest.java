package mizan.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Touched;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import org.junit.jupiter.api.Test;

class KeywordHitsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final TermsId TERMS = new TermsId("trm_01000000000000000000000000");

    private static KeywordHits lists(String keyword) {
        var terms = new Terms(
                TERMS,
                new AdvertiserId("adv_01000000000000000000000000"),
                1,
                "House terms",
                Terms.Preset.STANDARD,
                Terms.Preset.STANDARD.maxTier(),
                Map.of(),
                List.of(keyword),
                Set.of(),
                Set.of(),
                Set.of(),
                1,
                1,
                "House",
                NOW);
        var book = new Book(1, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(TERMS, terms));
        return KeywordHits.NONE.next(book, Touched.all(book));
    }

    @Test
    void givenAPostThatWasMatched_whenItIsSentWithOtherWords_thenTheNewWordsAreMatched() {
        var lists = lists("harbour");
        assertEquals(
                Map.of(TERMS, "harbour"),
                lists.of("p_1", "first", "Sunrise over the harbour").byTerms());
        assertEquals(
                Map.of(TERMS, "harbour"),
                lists.of("p_1", "first", "Sunrise over the harbour").byTerms());
        assertEquals(
                Map.of(), lists.of("p_1", "second", "Sunrise over the hills").byTerms());
        assertEquals(
                Map.of(TERMS, "harbour"),
                lists.of("p_1", "third", "Back at the harbour").byTerms());
    }

    @Test
    void givenTwoPostsOfTheSameCommitment_thenEachIsMatchedByItself() {
        var lists = lists("harbour");
        assertEquals(
                Map.of(TERMS, "harbour"),
                lists.of("p_1", "same", "Sunrise over the harbour").byTerms());
        assertEquals(Map.of(), lists.of("p_2", "same", "Sunrise over the hills").byTerms());
    }
}
