package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mizan.core.suitability.Terms;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Terms as a buyer makes them: in forms with files, looked at before they are saved.
class TermsPagesTest {

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
    void givenAFormWithAFile_whenItIsSaved_thenTheTermsHoldTheMatrixAndBothLists() throws Exception {
        var fields = fields();
        fields.put("topic.hate", "SAFE");
        fields.put("keywords", "حرب\r\ncar crash\r\n");
        fields.put("keywords_file", "\uFEFFflood\nحرب\n");
        fields.put("language.ar", "on");
        var terms = terms(form("/new-terms", fields));
        assertEquals(Terms.Preset.STRICT, terms.preset());
        assertEquals(Tier.LOW, terms.maxTier());
        assertEquals(Map.of(Topic.HATE, Tier.SAFE), terms.maxTierByTopic());
        assertEquals(java.util.List.of("حرب", "car crash", "flood"), terms.keywords());
        assertEquals(java.util.Set.of("ar"), terms.languages());
        assertEquals("key_1", terms.signedBy());
        var page = get("/terms/" + terms.id() + "?lang=en");
        assertTrue(page.body().contains("seconds from saving"), page.body());
        assertTrue(get("/terms/" + terms.id() + "?lang=ar").body().contains("ما الذي تفعله هذه الشروط"));
    }

    @Test
    void givenLinesThatMatchNothing_whenTheFormIsSent_thenEachIsNamedWithItsLineAndNothingIsSaved() throws Exception {
        var fields = fields();
        fields.put("keywords", "war\n!!!\n" + "x".repeat(101));
        fields.put("authors", IntStream.range(0, 10_001).mapToObj(i -> "@a" + i).collect(Collectors.joining("\n")));
        var answer = form("/new-terms?lang=en", fields);
        assertEquals(400, answer.statusCode());
        var plain = answer.body().replaceAll("<[^>]*>", "");
        assertTrue(plain.contains("Blocked words and phrases, line 2: has no letter"), plain);
        assertTrue(plain.contains("line 3: is too long."), plain);
        assertTrue(plain.contains("more than 10,000 entries"), plain);
        assertTrue(engine.booking().book().terms().isEmpty());
    }

    @Test
    void givenChangedTerms_whenTheyAreLookedAt_thenTheDifferencesAreShownAndTheVersionInForceStays() throws Exception {
        var terms = terms(form("/new-terms", fields()));
        var fields = fields();
        fields.put("act", "look");
        fields.put("keywords", "storm");
        fields.put("preset", "relaxed");
        var answer = form("/terms/" + terms.id() + "/edit?lang=en", fields);
        assertEquals(200, answer.statusCode(), answer.body());
        var plain = answer.body().replaceAll("<[^>]*>", "");
        assertTrue(plain.contains("Changes against version 1"), plain);
        assertTrue(answer.body().contains("storm"));
        assertTrue(answer.body().contains("Had these terms applied"));
        assertEquals(1, now(terms).version());
    }

    @Test
    void givenASignedVersion_whenItIsChangedWithoutASignature_thenTheNextIsUnsignedUntilSomebodySigns()
            throws Exception {
        var terms = terms(form("/new-terms", fields()));
        var fields = fields();
        fields.remove("signs");
        fields.put("keywords", "storm");
        form("/terms/" + terms.id() + "/edit", fields);
        assertEquals("unsigned", now(terms).signedBy());
        form("/terms/" + terms.id() + "/sign", Map.of("x", "y"));
        assertEquals("key_1", now(terms).signedBy());
        assertEquals(3, now(terms).version());
        assertEquals(java.util.List.of("storm"), now(terms).keywords());
    }

    @Test
    void givenAFormThatIsSentTwice_whenItIsUnchanged_thenItMakesTermsAndAVersionOnce() throws Exception {
        var fields = fields();
        fields.put("once", "req_1");
        var first = form("/new-terms", fields);
        assertEquals(
                first.headers().firstValue("location"),
                form("/new-terms", fields).headers().firstValue("location"));
        assertEquals(1, engine.booking().book().terms().size());
        var terms = terms(first);
        fields.put("keywords", "storm");
        fields.put("version", "1");
        for (int presses = 0; presses < 2; presses++) {
            assertEquals(303, form("/terms/" + terms.id() + "/edit", fields).statusCode());
        }
        assertEquals(2, now(terms).version());
    }

