package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import mizan.server.http.ApiKeys;
import mizan.server.mail.Letter;
import mizan.server.mail.Letters;
import mizan.server.pages.DeskLetters;
import mizan.server.people.People;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Workspace;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The desk by letter: to who asked for it, once a week.
class DeskLettersTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final List<Letter> taken = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void givenSomebodyWhoAsked_whenMondaysPass_thenEachBringsOneLetterInBothLanguages() throws Exception {
        try (var engine = Engine.embedded(folder, LeaseRules.STANDARD, now::get, new SplittableRandom(5))) {
            var workspace = Workspace.of(
                    new RememberedPeople(), "https://ads.example", new ApiKeys(), now::get, new SplittableRandom(12));
            var noor = workspace
                    .people()
                    .join(workspace.people().setUp(), new People.Joining("Noor", "noor@marsa.example", ""));
            try (var letters = new Letters(workspace, taken::add, now::get)) {
                var desk = new DeskLetters(engine, workspace, letters.outgoing());
                assertEquals(0, desk.step(), "nobody asked");
                workspace.store().prefer(noor.id(), "desk.letter", "yes");
                assertEquals(1, desk.step());
                assertEquals(0, desk.step(), "the same week twice");
                now.set(Instant.parse("2026-11-30T03:59:00Z"));
                assertEquals(0, desk.step(), "before the week has settled");
                now.set(Instant.parse("2026-11-30T04:00:00Z"));
                assertEquals(1, desk.step());
                workspace.store().prefer(noor.id(), "desk.letter", "no");
                now.set(Instant.parse("2026-12-07T10:00:00Z"));
                assertEquals(0, desk.step(), "she wants it no more");
            }
        }
        var letter = taken.getLast();
        assertEquals("noor@marsa.example", letter.to());
        assertTrue(letter.subject().contains("Revenue desk, week of 23 Nov 2026"), letter.subject());
        assertTrue(letter.subject().contains("مكتب الإيرادات"), letter.subject());
        assertTrue(letter.body().contains("https://ads.example/desk?lang=ar"), letter.body());
        assertTrue(letter.body().contains("Revenue last week"), letter.body());
    }
}
