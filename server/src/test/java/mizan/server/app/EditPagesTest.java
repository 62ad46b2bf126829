package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.campaign.Budget;
import mizan.core.campaign.EntityStatus;
import mizan.core.targeting.Criterion;
import mizan.server.booking.Kind;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.people.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Campaigns, ad groups and ads changed in forms that show the difference first.
class EditPagesTest {
    @TempDir
    private Path folder = Path.of("");

    private ConsoleServer console;
    private String campaign = "";
    private String group = "";

    @BeforeEach
    void start() throws Exception {
        console = new ConsoleServer(folder);
        var advertiser = console.book(
                "/v1/advertisers",
                "{\"name\":{\"en\":\"Nordlys\"},\"payer\":\"Nordlys\",\"currency\":\"USD\",\"time_zone\":\"Asia/Riyadh\"}");
        campaign = console.book("/v1/campaigns", """
            {"advertiser":"%s","name":{"en":"Winter"},"entity_status":"ACTIVE","budget":{"total_micros":500000000},
             "flight":{"start":"2026-10-31T21:00:00Z","end":"2026-11-30T21:00:00Z"},"external_id":"w-1"}\
            """.formatted(advertiser));
        group = console.book("/v1/ad-groups", """
            {"campaign":"%s","name":{"en":"All"},"entity_status":"ACTIVE",
             "bid":{"charge_by":"IMPRESSION","amount_micros":2345678},"targeting":{"countries":["SA"]}}\
            """.formatted(campaign));
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void givenAForm_whenItIsLookedAt_thenTheDifferenceIsShownAndNothingIsSaved() throws Exception {
        var looked = look("/campaigns/" + campaign, Map.of("total_budget", "750.50", "end", "2026-12-15"));
        assertEquals(200, looked.statusCode());
        var text = ConsoleServer.text(looked);
        assertTrue(text.contains("Budget in all500 becomes 750.5"), text);
        assertTrue(text.contains("Last day2026-11-30 becomes 2026-12-15"), text);
        assertTrue(text.contains("USD 250.50 more may be spent in all."), text);
        assertFalse(text.contains("Name in Englishbecomes"), "what was not changed is shown");
        assertEquals(Budget.total(500_000_000), budget());
    }

    @Test
    void givenADifferenceThatWasSeen_whenItIsSaved_thenExactlyThatChanges() throws Exception {
        var fields = Map.of("total_budget", "750.50", "name_ar", "شتاء");
        var looked = look("/campaigns/" + campaign, fields);
        var saved = save("/campaigns/" + campaign, looked, fields, "more sales");
        assertEquals(303, saved.statusCode(), saved.body());
        assertEquals(Budget.total(750_500_000), budget());
        var body = console.engine.booking().body(Kind.CAMPAIGN, campaign).orElseThrow();
        assertEquals("شتاء", body.path("name").path("ar").stringValue());
        assertEquals("Winter", body.path("name").path("en").stringValue());
        assertEquals("w-1", body.path("external_id").stringValue());
        var change = console.engine.booking().history(campaign, 1).getFirst();
        assertEquals("more sales", change.why());
    }

    @Test
    void givenTextsThatWereNotLookedAt_whenTheyAreSaved_thenTheDifferenceIsShownInstead() throws Exception {
        var looked = look("/campaigns/" + campaign, Map.of("total_budget", "750"));
        var other = save("/campaigns/" + campaign, looked, Map.of("total_budget", "7500"), "more");
        assertEquals(200, other.statusCode());
        assertTrue(ConsoleServer.text(other).contains("Budget in all500 becomes 7500"));
        assertEquals(Budget.total(500_000_000), budget());
    }

    @Test
    void givenSomebodyWhoWasQuicker_whenTheFormIsSaved_thenItIsNot() throws Exception {
        var fields = Map.of("total_budget", "750");
        var looked = look("/campaigns/" + campaign, fields);
        console.book("/v1/campaigns/" + campaign + "/pause", "{}");
        var saved = save("/campaigns/" + campaign, looked, fields, "more");
        assertEquals(400, saved.statusCode());
        assertTrue(ConsoleServer.text(saved).contains("somebody else has changed it meanwhile"));
        assertEquals(Budget.total(500_000_000), budget());
    }

    @Test
    void givenTextsThatCannotBeUsed_whenTheyAreSent_thenEachIsNamedAndStays() throws Exception {
        var answer = look(
                "/campaigns/" + campaign,
                Map.of("total_budget", "much", "end", "2026-10-01", "frequency_caps", "often", "name_en", ""));
        assertEquals(400, answer.statusCode());
        var text = ConsoleServer.text(answer);
        assertTrue(text.contains("Budget in all: is not an amount"), text);
        assertTrue(text.contains("Frequency caps: is not a cap"), text);
        assertTrue(answer.body().contains("value=\"much\""), "what was typed is lost");
        var late = look("/campaigns/" + campaign, Map.of("end", "2026-10-01"));
        assertTrue(ConsoleServer.text(late).contains("Last day: cannot be used. Wanted: a time after the start"));
        var nameless = look("/campaigns/" + campaign, Map.of("name_en", ""));
        assertEquals(400, nameless.statusCode());
    }

    @Test
    void givenARuleOfFourEyes_whenARaiseIsSaved_thenItWaitsAndTheLookSaidSo() throws Exception {
        console.workspace.approvals().enforce(new Rule("", Rule.Kind.RAISE, OptionalLong.of(100_000_000)));
        var fields = Map.of("total_budget", "700");
        var looked = look("/campaigns/" + campaign, fields);
        assertTrue(ConsoleServer.text(looked).contains("A second person decides before it holds"));
        var saved = save("/campaigns/" + campaign, looked, fields, "more");
        assertTrue(saved.headers().firstValue("location").orElse("").startsWith("/approvals/apr_"));
        assertEquals(Budget.total(500_000_000), budget());
    }

    @Test
    void givenACopyThatWaitsForASecondPerson_whenTheyAgree_thenItsAdGroupsComeToo() throws Exception {
        console.workspace.approvals().enforce(new Rule("", Rule.Kind.RAISE, OptionalLong.of(100_000_000)));
        var asked = console.post("/campaigns/" + campaign + "/copy", Map.of("name", "Winter again"));
        var approval = asked.headers().firstValue("location").orElse("").replaceAll(".*(apr_[0-9A-Z]+).*", "$1");
        assertEquals(1, console.engine.booking().book().campaigns().size());
        var second = new Principal("key_9", Mode.LIVE, EnumSet.of(Scope.APPROVE), Optional.empty());
        console.actions.approvals().decide(approval, second, true, "");
        var copy = console.engine.booking().book().campaigns().values().stream()
                .filter(c -> !c.id().value().equals(campaign))
                .findFirst()
                .orElseThrow();
        assertEquals(EntityStatus.DRAFT, copy.status());
        assertEquals(
                1,
                console.engine.booking().book().adGroups().values().stream()
                        .filter(g -> g.campaign().equals(copy.id()))
                        .count());
    }

    @Test
    void givenAnAdGroup_whenItsReadersAreChanged_thenItsBidOfSixDecimalsStays() throws Exception {
        var fields = Map.of("bid", "2.345678", "countries", "ae; SA", "frequency_caps", "3/PT24H", "daily_budget", "");
        var looked = look("/ad-groups/" + group, fields);
        assertTrue(ConsoleServer.text(looked).contains("CountriesSA becomes AE; SA"), ConsoleServer.text(looked));
        assertEquals(303, save("/ad-groups/" + group, looked, fields, "wider").statusCode());
        var booked = console.adGroup(group);
        assertEquals(java.util.Set.of("SA", "AE"), booked.targeting().wants(Criterion.COUNTRY));
        assertEquals(2_345_678, booked.bid().amountMicros());
        assertEquals(1, booked.caps().size());
    }

    @Test
    void givenACampaign_whenItIsCopied_thenTheCopyIsADraftThatBeginsTodayWithTheSameGroups() throws Exception {
        var answer = console.post("/campaigns/" + campaign + "/copy", Map.of("name", "Winter again"));
        assertEquals(303, answer.statusCode(), answer.body());
        var book = console.engine.booking().book();
        var copy = book.campaigns().values().stream()
                .filter(c -> !c.id().value().equals(campaign))
                .findFirst()
                .orElseThrow();
        assertEquals(EntityStatus.DRAFT, copy.status());
        assertEquals("Winter again", copy.name().in("en"));
        assertEquals(Optional.empty(), copy.externalId());
        assertEquals("2026-11-22T21:00:00Z", copy.flight().start().toString());
        assertEquals("2026-12-22T21:00:00Z", copy.flight().end().orElseThrow().toString());
        assertEquals(2, book.adGroups().size());
        assertEquals(
                1,
                book.adGroups().values().stream()
                        .filter(g -> g.campaign().equals(copy.id()))
                        .count());
    }

    @Test
    void givenANameThatIsNone_whenACopyIsAskedFor_thenNothingIsMade() throws Exception {
        for (var name : new String[] {" ", "x".repeat(121), "a\u0007b"}) {
            var answer = console.post("/campaigns/" + campaign + "/copy", Map.of("name", name));
            assertEquals(
                    "/campaigns/" + campaign + "?said=name_needed",
                    answer.headers().firstValue("location").orElse(""));
        }
        assertEquals(1, console.engine.booking().book().campaigns().size());
    }

    @Test
    void givenSomebodyOfAnotherAdvertiser_whenTheyEditOrCopy_thenItIsNotThere() throws Exception {
        for (var path : new String[] {"/campaigns/" + campaign, "/ad-groups/" + group}) {
            assertEquals(404, console.get(ConsoleServer.OTHER, path + "/edit").statusCode());
            assertEquals(
                    404,
                    console.post(ConsoleServer.OTHER, path + "/edit", Map.of()).statusCode());
        }
        assertEquals(
                404,
                console.post(ConsoleServer.OTHER, "/campaigns/" + campaign + "/copy", Map.of("name", "x"))
                        .statusCode());
        assertEquals(1, console.engine.booking().book().campaigns().size());
    }

    private Budget budget() {
        return console.campaign(campaign).budget();
    }

    private HttpResponse<String> look(String path, Map<String, String> fields) throws Exception {
        var sent = new LinkedHashMap<>(fields);
        sent.put("act", "look");
        sent.put("version", ConsoleServer.hidden(console.get(path + "/edit"), "version"));
        return console.post(path + "/edit", sent);
    }

    private HttpResponse<String> save(
            String path, HttpResponse<String> looked, Map<String, String> fields, String reason) throws Exception {
        var sent = new LinkedHashMap<>(fields);
        sent.put("act", "save");
        sent.put("reason", reason);
        sent.put("version", ConsoleServer.hidden(looked, "version"));
        sent.put("looked", ConsoleServer.hidden(looked, "looked"));
        return console.post(path + "/edit", sent);
    }
}
