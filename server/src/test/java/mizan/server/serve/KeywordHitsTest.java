package mizan.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Touched;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.server.rating.KnownPost;
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

    @Test
    void givenAPostThatWasJudgedWorseOrEdited_whenItsFactsAreAskedAgain_thenTheyAreTheNewOnes() {
        var lists = lists("harbour");
        var first = post("Sunrise over the hills", Tier.SAFE);
        assertSame(lists.facts(first), lists.facts(first));
        assertEquals(
                Optional.of(Tier.HIGH),
                lists.facts(post("Sunrise over the hills", Tier.HIGH))
                        .facts()
                        .verdict()
                        .map(PostVerdict::tier));
        assertEquals(
                Map.of(TERMS, "harbour"),
                lists.facts(post("Back at the harbour", Tier.SAFE)).facts().keywordHits());
        assertEquals(Map.of(), lists("hill top").facts(first).facts().keywordHits());
    }

    @Test
    void givenAnAdvertiserWhoExcludesItsWords_thenAPostWeighsNoMore() {
        var post = post("Back at the harbour", Tier.SAFE);
        assertEquals(
                lists("hill top").facts(post).chars(),
                lists("harbour").facts(post).chars());
    }

    private static KnownPost post(String words, Tier tier) {
        var verdict = new PostVerdict(tier, Set.of(), "test", "1", NOW, Optional.empty());
        return new KnownPost(
                "p_1",
                List.of("@a"),
                Optional.of("en"),
                Optional.empty(),
                Set.of(),
                new Ratings(List.of(verdict), Set.of()),
                words,
                "",
                words,
                words,
                NOW);
    }
}
