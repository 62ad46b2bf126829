package mizan.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Frame;
import mizan.server.console.page.Movement;
import mizan.server.console.page.Notice;
import mizan.server.console.page.Text;
import mizan.server.console.page.WhyKind;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final String EVIL = "\"'><script>alert(1)</script>&{0}";
    private static final Assets ASSETS = Assets.load();
    private static final Console CONSOLE = new Console(ASSETS);
    private static final Words ENGLISH = Words.of(Lang.EN, Digits.LATIN, ZoneId.of("UTC"));
    private static final Words ARABIC = Words.of(Lang.AR, Digits.LATIN, ZoneId.of("UTC"));

    @Test
    void givenEveryPage_whenRendered_thenItNamesItsLanguageHasOneHeadingAndNoEmptyExpression() {
        for (var words : List.of(ENGLISH, ARABIC)) {
            for (var page : ConsolePreview.pages(CONSOLE, words).entrySet()) {
                var html = page.getValue();
                assertTrue(
                        html.contains("<html lang=\"" + words.lang().tag() + "\" dir=\""
                                + words.lang().dir()),
                        page.getKey());
                assertEquals(1, count(html, "<h1"), page.getKey());
                assertFalse(html.contains("Optional"), page.getKey());
                assertFalse(html.contains(">null<"), page.getKey());
                assertFalse(html.contains("NaN"), page.getKey());
                assertFalse(html.contains("\uE000"), page.getKey());
            }
        }
    }

    @Test
    void givenEveryPage_whenRendered_thenItFitsSixtyKilobytesWithoutFonts() {
        for (var page : ConsolePreview.pages(CONSOLE, ARABIC).entrySet()) {
            int size = page.getValue().getBytes(StandardCharsets.UTF_8).length;
            assertTrue(size < 60_000, page.getKey() + " has " + size + " bytes");
        }
    }

    @Test
    void givenNamesWithMarkup_whenRendered_thenTheyAreOnlyText() {
        var html = CONSOLE.feed(frame(), ENGLISH, evilFeed());
        assertFalse(html.contains("<script>"), html);
        assertFalse(html.contains("\"'>"), html);
        assertTrue(html.contains("&lt;script&gt;alert(1)"));
        // The only scripts are ours.
        assertEquals(1, count(html, "<script"));
    }

    @Test
    void givenAChartNoteWithMarkup_whenRendered_thenItCannotEndItsScript() {
        var desk = SampleDesk.desk(Lang.EN);
        var html = CONSOLE.revenueDesk(frame(), ENGLISH, SampleDesk.withNames(desk, EVIL));
        assertFalse(html.contains("<script>alert"), html);
        assertFalse(html.contains("</script>alert"));
        assertEquals(count(html, "<script"), count(html, "</script>"));
    }

    @Test
    void givenAJavascriptAddress_whenRendered_thenItIsNoLink() {
        for (var address :
                List.of("javascript:alert(1)", " JavaScript:x", "java\nscript:x", "data:text/html,x", "vbscript:x")) {
            var html = CONSOLE.feed(frame(), ENGLISH, feedWithLink(address));
            assertTrue(html.contains("btn primary\" href=\"\""), address);
        }
        assertTrue(CONSOLE.feed(frame(), ENGLISH, feedWithLink("/click/1")).contains("href=\"/click/1\""));
    }

    @Test
    void givenMoreWeeksThanThePeriod_whenMovementsAreSummed_thenOnlyThePeriodCounts() {
        var charts = new DeskCharts(ENGLISH, SampleDesk.desk(Lang.EN));
        assertEquals("+144", charts.total(Movement.RAISED).plain());
        assertEquals("\u221257", charts.total(Movement.REDUCED).plain());
    }

    @Test
    void givenAnEmptySlot_whenRendered_thenItSaysWhy() {
        var html = CONSOLE.feed(frame(), ENGLISH, SampleFeed.feed(Lang.EN));
        assertTrue(html.contains("No ad in this slot."));
        assertTrue(html.contains("Every candidate excludes a post beside this slot"));
    }

    @Test
    void givenEveryForm_whenItPosts_thenItCarriesTheToken() {
        for (var page : ConsolePreview.pages(CONSOLE, ENGLISH).entrySet()) {
            var forms = Pattern.compile("<form[^>]*method=\"post\"[^>]*>(.*?)</form>", Pattern.DOTALL)
                    .matcher(page.getValue());
            while (forms.find()) {
                assertTrue(forms.group(1).contains("name=\"csrf\" value=\"csrf-token\""), page.getKey());
            }
        }
    }

    @Test
    void givenAQuery_whenTheLanguageChanges_thenTheRestOfItStays() {
        var frame = SampleDesk.frame("/ads", Map.of("q", "a&b=ü", "lang", "en"));
        assertEquals("/ads?q=a%26b%3D%C3%BC&lang=ar", frame.link("lang", "ar"));
        assertEquals("/ads", frame.link("q", ""));
    }

    @Test
    void givenErrors_whenRendered_thenEachHasWordsAndTheRequest() {
        for (int status : new int[] {400, 403, 404, 409, 429, 500, 503}) {
            var html = CONSOLE.notice(frame(), ARABIC, new Notice.Failure(status, "req_41c"));
            assertTrue(html.contains("req_41c"));
            assertTrue(html.contains(String.valueOf(status)));
        }
    }

    @Test
    void givenTheAssets_whenAskedFor_thenTheirNamesCarryTheirContent() {
        var css = ASSETS.find(ASSETS.url("mizan.css").substring(Assets.ROOT.length()))
                .orElseThrow();
        assertEquals("text/css; charset=utf-8", css.contentType());
        assertTrue(css.etag().matches("\"[0-9a-f]{64}\""));
        assertTrue(css.etag().contains(css.fileName().split("\\.")[1]));
        assertTrue(ASSETS.find("../../secret").isEmpty());
        assertTrue(ASSETS.find("mizan.css").isEmpty());
        var text = new String(css.bytes(), StandardCharsets.UTF_8);
        var fonts = Pattern.compile("url\\(([^)]+)\\)").matcher(text);
        int found = 0;
        while (fonts.find()) {
            assertTrue(ASSETS.find(fonts.group(1)).isPresent(), fonts.group(1));
            found++;
        }
        assertEquals(5, found);
    }

    @Test
    void givenTheFonts_whenWeighed_thenTheyStayUnderTheirLimit() {
        long bytes = 0;
        for (var asset : ASSETS.all()) {
            bytes += asset.fileName().endsWith(".woff2") ? asset.bytes().length : 0;
        }
        assertTrue(bytes > 100_000 && bytes < 260_000, bytes + " bytes");
    }

    private static Feed evilFeed() {
        var text = new Text(EVIL, EVIL);
        return new Feed(
                OptionalInt.empty(),
                List.of(new Feed.Viewer(EVIL, text, true)),
                List.of(
                        new Feed.Post(
                                EVIL,
                                EVIL,
                                EVIL,
                                Duration.ZERO,
                                text,
                                Optional.of(new Feed.Picture("/a.png" + EVIL, 800, 450, text, Optional.of(text))),
                                1,
                                1,
                                1),
                        feedWithLink("/click/1").items().getFirst(),
                        new Feed.Empty(2, mizan.server.console.page.EmptyReason.BUDGET, 3, text)),
                Optional.empty(),
                Optional.of(new Feed.Call(EVIL, EVIL, EVIL)),
                List.of(new Feed.Example(EVIL, text)));
    }

    private static Feed feedWithLink(String address) {
        var text = new Text(EVIL, "en");
        return new Feed(
                OptionalInt.empty(),
                List.of(),
                List.of(new Feed.Ad(
                        1,
                        EVIL,
                        EVIL,
                        EVIL,
                        EVIL,
                        EVIL,
                        text,
                        text,
                        text,
                        address,
                        "",
                        Optional.empty(),
                        List.of(new Feed.Card(new Feed.Picture("/c.png" + EVIL, 8, 4, text, Optional.empty()), text)),
                        List.of(new Feed.Why(WhyKind.TOPIC, EVIL)),
                        1,
                        OptionalInt.empty())),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Frame frame() {
        return SampleDesk.frame("/feed", Map.of("viewer", EVIL));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
