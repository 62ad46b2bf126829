package mizan.server.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.StrictJson;
import mizan.server.reading.pull.Outbound;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that are told what happens, over real HTTP, on a clock that is moved by hand.
class WebhooksTest {
    private static final EnumSet<EventType> ALL = EnumSet.allOf(EventType.class);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final Outbound outbound = Outbound.alsoPrivate(now::get);
    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path folder = Path.of("");

    private Engine engine;
    private HttpServer receiver;
    private volatile int answer = 204;
    private String advertiser = "";
    private String other = "";

    private record Told(Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        String type() {
            return StrictJson.own(body).path("type").stringValue();
        }
    }

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            told.add(new Told(Map.copyOf(exchange.getRequestHeaders()), body));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
        open();
        advertiser = book(Kind.ADVERTISER, "{\"name\":{\"en\":\"Nordlys\"},\"payer\":\"N\",\"currency\":\"USD\"}");
        other = book(Kind.ADVERTISER, "{\"name\":{\"en\":\"Oasis\"},\"payer\":\"O\",\"currency\":\"USD\"}");
    }

    private void open() {
        engine = Engine.embedded(folder, LeaseRules.STANDARD, now::get, new SplittableRandom(5));
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        engine.close();
    }

    @Test
    void givenAWebhook_whenACampaignChanges_thenItIsToldOnceAndSignedAsTheStandardSays() {
        var webhook = add(Optional.of(advertiser));
        var campaign = campaign(advertiser);
        change(campaign, "resume", "{\"entity_status\":\"ACTIVE\"}");
        change(campaign, "pause", "{\"entity_status\":\"PAUSED\"}");
        tell();
        tell();
        assertEquals(
                List.of("campaign.created", "campaign.resumed", "campaign.paused"),
                told.stream().map(Told::type).toList());
        var first = told.getFirst();
        assertEquals(sign(webhook.secrets().getFirst(), first), first.header("Webhook-signature"));
        assertEquals(Long.toString(now.get().getEpochSecond()), first.header("Webhook-timestamp"));
        assertTrue(first.header("Webhook-id").matches("evt_[0-9a-f]{26}"), first.header("Webhook-id"));
        assertEquals(
                campaign,
                StrictJson.own(first.body()).path("data").path("campaign").stringValue());
    }

    @Test
    void givenMattersOfOthers_whenTheyHappen_thenOnlyThePlatformIsToldOfAll() {
        add(Optional.of(advertiser));
        campaign(other);
        tell();
        assertEquals(List.of(), told);
        add(Optional.empty());
        campaign(other);
        tell();
        assertEquals(1, told.size());
    }

    @Test
    void givenAFault_whenItIsOver_thenTheEventArrivesAfterThePausesAndKeepsItsId() {
        add(Optional.of(advertiser));
        campaign(advertiser);
        answer = 500;
        tell();
        tell();
        assertEquals(1, told.size(), "it was tried again at once");
        now.set(now.get().plus(Delivery.PAUSES.getFirst()));
        tell();
        assertEquals(2, told.size());
        answer = 200;
        now.set(now.get().plus(Delivery.PAUSES.get(1)));
        tell();
        now.set(now.get().plus(Duration.ofDays(1)));
        tell();
        assertEquals(3, told.size());
        assertEquals(
                1, told.stream().map(t -> t.header("Webhook-id")).distinct().count());
        assertEquals(
                3,
                told.stream().map(t -> t.header("Webhook-timestamp")).distinct().count());
        assertTrue(engine.webhooks().all().getFirst().failingSince().isEmpty());
    }

    @Test
    void givenAReceiverThatIsAway_whenThreeDaysHavePassed_thenItIsSwitchedOffAndNothingIsSentAnyMore() {
        var webhook = add(Optional.of(advertiser));
        campaign(advertiser);
        answer = 503;
        for (int hours = 0; hours < 24 * 4; hours++) {
            tell();
            now.set(now.get().plus(Duration.ofHours(1)));
            if (hours % 24 == 0) {
                campaign(advertiser);
            }
        }
        assertTrue(engine.webhooks().find(webhook.id()).orElseThrow().disabled());
        int tries = told.size();
        campaign(advertiser);
        tell();
        assertEquals(tries, told.size());
        answer = 204;
        engine.webhooks().enable(engine.webhooks().find(webhook.id()).orElseThrow());
        campaign(advertiser);
        tell();
        assertTrue(told.size() > tries, "it is on again and hears nothing");
    }

    @Test
    void givenAReceiverThatSaysItIsGone_whenItIsTold_thenItIsSwitchedOff() {
        var webhook = add(Optional.of(advertiser));
        campaign(advertiser);
        answer = 410;
        tell();
        assertTrue(engine.webhooks().find(webhook.id()).orElseThrow().disabled());
    }

    @Test
    void givenANewSecret_whenItIsToldWithinADay_thenBothSignAndAfterwardsTheNewOneAlone() {
        var before = add(Optional.of(advertiser)).secrets().getFirst();
        var after = engine.webhooks()
                .rotate(engine.webhooks().all().getFirst())
                .secrets()
                .getFirst();
        campaign(advertiser);
        tell();
        var both = told.getFirst();
        assertEquals(sign(after, both) + " " + sign(before, both), both.header("Webhook-signature"));
        now.set(now.get().plus(Webhooks.OVERLAP));
        campaign(advertiser);
        tell();
        assertEquals(sign(after, told.getLast()), told.getLast().header("Webhook-signature"));
    }

    @Test
    void givenSomethingThatArrived_whenItIsReplayed_thenItIsSentAgainWithTheSameId() {
        var webhook = add(Optional.of(advertiser));
        campaign(advertiser);
        tell();
        var sent = engine.webhooks().deliveries(webhook, 10).getFirst();
        assertEquals(Delivery.State.ARRIVED, sent.state());
        engine.webhooks().replay(sent);
        tell();
        assertEquals(2, told.size());
        assertEquals(told.getFirst().header("Webhook-id"), told.getLast().header("Webhook-id"));
        assertEquals(told.getFirst().body(), told.getLast().body());
    }

    @Test
    void givenAServerThatStopsBeforeItSends_whenItStartsAgain_thenNothingIsLostAndNothingIsFoundTwice() {
        add(Optional.of(advertiser));
        campaign(advertiser);
        engine.webhooks().look(List::of);
        campaign(advertiser);
        engine.close();
        open();
        tell();
        tell();
        assertEquals(2, told.size());
        assertEquals(
                2, told.stream().map(t -> t.header("Webhook-id")).distinct().count());
    }

    @Test
    void givenAnAddressInAPrivateNetwork_whenItIsToldThroughTheGuardedWayOut_thenNothingArrives() {
        var webhook = add(Optional.of(advertiser));
        campaign(advertiser);
        engine.webhooks().look(List::of);
        engine.webhooks().send(Outbound.guarded(now::get));
        assertEquals(List.of(), told);
        var sent = engine.webhooks().deliveries(webhook, 1).getFirst();
        assertTrue(sent.said().contains("private network"), sent.said());
        assertFalse(sent.state() == Delivery.State.ARRIVED);
    }

    @Test
    void givenWhatHappenedBeforeAWebhookWasMade_whenItIsMade_thenItIsNotTold() {
        campaign(advertiser);
        now.set(now.get().plusSeconds(60));
        add(Optional.of(advertiser));
        tell();
        assertEquals(List.of(), told);
        engine.webhooks().test(engine.webhooks().all().getFirst());
        tell();
        assertEquals(List.of("webhook.test"), told.stream().map(Told::type).toList());
    }

    private Webhook add(Optional<String> owner) {
        var url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
        return engine.webhooks().add(owner, url, ALL);
    }

    private void tell() {
        engine.webhooks().look(List::of);
        engine.webhooks().send(outbound);
    }

    /// By the words of the standard: `v1,` and the HMAC of id, time and body.
    private static String sign(WebhookSecret secret, Told told) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(secret.text().substring("whsec_".length())), "HmacSHA256"));
            var signed = told.header("Webhook-id") + "." + told.header("Webhook-timestamp") + "." + told.body();
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String campaign(String owner) {
        return book(Kind.CAMPAIGN, "{\"advertiser\":\"" + owner + "\",\"name\":{\"en\":\"Winter\"}}");
    }

    private String book(Kind kind, String json) {
        var wish = new Booking.Wish(kind, Optional.empty(), "create", StrictJson.own(json));
        return engine.booking().apply(wish, new Booking.Author("key_1", "")).id();
    }

    private void change(String campaign, String verb, String json) {
        var wish = new Booking.Wish(Kind.CAMPAIGN, Optional.of(campaign), verb, StrictJson.own(json));
        var _ = engine.booking().apply(wish, new Booking.Author("key_1", "sold out"));
    }
}
