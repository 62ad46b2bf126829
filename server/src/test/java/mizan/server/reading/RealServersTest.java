package mizan.server.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mizan.server.http.StrictJson;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A post of each kind of server, in that server's shape, and beside it what must be read of it.
///
/// `GOLDENS=write` in the environment writes what is read now; look at the difference before it is kept.
class RealServersTest {
    private static final Path FOLDER = Path.of("src/test/resources/mizan/server/reading");

    @TestFactory
    Stream<DynamicTest> givenAPostOfEachKindOfServer_whenRead_thenNothingOfItIsLost() throws IOException {
        List<Path> sent;
        try (var files = Files.list(FOLDER)) {
            sent = files.filter(Files::isRegularFile).sorted().toList();
        }
        return sent.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        var name = file.getFileName().toString();
        var format = name.endsWith(".xml") ? PostFormat.FEED : PostFormat.JSON;
        var read = JsonNodeFactory.instance.arrayNode();
        PostReaders.read(format, Files.readAllBytes(file)).forEach(r -> read.add(json(r)));
        var golden = FOLDER.resolve("read").resolve(name + ".golden.json");
        if ("write".equals(System.getenv("GOLDENS"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, pretty(read));
        }
        assertEquals(Files.readString(golden), pretty(read));
    }

    private static JsonNode json(Reading reading) {
        var json = JsonNodeFactory.instance.objectNode();
        switch (reading) {
            case Reading.Post(var post) -> json.set("post", ReadPostJson.of(post));
            case Reading.Gone(var id, var by, var at) ->
                json.put("gone", id).put("by", by.orElse("")).put("at", at.toString());
            case Reading.NotPublic(var id, var audience, var at) ->
                json.put("not_public", id).put("for", audience.name()).put("at", at);
            case Reading.NoPost(var type, var at) -> json.put("no_post", type).put("at", at);
            case Reading.Broken(var errors) -> {
                var list = json.putArray("broken");
                errors.forEach(e -> list.add(e.param() + " " + e.code().text()));
            }
        }
        return json;
    }

    /// One field a line, so that a difference shows where it is.
    private static String pretty(ArrayNode read) {
        return new String(StrictJson.bytes(read), StandardCharsets.UTF_8)
                        .replace("\",\"", "\",\n\"")
                        .replace("],\"", "],\n\"")
                + "\n";
    }
}
