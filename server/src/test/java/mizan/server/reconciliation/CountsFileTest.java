package mizan.server.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import mizan.core.reconciliation.Counted;
import org.junit.jupiter.api.Test;

/// However a spreadsheet writes a file, the same counts are read, and no line disappears.
class CountsFileTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 31);

    private static CountsFile.Read read(String text) throws CountsFile.Unreadable {
        return CountsFile.read(text, _ -> item -> item, TODAY);
    }

    private static String digits(String text, char zero) {
        var other = new StringBuilder();
        text.chars().forEach(c -> other.append(c >= '0' && c <= '9' ? (char) (zero + c - '0') : (char) c));
        return other.toString();
    }

    private static String grouped(long number, String sign) {
        return String.format(java.util.Locale.ROOT, "%,d", number).replace(",", sign);
    }

    @Test
    void givenTheSameCountsInAnyForm_whenRead_thenTheyAreTheSame() throws Exception {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            char separator = ",;\t".charAt(random.nextInt(3));
            char zero = "0٠۰".charAt(random.nextInt(3));
            var head = random.nextBoolean()
                    ? List.of("Date", "Ad_Group ID", "Impressions", "Clicks", "Cost (USD)", "Country")
                    : List.of("التاريخ", "المجموعة الإعلانية", "مرات الظهور", "النقرات", "الإنفاق", "البلد");
            var group = List.of("", "'", "\u00A0", "٬").get(random.nextInt(4));
            var lines = new ArrayList<String>();
            lines.add(String.join(String.valueOf(separator), head));
            var expected = new ArrayList<Counted>();
            for (int i = 0; i < 20; i++) {
                long impressions = random.nextLong(3_000_000);
                long clicks = random.nextLong(2_000);
                long cents = random.nextLong(9_000_000);
                var day = TODAY.minusDays(i);
                var cost = cents / 100 + (separator == ',' ? "." : ",") + String.format("%02d", cents % 100);
                lines.add(String.join(
                        String.valueOf(separator),
                        digits(day.toString(), zero),
                        "\"group \"\"" + i + "\"\"\"",
                        digits(grouped(impressions, group), zero),
                        digits(Long.toString(clicks), zero),
                        separator == ',' ? cost : digits(cost, zero),
                        "SA"));
                expected.add(new Counted(
                        i + 2,
                        day,
                        "group \"" + i + "\"",
                        OptionalLong.of(impressions),
                        OptionalLong.of(clicks),
                        OptionalLong.of(cents * 10_000)));
            }
            var end = List.of("\r\n", "\n").get(random.nextInt(2));
            var text = (random.nextBoolean() ? "\uFEFF" : "") + String.join(end, lines) + end;
            var read = read(text);
            assertEquals(expected, read.counted(), "seed " + seed);
            assertEquals(List.of(), read.wrong(), "seed " + seed);
            assertEquals(List.of(head.getLast()), read.ignored(), "seed " + seed);
            assertEquals(Level.AD_GROUP, read.level(), "seed " + seed);
        }
    }

    @Test
    void givenLinesWithFaults_whenRead_thenEachIsNamedWithItsLineAndTheOthersCount() throws Exception {
        var read = read("""
                day,campaign,impressions,clicks,cost
                2026-03-01,a,10,1,0.5
                01/03/2026,a,10,1,0.5
                2026-04-01,a,10,1,0.5

                2026-03-02,,10,1,0.5
                2026-03-02,a,-1,1,0.5
                2026-03-02,a,1.5,1,0.5
                2026-03-02,a,10,1,free
                2026-03-02,a,,,
                2026-03-02,a,10
                2025-12-01,a,10,1,0.5
                2026-03-03,a,10,1,0.5
                """);
        assertEquals(
                List.of(
                        new Wrong(3, Wrong.Why.DAY, "01/03/2026"),
                        new Wrong(4, Wrong.Why.DAY_OUT_OF_RANGE, "2026-04-01"),
                        new Wrong(6, Wrong.Why.ITEM, ""),
                        new Wrong(7, Wrong.Why.COUNT, "-1"),
                        new Wrong(8, Wrong.Why.COUNT, "1.5"),
                        new Wrong(9, Wrong.Why.COST, "free"),
                        new Wrong(10, Wrong.Why.NO_NUMBER, ""),
                        new Wrong(11, Wrong.Why.FIELDS, "3 / 5")),
                read.wrong().stream().filter(w -> w.line() != 12).toList());
        assertEquals(1, read.wrong().stream().filter(w -> w.line() == 12).count());
        assertEquals(
                List.of(2L, 13L), read.counted().stream().map(Counted::line).toList());
        assertEquals(read.rows(), read.counted().size() + read.wrong().size());
    }

    @Test
    void givenAFileBrokenDownFurther_whenRead_thenTheLinesOfADayAreOneCount() throws Exception {
        var read = read("day,ad,country,impressions\n2026-03-01,x,SA,10\n2026-03-01,x,AE,5\n2026-03-02,x,SA,1\n");
        assertEquals(
                List.of(OptionalLong.of(15), OptionalLong.of(1)),
                read.counted().stream().map(Counted::impressions).toList());
        assertEquals(Level.AD, read.level());
    }

    @Test
    void givenFilesThatNothingCanBeReadFrom_whenRead_thenItIsSaidWhy() {
        var rows = "2026-03-01,a,1\n".repeat(CountsFile.MAX_ROWS + 1);
        for (var file : List.of(
                List.of("", "EMPTY"),
                List.of("campaign,impressions\na,1\n", "HEAD"),
                List.of("day,campaign\n2026-03-01,a\n", "HEAD"),
                List.of("day,impressions\n2026-03-01,1\n", "HEAD"),
                List.of("day,campaign,impressions\n" + rows, "TOO_MANY_ROWS"))) {
            var refused = assertThrows(CountsFile.Unreadable.class, () -> read(file.getFirst()));
            assertEquals(file.getLast(), refused.why().name());
        }
    }

    @Test
    void givenAnyBytes_whenRead_thenItEndsWithALineOrAReasonForEachRow() {
        var alphabet = "day,ad;impressions\n\r\t\"'0٠1.٬,; 2026-03-01ع\uFEFF\u0000";
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder(random.nextBoolean() ? "day,ad,impressions\n" : "");
            for (int i = random.nextInt(200); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                var read = read(text.toString());
                assertEquals(
                        true,
                        read.rows() >= read.counted().size() + read.wrong().size(),
                        "seed " + seed);
            } catch (CountsFile.Unreadable _) {
                // Said why.
            }
        }
    }
}
