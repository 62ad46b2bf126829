package mizan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a folder of MTW-1: `campaigns-*.jsonl` and `events.jsonl`, one object a line.
final class MtwFiles {
    private static final JsonMapper JSON = new JsonMapper();

    private MtwFiles() {}

    static Mtw read(Path folder) throws IOException {
        List<Path> campaigns;
        try (var files = Files.newDirectoryStream(folder, "campaigns-*.jsonl")) {
            campaigns = java.util.stream.StreamSupport.stream(files.spliterator(), false)
                    .toList();
        }
        if (campaigns.size() != 1) {
            throw new IOException(folder + " holds " + campaigns.size() + " files campaigns-*.jsonl, not one");
        }
        return new Mtw(
                lines(campaigns.getFirst(), MtwFiles::campaign),
                lines(folder.resolve("events.jsonl"), MtwFiles::event));
    }

    private static <T> List<T> lines(Path file, Function<JsonNode, T> one) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .map(JSON::readTree)
                    .map(one)
                    .toList();
        }
    }

    private static Mtw.Campaign campaign(JsonNode json) {
        return new Mtw.Campaign(
                json.required("id").intValue(),
                wanted(json, "country"),
                wanted(json, "language"),
                wanted(json, "device"),
                wanted(json, "age"),
                wanted(json, "interest"),
                wanted(json, "segment"),
                list(json, "noSegment"),
                wanted(json, "keyword"),
                list(json, "exCat"),
                list(json, "exKeyword"),
                list(json, "exAuthor"),
                hours(json.path("hours").asString("")),
                wanted(json, "placement"));
    }

    private static Mtw.Event event(JsonNode json) {
        return new Mtw.Event(
                json.required("country").intValue(),
                json.required("language").intValue(),
                json.required("device").intValue(),
                json.required("age").intValue(),
                json.required("hour").intValue(),
                json.required("placement").intValue(),
                list(json, "interest"),
                list(json, "segment"),
                list(json, "keyword"),
                list(json, "cat"),
                list(json, "author"));
    }

    /// A criterion that is there without a value would match nothing; no generator writes one.
    private static int[] wanted(JsonNode json, String name) {
        var values = list(json, name);
        if (json.has(name) && values.length == 0) {
            throw new IllegalArgumentException("campaign " + json.path("id") + " has an empty list " + name);
        }
        return values;
    }

    private static int[] list(JsonNode json, String name) {
        var values = json.path(name).valueStream().mapToInt(JsonNode::intValue).toArray();
        Arrays.sort(values);
        return values.length == 0 ? Mtw.ABSENT : values;
    }

    /// The lowest hour is the lowest bit of the last digit.
    private static boolean[] hours(String hex) {
        var hours = new boolean[hex.isEmpty() ? 0 : Mtw.HOURS];
        for (int h = 0; h < hours.length; h++) {
            int digit = Character.digit(hex.charAt(hex.length() - 1 - h / 4), 16);
            hours[h] = (digit >> h % 4 & 1) == 1;
        }
        return hours;
    }
}
