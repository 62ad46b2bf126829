package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.Budget;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.ReviewStatus;
import mizan.core.suitability.Terms;
import mizan.core.targeting.Criterion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A first campaign as a buyer books it: one short form after the other.
class GuidePagesTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    private Path folder = Path.of("");

    private Engine engine;
    private ConsoleServer console;
    private String advertiser = "";

    @BeforeEach
    void start() throws Exception {
        console = new ConsoleServer(folder);
        engine = console.engine;
        advertiser = console.book(
                "/v1/advertisers", "{\"name\":{\"en\":\"Nordlys\"},\"payer\":\"Nordlys Gulf\",\"currency\":\"USD\"}");
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void givenAnAdvertiser_whenEachStepIsSent_thenTheCampaignRunsAndItsCreativeWaitsForReview() throws Exception {
        step("terms", Map.of("preset", "STRICT"));
        step(
                "campaign",
                Map.of("name", "Winter", "budget", "500.50", "suitability_terms", terms(), "start", "2026-11-23"));
        var campaign = engine.booking().book().campaigns().values().iterator().next();
        assertEquals(EntityStatus.PAUSED, campaign.status());
        assertEquals(Budget.total(500_500_000), campaign.budget());
        assertEquals(
                Optional.of(Instant.parse("2026-12-23T00:00:00Z")),
                campaign.flight().end());
        step("group", Map.of("charge_by", "IMPRESSION", "bid", "2.50", "countries", "sa, AE", "languages", ""));
        step("creative", creative("Dates"));
        step("ad", Map.of());
        assertTrue(ConsoleServer.text(get("?step=start&lang=en")).contains("at least 200,000 impressions"));
        step("start", Map.of());
        var book = engine.booking().book();
        assertEquals(
                EntityStatus.ACTIVE, book.campaigns().values().iterator().next().status());
        var group = book.adGroups().values().iterator().next();
        assertEquals(java.util.Set.of("SA", "AE"), group.targeting().wants(Criterion.COUNTRY));
        assertEquals(
                Terms.Preset.STRICT, book.terms().values().iterator().next().preset());
        assertEquals("key_1", book.terms().values().iterator().next().signedBy());
        assertEquals(
                ReviewStatus.PENDING_REVIEW,
                book.creatives().values().iterator().next().review());
        assertTrue(ConsoleServer.text(get("?step=start&lang=en")).contains("The ad is in review"));
    }

    @Test
    void givenWordsThatAreNoAmount_whenTheFormIsSent_thenWhatWasTypedStaysAndNothingIsBooked() throws Exception {
        step("terms", Map.of("preset", "STANDARD"));
        var answer = post("campaign", Map.of("name", "Winter", "budget", "much", "suitability_terms", terms()));
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("value=\"Winter\""), answer.body());
        assertTrue(answer.body().contains("is not an amount"));
        assertEquals(
                400,
                post("creative", Map.of("headline_en", "Dates", "landing_page", "no"))
                        .statusCode());
        assertTrue(engine.booking().book().campaigns().isEmpty());
    }

    @Test
    void givenAnApprovedCreative_whenItsWordsAreChangedBeforeTheStart_thenItIsReviewedAgain() throws Exception {
        step("creative", creative("Dates"));
        var id = engine.booking().book().creatives().keySet().iterator().next().value();
        console.send(
                ConsoleServer.KEY,
                "POST",
                "/v1/creatives/" + id + "/review",
                "application/json",
                "{\"decision\":\"APPROVED\"}");
        step("creative", creative("Fresh dates"));
        var creative = engine.booking().book().creatives().values().iterator().next();
        assertEquals("Fresh dates", creative.headline().in("en"));
        assertEquals(ReviewStatus.PENDING_REVIEW, creative.review());
        assertEquals(1, engine.booking().book().creatives().size());
    }

    @Test
    void givenAStepWhoseBasisIsMissing_whenItIsSent_thenNothingIsBooked() throws Exception {
        for (var early : new String[] {"campaign", "group", "ad", "start"}) {
            assertEquals(
                    303,
                    post(early, Map.of("name", "x", "budget", "1", "bid", "1")).statusCode(),
                    early);
        }
        assertTrue(engine.booking().book().campaigns().isEmpty());
        assertTrue(engine.booking().book().adGroups().isEmpty());
    }

    @Test
    void givenSomebodyOfAnotherAdvertiser_whenTheGuideIsAskedFor_thenItIsNotThere() throws Exception {
        assertEquals(
                404, console.send(ConsoleServer.OTHER, "GET", path(""), "", "").statusCode());
        assertEquals(
                404,
                console.send(ConsoleServer.OTHER, "POST", path("/terms"), FORM, "preset=STRICT")
                        .statusCode());
        assertEquals(
                403,
                console.send(ConsoleServer.OTHER, "POST", "/first-campaign", FORM, "name=x&payer=x&currency=USD")
                        .statusCode());
        assertFalse(console.send(ConsoleServer.OTHER, "GET", "/first-campaign", "", "")
                .body()
                .contains(advertiser));
        assertTrue(engine.booking().book().terms().isEmpty());
    }

    private static Map<String, String> creative(String headline) {
        return Map.of(
                "headline_en",
                headline,
                "body_en",
                "From the farm",
                "call_to_action_en",
                "Order",
                "landing_page",
                "https://oasis.example/dates");
    }

    private String terms() {
        return engine.booking().book().terms().keySet().iterator().next().value();
    }

    private String path(String step) {
        return "/first-campaign/" + advertiser + step;
    }

    private void step(String step, Map<String, String> fields) throws Exception {
        var answer = post(step, fields);
        assertEquals(303, answer.statusCode(), step + answer.body());
        assertEquals(
                path("") + "?said=step_done",
                answer.headers().firstValue("location").orElse(""));
    }

    private HttpResponse<String> post(String step, Map<String, String> fields) throws Exception {
        return console.post(path("/" + step) + "?lang=en", fields);
    }

    private HttpResponse<String> get(String query) throws Exception {
        return console.send(ConsoleServer.KEY, "GET", path(query), "", "");
    }
}
