package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.server.http.Mode;
import mizan.server.http.StrictJson;
import mizan.server.people.People;
import mizan.server.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An advertiser's account as a whole: told, and closed.
class AccountTest {
    private static final String PASSWORD = "a sentence that is long";

    @TempDir
    private Path folder = Path.of("");

    private LiveServer live;
    private LiveServer.Booked booked;

    @BeforeEach
    void start() throws Exception {
        live = new LiveServer(folder, Instant.parse("2026-03-02T10:00:00Z"));
        booked = live.book();
    }

    @AfterEach
    void stop() {
        live.close();
    }

    @Test
    void givenAnAccount_whenItIsExported_thenBookingsMoneyAndPeopleAreInItAndNothingOfOthers() throws Exception {
        var other = live.post("/v1/advertisers", """
                {"name":{"en":"Rival"},"payer":"Rival Ltd","currency":"USD"}""", 201).path("id").stringValue();
        var people = live.workspace().people();
        var owner = people.join(people.setUp(), new People.Joining("Noor", "noor@a.example", PASSWORD));
        var code = people.invite("Amal", Role.BUYER, Optional.of(booked.advertiser()), owner.principal(Mode.LIVE));
        people.join(code, new People.Joining("Amal", "amal@nordlys.example", PASSWORD));
        live.report("RENDERED", live.show("v"));
        live.patch("/v1/campaigns/" + booked.campaign(), "{\"pacing\":\"EVEN\"}");
        live.pass(Duration.ofMinutes(20));
        var path = "/v1/advertisers/" + booked.advertiser() + "/export";
        var told = live.read(path);
        new DescribedApi(StrictJson.own(live.get("/openapi.json").body())).check("GET", path, "", 200, told.toString());
        assertEquals(
                List.of("advertiser", "campaign", "ad_group", "creative", "ad"),
                told.path("booked")
                        .valueStream()
                        .map(one -> one.path("kind").stringValue())
                        .toList());
        var campaign = told.at("/booked/1/versions");
        assertEquals("ASAP", campaign.get(0).at("/body/pacing").stringValue());
        assertEquals("EVEN", campaign.get(1).at("/body/pacing").stringValue(), "each version is there");
        long funds = told.path("balances")
                .valueStream()
                .filter(b -> b.path("account").stringValue().startsWith("advertiser_funds:"))
                .mapToLong(b -> b.path("micros").longValue())
                .sum();
        long moved = told.path("entries")
                .valueStream()
                .mapToLong(e -> e.path("credit").stringValue().startsWith("advertiser_funds:")
                        ? e.path("micros").longValue()
                        : -e.path("micros").longValue())
                .sum();
        assertTrue(funds > 0 && funds == moved, "the movements add up to what is left: " + told);
        assertFalse(told.path("entries_more").booleanValue());
        assertEquals("amal@nordlys.example", told.at("/people/0/login").stringValue());
        assertEquals(1, told.path("people").size(), "nobody of the platform");
        assertFalse(told.toString().contains(other) || told.toString().contains("Rival"));
        assertEquals(404, live.status("/v1/advertisers/adv_01KJPZV2800PPMVFDPAKKAYGFJ/export"));
    }

    @Test
    void givenAnAccount_whenItIsClosed_thenNothingOfItIsShownAndItsMoneyAndProofsStay() throws Exception {
        live.report("RENDERED", live.show("v"));
        live.pass(Duration.ofMinutes(5));
        var before = live.engine().reports().totals();
        assertTrue(before.counts().spendMicros() > 0);
        live.patch("/v1/advertisers/" + booked.advertiser(), "{\"account_status\":\"CLOSED\"}");
        assertTrue(live.page("w").at("/slots/0/ad").isNull());
        live.pass(Duration.ofMinutes(20));
        assertEquals(before.counts(), live.engine().reports().totals().counts());
        assertTrue(live.engine().invariants().holds());
    }
}
