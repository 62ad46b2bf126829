package mizan.server.openrtb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import mizan.server.http.Mode;
import mizan.server.http.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What real senders write: valid requests, odd ones and broken ones, each with the answer that it gets.
class RequestsTest {
    @TempDir
    Path folder;

    /// Name to expected answer; see the file.
    private static SortedMap<String, String> expected() {
        try (var in = RequestsTest.class.getResourceAsStream("/openrtb/expected.properties")) {
            if (in == null) {
                throw new IOException("expected.properties is missing");
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            var all = new TreeMap<String, String>();
            properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void givenStoredRequests_whenTheyAreSent_thenEachIsAnsweredAsItIsWrittenAndNoValidOneIsRefused() throws Exception {
        var expected = expected();
        assertTrue(expected.size() >= 40, expected.size() + " requests");
        var answers = new TreeMap<String, String>();
        try (var exchange = new Exchange(folder)) {
            for (var name : expected.keySet()) {
                answers.put(name, told(exchange.auction(Exchange.stored(name)), name));
            }
            assertEquals(0, exchange.spent(Mode.LIVE), "asking costs nothing");
        }
        assertEquals(lines(expected), lines(answers));
    }

    private static String lines(SortedMap<String, String> answers) {
        var lines = new StringBuilder();
        answers.forEach((name, answer) ->
                lines.append(name).append(" = ").append(answer).append('\n'));
        return lines.toString();
    }

    /// The answer in the words of the file, once its form is checked.
    private static String told(HttpResponse<byte[]> answer, String name) throws IOException {
        if (answer.statusCode() == 400) {
            var param = Exchange.json(answer).path("param").asString("");
            return param.isEmpty() ? "400" : "400 " + param;
        }
        assertEquals(200, answer.statusCode(), () -> name + new String(answer.body(), StandardCharsets.UTF_8));
        var json = Exchange.json(answer);
        var sent = OpenRtbJson.read(Exchange.stored(name));
        assertEquals(sent.path("id").asString(), json.path("id").stringValue(), name);
        if (json.path("seatbid").isEmpty()) {
            return "nbr " + json.path("nbr").intValue();
        }
        var bid = json.path("seatbid").get(0).path("bid").get(0);
        assertEquals("USD", json.path("cur").stringValue(), name);
        assertTrue(bid.path("price").decimalValue().signum() > 0, name);
        assertEquals("nordlys.example", bid.path("adomain").get(0).stringValue(), name);
        assertEquals(
                sent.path("imp").get(0).path("id").asString(), bid.path("impid").stringValue(), name);
        assertEquals(
                "Nordlys Gulf FZ-LLC", bid.path("ext").path("dsa").path("paid").stringValue(), name);
        return bid.path("mtype").intValue() == 4 ? "native" : "banner";
    }

    @Test
    void givenStoredRequestsChangedAtRandom_whenThousandsAreSent_thenNoneFailsTheServerAndNoMoneyMoves()
            throws Exception {
        var names = expected().keySet().stream().toList();
        var statuses = new TreeMap<Integer, Integer>();
        try (var exchange = new Exchange(folder)) {
            for (long seed = 0; seed < 4_000; seed++) {
                var random = new SplittableRandom(seed);
                var body = changed(Exchange.stored(names.get(random.nextInt(names.size()))), random);
                var answer = exchange.auction(body);
                assertTrue(answer.statusCode() < 500, "seed " + seed + ": " + answer.statusCode());
                if (answer.statusCode() == 200) {
                    StrictJson.own(new String(answer.body(), StandardCharsets.UTF_8));
                }
                statuses.merge(answer.statusCode(), 1, Integer::sum);
            }
            assertEquals(0, exchange.spent(Mode.LIVE));
            assertEquals(0, exchange.spent(Mode.TEST));
            assertTrue(exchange.engine(Mode.LIVE).invariants().holds());
        }
        // Or the changes were all harmless or all fatal, and little was tested.
        assertTrue(statuses.getOrDefault(200, 0) > 500 && statuses.getOrDefault(400, 0) > 500, statuses.toString());
    }

    private static final String[] WORDS = {
        "null",
        "0",
        "-1",
        "1e308",
        "1e-308",
        "99999999999999999999",
        "\"\"",
        "[]",
        "{}",
        "true",
        "[[]]",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"${AUCTION_PRICE}\"",
        "{\"id\":{}}",
        "\"" + "x".repeat(3_000) + "\"",
        "0.1e99999999",
        "[null]"
    };

    /// Values put in the place of others, pieces doubled, cut and moved, bytes overwritten.
    private static byte[] changed(byte[] body, SplittableRandom random) {
        var text = new String(body, StandardCharsets.UTF_8);
        for (int i = random.nextInt(1, 4); i > 0 && text.length() > 10; i--) {
            int at = random.nextInt(text.length() - 1);
            text = switch (random.nextInt(5)) {
                case 0, 1, 2 -> replaced(text, at, WORDS[random.nextInt(WORDS.length)]);
                case 3 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + random.nextInt(40)));
                default -> text.substring(0, at) + text.charAt(at) + text.substring(at);
            };
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(8) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    /// The value of the next field, whatever it is, becomes another.
    private static String replaced(String text, int from, String value) {
        int colon = text.indexOf("\": ", from);
        if (colon < 0) {
            return text;
        }
        int start = colon + 3;
        int end = start;
        int depth = 0;
        boolean quoted = false;
        for (; end < text.length(); end++) {
            char c = text.charAt(end);
            if (quoted) {
                quoted = c != '"' || text.charAt(end - 1) == '\\';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                if (depth == 0) {
                    break;
                }
                depth--;
            } else if (c == ',' && depth == 0) {
                break;
            }
        }
        return text.substring(0, start) + value + text.substring(end);
    }

    @Test
    void givenAValueOfSeveralLevels_whenTheFuzzerReplacesIt_thenTheRestIsLeftAlone() {
        assertEquals("{\"a\": 7, \"c\": \"d\"}", replaced("{\"a\": {\"b\": [1, 2]}, \"c\": \"d\"}", 0, "7"));
    }
}
