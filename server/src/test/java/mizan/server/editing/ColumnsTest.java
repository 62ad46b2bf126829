package mizan.server.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.reader.CsvReader;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import mizan.server.booking.Kind;
import mizan.server.console.Csv;
import mizan.server.http.StrictJson;
import org.junit.jupiter.api.Test;

/// A field as one text loses nothing: what was not changed asks for nothing.
class ColumnsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Riyadh");

    @Test
    void givenABookedGroup_whenItsOwnTextsAreSent_thenNothingDiffers() {
        var body = StrictJson.own("""
                {"name":{"en":"All"},"entity_status":"ACTIVE","bid":{"charge_by":"CLICK","amount_micros":1234567},
                 "budget":{"daily_micros":1000001},"flight":{"start":"2026-11-01T10:15:30Z","end":"2026-12-01T21:00:00Z"},
                 "targeting":{"countries":["SA","AE"],"keywords":["حرب","car crash"],"languages":[]},
                 "frequency_caps":[{"max":3,"window":"PT24H","cool_down":"PT1H"},{"max":10,"window":"PT168H"}]}""");
        var texts = Columns.texts(Kind.AD_GROUP, body, ZONE);
        assertEquals("2026-11-01T13:15:30", texts.get("start"));
        assertEquals("2026-12-01", texts.get("end"));
        assertEquals("3/PT24H/PT1H; 10/PT168H", texts.get("frequency_caps"));
        assertEquals("1.000001", texts.get("daily_budget"));
        var sent = Columns.read(Kind.AD_GROUP, body, ZONE, texts);
        assertEquals(List.of(), sent.differences());
        assertEquals(List.of(), sent.wrong());
        assertEquals(0, sent.fields().size());
    }

    @Test
    void givenDaysTakenAway_whenAnAdGroupIsRead_thenItRunsAsLongAsItsCampaign() {
        var body = StrictJson.own("{\"flight\":{\"start\":\"2026-11-01T00:00:00Z\"}}");
        var sent = Columns.read(Kind.AD_GROUP, body, ZONE, java.util.Map.of("start", "", "end", ""));
        assertEquals("{\"flight\":null}", sent.fields().toString());
    }

    @Test
    void givenAnyTexts_whenTheyPassThroughAFile_thenTheyComeBackAsTheyWereAndNoneIsAFormula() {
        var alphabet = "=+-@'\"\t,;\nab1.٣ع ";
        for (long seed = 0; seed < 500; seed++) {
            var random = new SplittableRandom(seed);
            var cells = new ArrayList<String>();
            for (int i = 0; i < 4; i++) {
                var text = new StringBuilder();
                for (int length = random.nextInt(6); length > 0; length--) {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                cells.add(text.toString());
            }
            var line = Csv.line(cells);
            var read = CsvReader.builder()
                    .skipEmptyLines(false)
                    .ofCsvRecord(line)
                    .iterator()
                    .next()
                    .getFields();
            assertEquals(cells, read.stream().map(Csv::unguarded).toList(), "seed " + seed);
            for (var cell : read) {
                boolean number = cell.matches("-?[0-9]+([.][0-9]+)?");
                assertEquals(
                        false, !number && !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0, "seed " + seed);
            }
        }
    }
}
