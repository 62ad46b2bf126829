package mizan.server.openrtb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import mizan.server.http.Mode;
import mizan.server.http.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the operator says of itself to the market, by the API, by a file, and as the market reads it.
class SupplyTest {
    @TempDir
    Path folder;

    private static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Test
    void givenSellersAndLinesOfOthers_whenTheFilesAreRead_thenTheyAgreeWithEachOtherAndWithTheChain() throws Exception {
        try (var exchange = new Exchange(folder)) {
            var supply = """
                    {"domain":"ads.feed.example","contact_email":"ads@feed.example",
                     "sellers":[{"seller_id":"pub-1","name":"Marsa","domain":"feed.example"},
                                {"seller_id":"net-2","seller_type":"INTERMEDIARY","is_confidential":true}],
                     "ads_txt":["exchange.example, 77, RESELLER, abc123","MANAGERDOMAIN=manager.example"],
                     "app_ads_txt":["apps.example, 9, DIRECT"],
                     "offers":[{"placement":"home","origins":["https://feed.example"],"seller_id":"pub-1"}]}""";
            assertEquals(
                    200, exchange.send(Mode.LIVE, "PUT", "/v1/supply", supply).statusCode());
            assertEquals(
                    List.of(
                            "OWNERDOMAIN=ads.feed.example",
                            "CONTACT=ads@feed.example",
                            "ads.feed.example, pub-1, DIRECT",
                            "ads.feed.example, net-2, RESELLER",
                            "MANAGERDOMAIN=manager.example",
                            "exchange.example, 77, RESELLER, abc123"),
                    exchange.get("/ads.txt").body().lines().toList());
            assertTrue(exchange.get("/app-ads.txt").body().contains("apps.example, 9, DIRECT"));
            var sellers = StrictJson.own(exchange.get("/sellers.json").body());
            assertEquals("1.0", sellers.path("version").stringValue());
            var ids = items(sellers.path("sellers")).stream()
                    .map(s -> s.path("seller_id").stringValue())
                    .toList();
            assertEquals(List.of("pub-1", "net-2"), ids);
            assertTrue(sellers.path("sellers").get(1).path("name").isMissingNode(), "confidential");
            var answered = StrictJson.own(
                    exchange.send(Mode.LIVE, "GET", "/v1/supply", "").body());
            for (var offer : items(answered.path("offers"))) {
                var node = offer.path("schain").path("nodes").get(0);
                assertEquals("ads.feed.example", node.path("asi").stringValue());
                assertEquals(1, node.path("hp").intValue());
                assertTrue(ids.contains(node.path("sid").stringValue()), "every seller of a chain is in sellers.json");
            }
        }
    }

    @Test
    void givenWrongLinesSellersAndOrigins_whenTheyAreSent_thenEachIsRefusedAndTheOldOnesStay() throws Exception {
        try (var exchange = new Exchange(folder)) {
            var before = exchange.get("/ads.txt").body();
            for (var wrong : List.of(
                    "{\"domain\":\"not a domain\"}",
                    "{\"domain\":\"a.example\",\"ads_txt\":[\"exchange.example 77 DIRECT\"]}",
                    "{\"domain\":\"a.example\",\"ads_txt\":[\"x.example, 1, DIRECT\\n# y\"]}",
                    "{\"domain\":\"a.example\",\"sellers\":[{\"seller_id\":\"1\"}]}",
                    "{\"domain\":\"a.example\",\"sellers\":[{\"seller_id\":\"1\",\"is_confidential\":true},{\"seller_id\":\"1\",\"is_confidential\":true}]}",
                    "{\"domain\":\"a.example\",\"offers\":[{\"placement\":\"nowhere\"}]}",
                    "{\"domain\":\"a.example\",\"offers\":[{\"placement\":\"home\",\"seller_id\":\"9\"}]}",
                    "{\"domain\":\"a.example\",\"offers\":[{\"placement\":\"home\",\"origins\":[\"feed.example\"]}]}",
                    "{\"domain\":\"a.example\",\"offers\":[{\"placement\":\"home\",\"origins\":[\"https://feed.example/path\"]}]}",
                    "{\"domain\":\"a.example\",\"base_url\":\"ftp://a.example\"}",
                    "{\"domain\":\"a.example\",\"tcf_vendor\":0}",
                    "{\"domain\":\"a.example\",\"surprise\":1}")) {
                assertEquals(
                        400,
                        exchange.send(Mode.LIVE, "PUT", "/v1/supply", wrong).statusCode(),
                        wrong);
            }
            assertEquals(before, exchange.get("/ads.txt").body());
        }
    }

    @Test
    void givenAFile_whenTheServerStartsAgain_thenItSaysTheSameAndAWrongOneNamesItsField() throws Exception {
        var file = folder.resolve("supply.json");
        var first = SupplyFile.open(file);
        assertEquals(Supply.NONE, first.current());
        Files.writeString(file, """
                {"domain":"ads.feed.example","sellers":[{"seller_id":"1","name":"Marsa","domain":"feed.example"}]}""");
        var read = SupplyFile.open(file).current();
        assertEquals("1", read.sellers().getFirst().id());
        first.replace(read);
        assertEquals(read, SupplyFile.open(file).current());
        Files.writeString(file, "{\"domain\":\"ads.feed.example\",\"seat\":7}");
        var wrong = assertThrows(IllegalStateException.class, () -> SupplyFile.open(file));
        assertTrue(String.valueOf(wrong.getMessage()).contains("/seat"), wrong.toString());
    }

    @Test
    void givenOnlyCompleteChainsAreTaken_whenOneIsNot_thenThereIsNoBidForIt() throws Exception {
        try (var exchange = new Exchange(folder)) {
            var supply = """
                    {"domain":"ads.feed.example","complete_chains_only":true,
                     "offers":[{"placement":"home","origins":[],"servers_without_key":true}]}""";
            exchange.send(Mode.LIVE, "PUT", "/v1/supply", supply);
            var old = Exchange.json(exchange.auction(Exchange.stored("valid-openrtb-2-5-consent")));
            assertEquals(16, old.path("nbr").intValue());
            var whole = Exchange.json(exchange.auction(Exchange.stored("valid-openrtb-2-6-consent")));
            assertEquals(1, whole.path("seatbid").size());
        }
    }

    @Test
    void givenALimitOfAuctions_whenItIsPassed_thenTheRestGetsNoBid() throws Exception {
        try (var exchange = new Exchange(folder)) {
            exchange.send(Mode.LIVE, "PUT", "/v1/supply", """
                    {"domain":"ads.feed.example",
                     "offers":[{"placement":"home","servers_without_key":true,"per_second":1}]}""");
            int refused = 0;
            for (int i = 0; i < 100; i++) {
                var answer = Exchange.json(exchange.auction(Exchange.stored("valid-high-floor")));
                refused += answer.path("nbr").intValue() == 505 ? 1 : 0;
            }
            assertTrue(refused > 0, "a hundred at once, and none refused");
        }
    }
}
