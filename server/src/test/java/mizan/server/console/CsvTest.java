package mizan.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import mizan.server.console.page.EntryState;
import mizan.server.console.page.Ledger;
import mizan.server.console.words.Lang;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void givenADesk_whenExported_thenEachWeekIsALineOfPlainNumbers() {
        var lines = Csv.revenueDesk(SampleDesk.desk(Lang.AR)).split("\r\n");
        assertEquals(27, lines.length);
        assertEquals("week_start,currency,revenue,new,returned,raised,reduced,paused,left", lines[0]);
        assertEquals("2026-05-25,USD,354000,4000,0,6000,-5000,-3000,0", lines[1]);
    }

    @Test
    void givenTextThatLooksLikeAFormula_whenExported_thenASpreadsheetDoesNotRunIt() {
        var entry =
                new Ledger.Entry(1, SampleDesk.NOW, "=HYPERLINK(\"x\")", "a,b\nc", -18_410, EntryState.POSTED, "@sum");
        var csv = Csv.ledger(new Ledger(
                "USD", SampleDesk.NOW, 1, 0, 0, List.of(), Optional.empty(), List.of(entry), Optional.empty()));
        assertTrue(csv.endsWith("\"'=HYPERLINK(\"\"x\"\")\",\"a,b\nc\",USD,-0.01841,POSTED,'@sum\r\n"), csv);
    }
}