    @Test
    void givenAFormPressedTwiceAtOnce_whenBothAreTaken_thenOneSetOfTermsIsMade() throws Exception {
        var fields = fields();
        fields.put("once", "req_2");
        var presses = java.util.stream.Stream.generate(() ->
                        console.sending("POST", "/new-terms", "multipart/form-data; boundary=edge", multipart(fields)))
                .limit(8)
                .toList();
        for (var press : presses) {
            assertEquals(303, press.get().statusCode());
        }
        assertEquals(1, engine.booking().book().terms().size());
    }

    @Test
    void givenAFormOfAnOldVersion_whenItIsSaved_thenTheNewerIsNotOverwrittenUnseen() throws Exception {
        var terms = terms(form("/new-terms", fields()));
        var fields = fields();
        fields.put("version", "1");
        fields.put("keywords", "storm");
        assertEquals(303, form("/terms/" + terms.id() + "/edit", fields).statusCode());
        fields.put("keywords", "flood");
        var answer = form("/terms/" + terms.id() + "/edit?lang=en", fields);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("changed by somebody else"), answer.body());
        assertTrue(answer.body().contains("name=\"version\" value=\"2\""), answer.body());
        assertEquals(java.util.List.of("storm"), now(terms).keywords());
    }

    @Test
    void givenAListOfOthers_whenItsFileIsAdded_thenItIsTakenAndAChangedOneIsRefused() throws Exception {
        var source = fields();
        source.put("keywords", "flood\nحريق");
        var file = get("/terms/" + terms(form("/new-terms", source)).id() + "/list")
                .body();
        var fields = fields();
        fields.put("list_file", file);
        var taken = terms(form("/new-terms", fields));
        assertEquals(2, taken.whole().keywords().size());
        assertEquals("House", taken.lists().getFirst().name());
        fields.put("list_file", file.replace("flood", "fluid"));
        assertEquals(400, form("/new-terms", fields).statusCode());
        fields.put("list_file", "no list");
        assertEquals(400, form("/new-terms", fields).statusCode());
    }

    @Test
    void givenSomebodyOfAnotherAdvertiser_whenTermsAreAskedFor_thenTheyAreNotThere() throws Exception {
        var terms = terms(form("/new-terms", fields()));
        for (var path : new String[] {"", "/edit", "/list"}) {
            assertEquals(
                    404,
                    console.send(ConsoleServer.OTHER, "GET", "/terms/" + terms.id() + path, "", "")
                            .statusCode(),
                    path);
        }
        assertFalse(console.send(ConsoleServer.OTHER, "GET", "/terms", "", "")
                .body()
                .contains(terms.id().value()));
    }

    @Test
    void givenABodyCutAnywhere_whenTheFormIsSent_thenItIsRefusedOrRepeatsNothing() throws Exception {
        var whole = multipart(fields());
        for (int end = 0; end < whole.length() - 4; end += 41) {
            var answer = console.send(
                    ConsoleServer.KEY,
                    "POST",
                    "/new-terms",
                    "multipart/form-data; boundary=edge",
                    whole.substring(0, end));
            assertEquals(400, answer.statusCode(), "cut at " + end);
        }
    }

    private Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("advertiser", advertiser);
        fields.put("name", "House");
        fields.put("preset", "strict");
        fields.put("max_tier", "LOW");
        fields.put("before", "2");
        fields.put("after", "1");
        fields.put("reason", "winter");
        fields.put("signs", "on");
        fields.put("act", "save");
        return fields;
    }

    /// The terms that a form led to.
    private Terms terms(HttpResponse<String> answer) {
        assertEquals(303, answer.statusCode(), answer.body());
        var path = answer.headers().firstValue("location").orElse("");
        var id = path.replaceFirst("^/terms/", "").replaceFirst("\\?.*$", "");
        return Optional.ofNullable(engine.booking().book().terms().get(new TermsId(id)))
                .orElseThrow();
    }

    private Terms now(Terms terms) {
        return Optional.ofNullable(engine.booking().book().terms().get(terms.id()))
                .orElseThrow();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return console.send(ConsoleServer.KEY, "GET", path, "", "");
    }

    private HttpResponse<String> form(String path, Map<String, String> fields) throws Exception {
        return console.send(ConsoleServer.KEY, "POST", path, "multipart/form-data; boundary=edge", multipart(fields));
    }

    private static String multipart(Map<String, String> fields) {
        var body = new StringBuilder();
        fields.forEach((name, value) -> {
            body.append("--edge\r\nContent-Disposition: form-data; name=\"")
                    .append(name)
                    .append('"');
            if (name.endsWith("_file")) {
                body.append("; filename=\"words.txt\"\r\nContent-Type: text/plain");
            }
            body.append("\r\n\r\n").append(value).append("\r\n");
        });
        return body.append("--edge--\r\n").toString();
    }
}
