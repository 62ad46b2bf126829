package mizan.server.app;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import mizan.server.accounting.Tokens;
import mizan.server.http.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a careless or malicious client may send: bodies made from valid ones, ids, query values and header
/// values.
final class Hostile {
    private static final String MARK = "@@hostile@@";

    /// JSON texts that take the place of one value. Some are not JSON at all.
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "-0.0",
            "1.5",
            "01",
            "0x10",
            "NaN",
            "Infinity",
            "-Infinity",
            "'one'",
            "undefined",
            "1e400",
            "1e999999999",
            "-1e999999999",
            "1e-999999999",
            "-9223372036854775808",
            "9223372036854775807",
            "9223372036854775808",
            "1000000000000000",
            "1000000000000001",
            "99999999999999999999",
            "9".repeat(1_000_000),
            "0." + "3".repeat(5_000),
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\u001b[2J\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"a\\u202eb\"",
            "\"\\ufeff\"",
            "\"a\tb\"",
            "\"\\x41\"",
            "\"" + "x".repeat(130) + "\"",
            "\"" + "س".repeat(600) + "\"",
            "\"" + "x".repeat(64_000) + "\"",
            "\"" + "x".repeat(70_000) + "\"",
            "\"" + "<b>".repeat(20_000) + "\"",
            "\"" + "<div>".repeat(12_000) + "\"",
            "\"&#0;&#xD800;&bogus;<script>\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[{}]",
            "{\"a\":null}",
            "{\"en\":null}",
            "{\"en\":\"\"}",
            "{\"en\":1}",
            "{\"\":\"x\"}",
            "{\"e\\u0001n\":\"x\"}",
            "{\"en\":\"a\",\"en\":\"b\"}",
            "{\"start\":\"2026-01-01T00:00:00Z\"}",
            "[".repeat(10_000) + "]".repeat(10_000),
            "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
            "[" + "0,".repeat(99_999) + "0]",
            "[" + "\"a\",".repeat(99_999) + "\"a\"]",
            "[" + "{},".repeat(5_000) + "{}]",
            "\"2026-13-45T99:99:99Z\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"PT0S\"",
            "\"P99999999999D\"",
            "\"PT-5M\"",
            "\"PT9223372036854775807S\"",
            "\"javascript:alert(1)\"",
            "\"https://\"",
            "\"https://user@h.example/\"",
            "\"https://h.example/مسار\"",
            "\"https://h.example/a b\"",
            "\"https://h.example:99999/\"",
            "\"{0} {1}\"",
            "\"$1 \\\\\"",
            "\"usd\"",
            "\"XXX\"",
            "\"XTS\"",
            "\"USD \"",
            "\"+25:00\"",
            "\"Z\"",
            "\"../../etc/passwd\"",
            "\"%s%n\"",
            "\"adv_00000000000000000000000000\"",
            "\"cmp_7ZZZZZZZZZZZZZZZZZZZZZZZZZ\"",
            "\"adv_\"",
            "\"_\"");

    private static final List<String> TEXTS = List.of(
            "",
            "0",
            "-1",
            "201",
            "50",
            "1e3",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "2147483648",
            "NaN",
            "null",
            "true",
            "..",
            "../../etc/passwd",
            "%2e%2e%2f",
            "%00",
            "%ff%fe",
            "%ed%a0%80",
            "+",
            "%20",
            "a%0d%0ab",
            "%F0%9F%98%80",
            "%D8%B9",
            "'--",
            "%22%3E%3Cscript%3E",
            "adv_00000000000000000000000000",
            "cmp_7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
            "cmp_",
            "_",
            "dec_00000000000000000000000000",
            "2026-W99",
            "2026-13-45",
            "+999999999-01-01",
            "ar",
            "xx",
            "A".repeat(Tokens.CHARS),
            "x".repeat(3_000));

    private static final List<String> HEADERS = List.of(
            "",
            "*",
            "\"0\"",
            "W/\"x\"",
            "null",
            "Bearer",
            "Bearer ",
            "Bearer  x",
            "Basic YTpi",
            "bearer mz_test_0",
            "application/json; charset=utf-16",
            "APPLICATION/JSON",
            "text/plain",
            "application/xml",
            "multipart/form-data; boundary=x",
            "/",
            ";;;",
            "ar;q=0, en;q=banana",
            "x".repeat(256),
            "x".repeat(6_000),
            "a b\tc",
            "\"unclosed",
            "{0}",
            "-1");

    private final RandomGenerator random;

    Hostile(RandomGenerator random) {
        this.random = random;
    }

    String text() {
        return pick(TEXTS);
    }

    String header() {
        return pick(HEADERS);
    }

    /// A body like this valid one, with one thing wrong; now and then the valid one itself.
    ///
    /// @param ids of booked things, to be put where they do not belong
    byte[] body(String valid, List<String> ids) {
        return switch (random.nextInt(24)) {
            case 0 -> bytes(valid);
            case 1 -> bytes(valid.substring(0, random.nextInt(valid.length())));
            case 2 -> flipped(bytes(valid));
            case 3 ->
                inserted(bytes(valid), new byte[][] {
                    {(byte) 0xC3}, {(byte) 0xFF, (byte) 0xFE}, {0}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}
                });
            case 4 -> bytes(twice(valid));
            case 5 -> bytes("{\"unknown_" + random.nextInt(9) + "\":1," + valid.substring(1));
            case 6 -> bytes("[" + valid + "]");
            case 7 -> bytes(pick(VALUES));
            case 8 ->
                bytes(pick(List.of(
                        "", " ", "{", "\"", "{}", "\ufeff" + valid, valid + valid, valid + ",", "/* c */" + valid)));
            case 9 -> valid.getBytes(StandardCharsets.UTF_16);
            case 10 -> noise(random.nextInt(2_000));
            case 11 -> random.nextInt(10) == 0 ? new byte[(1 << 20) + random.nextInt(1 << 20)] : new byte[300_000];
            case 12, 13 -> bytes(replaced(valid, '"' + pick(ids) + '"'));
            case 14 -> bytes(replaced(valid, "\" " + pick(ids) + "\""));
            default -> bytes(replaced(valid, pick(VALUES)));
        };
    }

    private String replaced(String valid, String hostile) {
        var tree = StrictJson.own(valid);
        var places = new ArrayList<Runnable>();
        collect(tree, places);
        if (places.isEmpty()) {
            return hostile;
        }
        places.get(random.nextInt(places.size())).run();
        return tree.toString().replace('"' + MARK + '"', hostile);
    }

    private static void collect(JsonNode node, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            for (var name : object.propertyNames()) {
                places.add(() -> object.put(name, MARK));
                collect(object.get(name), places);
            }
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(() -> array.set(at, MARK));
                collect(array.get(i), places);
            }
        }
    }

    private static String twice(String valid) {
        var first = StrictJson.own(valid).properties().stream().findFirst();
        return first.map(f -> "{\"" + f.getKey() + "\":" + f.getValue() + "," + valid.substring(1))
                .orElse("{\"a\":1,\"a\":1}");
    }

    private byte[] flipped(byte[] body) {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return body;
    }

    private byte[] inserted(byte[] body, byte[][] choices) {
        var out = new ByteArrayOutputStream();
        int at = random.nextInt(body.length);
        out.write(body, 0, at);
        out.writeBytes(choices[random.nextInt(choices.length)]);
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }

    private byte[] noise(int length) {
        var noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
