package mizan.server.openrtb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import mizan.server.http.Mode;
import mizan.server.http.StrictJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// From an exchange's request to the charge, over real HTTP.
class AuctionTest {
    @TempDir
    Path folder;

    private Exchange exchange;

    @BeforeEach
    void start() throws Exception {
        exchange = new Exchange(folder);
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    private JsonNode bid(String name) throws Exception {
        var json = Exchange.json(exchange.auction(Exchange.stored(name)));
        return json.path("seatbid").path(0).path("bid").path(0);
    }

    @Test
    void givenABidThatWon_whenEveryNoticeComesTwiceAndThePixelToo_thenItIsChargedOnceAtTheBidsPrice() throws Exception {
        var bid = bid("valid-banner");
        for (int i = 0; i < 2; i++) {
            for (var notice : new String[] {"nurl", "lurl", "burl"}) {
                var url = bid.path(notice)
                        .stringValue()
                        .replace("${AUCTION_PRICE}", "2")
                        .replaceAll("\\$\\{[A-Z_]+}", "");
                assertEquals(
                        204, exchange.get(url, "user-agent", Exchange.BROWSER).statusCode(), notice);
            }
            assertEquals(
                    200,
                    exchange.get(pixel(bid), "user-agent", Exchange.BROWSER).statusCode());
        }
        assertEquals(bid.path("price").decimalValue().movePointRight(3).longValueExact(), exchange.spent(Mode.LIVE));
        assertEquals(1, exchange.rendered(Mode.LIVE));
        var figures = StrictJson.own(
                exchange.send(Mode.LIVE, "GET", "/v1/openrtb/figures", "").body());
        assertEquals(1, figures.path("wins").longValue());
        assertEquals(1, figures.path("billed").longValue());
        assertEquals(1, figures.path("lost").longValue());
    }

    private static String pixel(JsonNode bid) {
        var adm = bid.path("adm").stringValue();
        int at = adm.lastIndexOf("<img src=\"") + 10;
        return adm.substring(at, adm.indexOf('"', at));
    }

    @Test
    void givenAWinNoticeAlone_whenNothingWasRendered_thenNothingIsCharged() throws Exception {
        var bid = bid("valid-banner");
        exchange.get(bid.path("nurl").stringValue().replaceAll("\\$\\{[A-Z_]+}", "AUDIT"));
        assertEquals(0, exchange.spent(Mode.LIVE));
    }

    @Test
    void givenABillingNotice_whenAServerDoesNotSayWhoseDeviceItWas_thenOnlyWhatTheDeviceItselfTellsCharges()
            throws Exception {
        var burl = bid("valid-banner").path("burl").stringValue().replaceAll("\\$\\{[A-Z_]+}", "");
        exchange.get(burl, "user-agent", "Go-http-client/2.0");
        exchange.get(burl, "user-agent", "Go-http-client/2.0", "x-device-user-agent", "Googlebot/2.1");
        assertEquals(0, exchange.spent(Mode.LIVE));
        exchange.get(burl, "user-agent", "Go-http-client/2.0", "x-device-user-agent", Exchange.BROWSER);
        assertTrue(exchange.spent(Mode.LIVE) > 0);
    }

    @Test
    void givenATestRequest_whenItsAdIsRendered_thenTestMoneyAloneMoves() throws Exception {
        var text = new String(Exchange.stored("valid-banner"), StandardCharsets.UTF_8)
                .replace("\"at\": 1", "\"at\": 1, \"test\": 1");
        var json = Exchange.json(exchange.auction(text.getBytes(StandardCharsets.UTF_8)));
        var bid = json.path("seatbid").path(0).path("bid").path(0);
        exchange.get(pixel(bid), "user-agent", Exchange.BROWSER);
        assertEquals(0, exchange.spent(Mode.LIVE));
        assertTrue(exchange.spent(Mode.TEST) > 0);
    }

    @Test
    void givenANativeRequest_whenItIsWon_thenEachRequiredPartIsThereInTheReadersLanguageAndTheTrackersAreOurs()
            throws Exception {
        var card = StrictJson.own(bid("valid-arabic-reader").path("adm").stringValue());
        assertEquals(
                "صور ليلية بلا تشويش",
                card.path("assets").get(0).path("title").path("text").stringValue());
        var picture = card.path("assets").get(1).path("img");
        assertEquals(3, picture.path("type").asInt());
        assertEquals(
                "800 by 450",
                picture.path("w").asInt() + " by " + picture.path("h").asInt());
        assertEquals(
                "image/png",
                exchange.get(picture.path("url").stringValue())
                        .headers()
                        .firstValue("content-type")
                        .orElseThrow());
        assertEquals(
                "نورديليس",
                card.path("assets").get(3).path("data").path("value").stringValue());
        assertTrue(card.path("link").path("url").stringValue().contains("/c/"));
        var trackers = card.path("eventtrackers");
        assertEquals(2, trackers.size());
        exchange.get(trackers.get(0).path("url").stringValue(), "user-agent", Exchange.BROWSER);
        assertEquals(1, exchange.rendered(Mode.LIVE));
    }

    @Test
    void givenANativeRequest_whenThePictureMustBeLargerOrOfAnotherType_thenThereIsNoBid() throws Exception {
        for (var wish : new String[] {"\\\"wmin\\\": 801", "\\\"mimes\\\": [\\\"image/webp\\\"]"}) {
            var request = new String(Exchange.stored("valid-arabic-reader"), StandardCharsets.UTF_8)
                    .replace("\\\"wmin\\\": 300", wish);
            assertTrue(request.contains(wish));
            var answer = Exchange.json(exchange.auction(request.getBytes(StandardCharsets.UTF_8)));
            assertEquals(0, answer.path("seatbid").size(), wish + " " + answer);
        }
    }

    @Test
    void givenAFloor_whenItIsNotAWholeMicroAnImpression_thenThePriceIsRoundedUpToOneAndNeverBelow() throws Exception {
        assertEquals(
                "3.334", bid("valid-exact-floor").path("price").decimalValue().toPlainString());
        assertEquals("2", bid("valid-banner").path("price").decimalValue().toPlainString());
    }

    @Test
    void givenDsa_whenThePublisherRendersIt_thenOurMarkupDoesNotClaimTo() throws Exception {
        var asked = bid("valid-dsa-required").path("ext").path("dsa");
        assertEquals("Nordlys", asked.path("behalf").stringValue());
        assertEquals(1, asked.path("adrender").intValue());
        assertEquals(
                "ads.feed.example",
                asked.path("transparency").get(0).path("domain").stringValue());
        assertEquals(
                2, asked.path("transparency").get(0).path("dsaparams").get(0).intValue());
        assertEquals(
                0,
                bid("valid-dsa-publisher-renders")
                        .path("ext")
                        .path("dsa")
                        .path("adrender")
                        .intValue());
    }

    @Test
    void givenABrowserThatHidesItsPage_whenItAsks_thenItIsNoServerAndGetsNothingThatOnlyServersMayAskFor()
            throws Exception {
        var hidden =
                exchange.auction(Exchange.stored("valid-banner"), "origin", "null", "user-agent", Exchange.BROWSER);
        assertEquals(7, Exchange.json(hidden).path("nbr").asInt(), "a sandboxed frame's origin is admitted nowhere");
        assertTrue(Exchange.json(exchange.auction(Exchange.stored("valid-banner")))
                        .path("seatbid")
                        .size()
                > 0);
    }

    @Test
    void givenAPrebidPage_whenItsOriginIsAdmitted_thenItMayReadTheAnswerWithCredentialsAndOthersGetNone()
            throws Exception {
        var body = Exchange.stored("valid-prebid-js");
        var ours = exchange.auction(
                body, "content-type", "text/plain", "origin", Exchange.ORIGIN, "user-agent", Exchange.BROWSER);
        assertEquals(
                Exchange.ORIGIN,
                ours.headers().firstValue("access-control-allow-origin").orElse(""));
        assertEquals(
                "true",
                ours.headers().firstValue("access-control-allow-credentials").orElse(""));
        assertFalse(Exchange.json(ours).path("seatbid").isEmpty());
        var other = exchange.auction(
                body, "content-type", "text/plain", "origin", "https://other.example", "user-agent", Exchange.BROWSER);
        assertTrue(other.headers().firstValue("access-control-allow-origin").isEmpty());
        assertEquals(7, Exchange.json(other).path("nbr").intValue());
        assertEquals(204, exchange.preflight(Exchange.ORIGIN).statusCode());
        assertEquals(
                Exchange.ORIGIN,
                exchange.preflight(Exchange.ORIGIN)
                        .headers()
                        .firstValue("access-control-allow-origin")
                        .orElse(""));
    }

    @Test
    void givenABotsBrowser_whenItAsksForAPage_thenItGetsNothingWhateverTheRequestSays() throws Exception {
        var answer = exchange.auction(
                Exchange.stored("valid-banner"), "origin", Exchange.ORIGIN, "user-agent", "HeadlessChrome/141");
        assertEquals(3, Exchange.json(answer).path("nbr").intValue());
    }

    @Test
    void givenAPackedRequest_whenItIsSent_thenItIsReadAndABombIsRefused() throws Exception {
        var answer = exchange.auction(
                packed(Exchange.stored("valid-native")), "content-encoding", "gzip", "accept-encoding", "gzip");
        assertEquals("gzip", answer.headers().firstValue("content-encoding").orElse(""));
        try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            var json = StrictJson.own(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertFalse(json.path("seatbid").isEmpty());
        }
        assertEquals(
                413,
                exchange.auction(packed(new byte[50 << 20]), "content-encoding", "gzip")
                        .statusCode());
        assertEquals(
                400,
                exchange.auction(new byte[] {1, 2, 3}, "content-encoding", "gzip")
                        .statusCode());
        assertEquals(
                415,
                exchange.auction(new byte[] {1}, "content-type", "application/x-protobuf")
                        .statusCode());
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void givenADecisionOfAnAuction_whenItIsExplained_thenTheSellersRefusalIsTheReason() throws Exception {
        var json = Exchange.json(exchange.auction(Exchange.stored("valid-category-9-blocked")));
        var decision =
                json.path("ext").path("mizan").path("decisions").path("1").stringValue();
        var explained = StrictJson.own(exchange.send(Mode.LIVE, "GET", "/v1/decisions/" + decision + "/explanation", "")
                .body());
        var candidate = explained.path("candidates").get(0);
        assertEquals("refused_by_seller", candidate.path("outcome").stringValue());
        assertEquals("category", candidate.path("refused").stringValue());
    }

    @Test
    void givenThreeSlotsInOneRequest_whenOneAdvertiserBids_thenItDoesNotStandTwiceInARow() throws Exception {
        var json = Exchange.json(exchange.auction(Exchange.stored("valid-three-slots")));
        assertEquals(1, json.path("seatbid").get(0).path("bid").size());
        assertEquals(
                2, json.path("ext").path("seatnonbid").get(0).path("nonbid").size());
    }

    @Test
    void givenACountry_whenItIsNoneOfIso3166_thenItCountsAsNotSent() {
        assertEquals(Optional.of("AE"), SoldReader.country("ARE"));
        assertEquals(Optional.of("AE"), SoldReader.country("ae"));
        assertEquals(Optional.empty(), SoldReader.country("<>"));
        assertEquals(Optional.empty(), SoldReader.country("ZZ"));
        assertEquals(Optional.empty(), SoldReader.country("Arabia"));
    }
}
