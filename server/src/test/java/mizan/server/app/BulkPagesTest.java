package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import mizan.core.campaign.Budget;
import mizan.server.people.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many campaigns changed in a file, as somebody with a spreadsheet does it.
class BulkPagesTest {
    @TempDir
    private Path folder = Path.of("");

    private ConsoleServer console;
    private String advertiser = "";
    private String winter = "";
    private String spring = "";
    private String group = "";

    @BeforeEach
    void start() throws Exception {
        console = new ConsoleServer(folder);
        advertiser = console.book(
                "/v1/advertisers", "{\"name\":{\"en\":\"Nordlys\"},\"payer\":\"Nordlys\",\"currency\":\"USD\"}");
        winter = campaign("Winter", 500);
        spring = campaign("=cmd|' /C calc'!A1", 300);
        group = console.book(
                "/v1/ad-groups",
                "{\"campaign\":\"%s\",\"name\":{\"en\":\"All\"},\"bid\":{\"charge_by\":\"CLICK\",\"amount_micros\":400000}}"
                        .formatted(winter));
    }

    private String campaign(String name, int budget) throws Exception {
        return console.book(
                "/v1/campaigns",
                "{\"advertiser\":\"%s\",\"name\":{\"en\":\"%s\"},\"budget\":{\"total_micros\":%d000000}}"
                        .formatted(advertiser, name, budget));
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void givenAFile_whenItIsSentBackUntouched_thenNothingWouldChangeAndNoNameIsAFormula() throws Exception {
        var file = file();
        assertTrue(file.contains("'=cmd|"), "a name would be run by a spreadsheet");
        assertEquals(4, file.lines().count());
        var looked = look(file);
        assertEquals(200, looked.statusCode());
        var text = ConsoleServer.text(looked);
        assertTrue(text.contains("0 change something, 0 cannot be used, 3 say what is booked already"), text);
    }

    @Test
    void givenAnEditedFile_whenItIsLookedAt_thenEachLineAndTheCostAreShownAndNothingIsDone() throws Exception {
        var text = ConsoleServer.text(look(edited()));
        assertTrue(text.contains("2 change something, 0 cannot be used, 1 say what is booked already"), text);
        assertTrue(text.contains("500 becomes 620"), text);
        assertTrue(text.contains("0.4 becomes 0.55"), text);
        assertTrue(text.contains("USD 120.00 more may be spent in all."), text);
        assertEquals(Budget.total(500_000_000), budget(winter));
    }

    @Test
    void givenAFileThatWasLookedAt_whenItIsCarriedOut_thenExactlyItsLinesAre() throws Exception {
        var done = save(edited());
        assertEquals("/bulk/" + advertiser + "?booked=2&waits=0&refused=0", location(done));
        assertEquals(Budget.total(620_000_000), budget(winter));
        assertEquals(Budget.total(300_000_000), budget(spring));
        assertEquals(550_000, console.adGroup(group).bid().amountMicros());
        assertTrue(ConsoleServer.text(console.get(location(done))).contains("2 lines were carried out."));
    }

    @Test
    void givenTheSameFileTwice_whenBothAreCarriedOut_thenTheSecondChangesNothing() throws Exception {
        var file = edited();
        save(file);
        long revision = console.engine.booking().book().revision();
        var again = save(file);
        assertEquals(200, again.statusCode());
        assertEquals(revision, console.engine.booking().book().revision());
    }

    @Test
    void givenAChangeByAnother_whenAnOlderFileIsSent_thenItsLineIsNamedAndLeftOut() throws Exception {
        var file = edited();
        console.book("/v1/campaigns/" + winter + "/archive", "{}");
        var text = ConsoleServer.text(look(file));
        assertTrue(text.contains("1 line cannot be used"), text);
        assertTrue(text.contains("Version: somebody else has changed it meanwhile"), text);
        assertEquals("/bulk/" + advertiser + "?booked=1&waits=0&refused=0", location(save(file)));
        assertEquals(Budget.total(500_000_000), budget(winter));
    }

    @Test
    void givenBadLines_whenTheyAreLookedAt_thenEachHasItsNumberAndReasonAndNoPartOfItIsDone() throws Exception {
        var file = file();
        var lines = file.split("\r\n");
        var bad = lines[0] + "\r\n" + lines[1].replace("500", "many").replace("Winter", "Autumn") + "\r\n" + lines[2]
                + "\r\n" + lines[2] + "\r\nadv_x,,\r\n";
        var looked = look(bad);
        var text = ConsoleServer.text(looked);
        assertTrue(text.contains("3 lines cannot be used"), text);
        assertTrue(text.contains("Budget in all: is not an amount"), text);
        assertTrue(text.contains("the same thing stands on an earlier line already: 3"), text);
        assertTrue(text.contains("there is no such thing here: adv_x"), text);
        assertEquals(200, save(bad).statusCode());
        assertEquals("Winter", console.campaign(winter).name().in("en"));
    }

    @Test
    void givenFilesThatAreNone_whenTheyAreSent_thenTheReasonIsGiven() throws Exception {
        assertTrue(ConsoleServer.text(look("colour,id,version\r\n")).contains("There is no such column: colour"));
        assertTrue(ConsoleServer.text(look("id,name_en\r\n")).contains("A column is missing: version"));
        assertTrue(ConsoleServer.text(look(" \r\n")).contains("The file is empty."));
        assertTrue(ConsoleServer.text(look("id,version\r\n\"open,x\r\n")).contains("cannot be used"));
        assertEquals(400, look("id,id,version\r\n").statusCode());
    }

    @Test
    void givenARuleOfFourEyes_whenAFileRaises_thenThatLineWaitsAndTheOthersAreDone() throws Exception {
        console.workspace.approvals().enforce(new Rule("", Rule.Kind.RAISE, OptionalLong.of(100_000_000)));
        assertTrue(ConsoleServer.text(look(edited())).contains("A second person"));
        assertEquals("/bulk/" + advertiser + "?booked=1&waits=1&refused=0", location(save(edited())));
        assertEquals(Budget.total(500_000_000), budget(winter));
    }

    @Test
    void givenAFileOfASemicolonCountryWithColumnsLeftOut_whenItIsSent_thenOnlyItsColumnsChange() throws Exception {
        var version = line(winter).split(",", -1)[2];
        var done = save("id;version;name_en\r\n" + winter + ";" + version + ";Autumn\r\n");
        assertEquals("/bulk/" + advertiser + "?booked=1&waits=0&refused=0", location(done));
        assertEquals(Budget.total(500_000_000), budget(winter));
        assertEquals("Autumn", console.campaign(winter).name().in("en"));
    }

    @Test
    void givenSomebodyOfAnotherAdvertiser_whenTheyAskForTheFileOrSendOne_thenItIsNotThere() throws Exception {
        var path = "/bulk/" + advertiser;
        assertEquals(404, console.get(ConsoleServer.OTHER, path + "/file").statusCode());
        assertEquals(404, console.get(ConsoleServer.OTHER, path).statusCode());
        assertEquals(
                404,
                console.post(ConsoleServer.OTHER, path, Map.of("looked", edited(), "act", "save", "reason", "x"))
                        .statusCode());
        assertFalse(console.get(ConsoleServer.OTHER, "/bulk").body().contains(advertiser));
        assertEquals(Budget.total(500_000_000), budget(winter));
    }

    private String file() throws Exception {
        return console.get("/bulk/" + advertiser + "/file").body();
    }

    private String line(String id) throws Exception {
        return file().lines().filter(l -> l.startsWith(id)).findFirst().orElseThrow();
    }

    private String edited() throws Exception {
        return file().replace(",500,", ",620,").replace(",0.4,", ",0.55,");
    }

    private Budget budget(String id) {
        return console.campaign(id).budget();
    }

    private HttpResponse<String> look(String file) throws Exception {
        return console.post("/bulk/" + advertiser, Map.of("file", file, "act", "look"));
    }

    private HttpResponse<String> save(String file) throws Exception {
        return console.post("/bulk/" + advertiser, Map.of("looked", file, "act", "save", "reason", "sheet"));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("location").orElse("no redirect: " + ConsoleServer.text(answer));
    }
}
