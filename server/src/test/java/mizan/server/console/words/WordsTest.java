package mizan.server.console.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Random;
import mizan.server.console.page.Bid;
import mizan.server.console.page.Outcome;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final ZoneId RIYADH = ZoneId.of("Asia/Riyadh");
    private static final Words ENGLISH = Words.of(Lang.EN, Digits.LATIN, RIYADH);
    private static final Words ARABIC = Words.of(Lang.AR, Digits.LATIN, RIYADH);
    private static final Words INDIC = Words.of(Lang.AR, Digits.ARABIC_INDIC, RIYADH);

    @Test
    void givenAReaderOfHijriDates_whenAFullDateIsShown_thenItsUmmAlQuraDateStandsBesideIt() {
        var day = java.time.LocalDate.of(2026, 11, 25);
        var zone = ZoneId.of("Asia/Riyadh");
        var arabic = Words.of(Lang.AR, Digits.ARABIC_INDIC, zone).withHijri().dates();
        assertEquals(
                "٢٥ نوفمبر ٢٠٢٦ (١٥ جمادى الآخرة ١٤٤٨ هـ)", arabic.date(day).plain());
        assertEquals("٢٥ نوفمبر", arabic.shortDate(day).plain());
        var english = Words.of(Lang.EN, Digits.LATIN, zone).withHijri().dates();
        assertTrue(
                english.date(day).plain().endsWith(" 1448 AH)"),
                english.date(day).plain());
        assertEquals(
                "1 Jan 1800", english.date(java.time.LocalDate.of(1800, 1, 1)).plain());
    }

    @Test
    void givenAnAmount_whenShown_thenTheCodeComesFirstAndTheMinusIsAMinus() {
        assertEquals(
                "USD\u00a064,210.00",
                ENGLISH.figures().money(64_210_000_000L, "USD").plain());
        assertEquals(
                "USD\u00a0\u22121,204.50",
                ENGLISH.figures().money(-1_204_500_000L, "USD").plain());
        assertEquals(
                "USD\u00a0\u22121,204.50",
                ARABIC.figures().money(-1_204_500_000L, "USD").plain());
        assertEquals(
                "USD\u00a0\u2212١٬٢٠٤٫٥٠",
                INDIC.figures().money(-1_204_500_000L, "USD").plain());
        assertEquals(
                "<bdi class=\"num\">USD\u00a064,210.00</bdi>",
                ARABIC.figures().money(64_210_000_000L, "USD").markup());
    }

    @Test
    void givenASingleMicro_whenShownExactly_thenItDoesNotRoundToZero() {
        assertEquals("USD\u00a00.000001", ENGLISH.figures().exactMoney(1, "USD").plain());
        assertEquals("USD\u00a00.00", ENGLISH.figures().exactMoney(0, "USD").plain());
        assertEquals("٢٠٢٣", INDIC.figures().ungrouped(2023).plain());
        assertEquals("DE\u00a0214,000", ARABIC.figures().labelled("DE", 214_000).plain());
        assertEquals(
                "CPM\u00a021.00", ARABIC.figures().bid(Bid.Kind.CPM, 21_000_000).plain());
    }

    @Test
    void givenALargeAmount_whenShortened_thenTheUnitIsAWord() {
        var english = ENGLISH.figures().shortMoney(4_421_000_000_000L, "USD");
        assertEquals("4.42 M USD", english.value().plain() + ' ' + english.unit());
        var arabic = ARABIC.figures().shortMoney(4_421_000_000_000L, "USD");
        assertEquals("4.42 مليون USD", arabic.value().plain() + ' ' + arabic.unit());
        var small = ENGLISH.figures().shortMoney(64_210_000_000L, "USD");
        assertEquals("64,210 USD", small.value().plain() + ' ' + small.unit());
        assertEquals("61.2", ENGLISH.figures().shortCount(61_200_000).value().plain());
    }

    @Test
    void givenShares_whenShown_thenTheSignStaysInsideTheIsolate() {
        assertEquals(
                "<bdi class=\"num\">19.6%</bdi>",
                ARABIC.figures().percent(0.196, 1).markup());
        assertEquals(
                "<bdi class=\"num\">١٩٫٦٪</bdi>",
                INDIC.figures().percent(0.196, 1).markup());
        assertEquals("4.1%", ENGLISH.figures().percentSize(-0.041, 1).plain());
        assertEquals("+71,200", ENGLISH.figures().change(71_200_000_000L).plain());
        assertEquals("\u221212,400", ARABIC.figures().change(-12_400_000_000L).plain());
        assertEquals("0", ARABIC.figures().change(0).plain());
    }

    @Test
    void givenDigitsOfALatinName_whenShownAmongArabic_thenTheNameStaysWhole() {
        assertEquals("SHA-256", ARABIC.t("evidence.sha256").markup());
    }

    @Test
    void givenADay_whenShown_thenTheMonthIsAWord() {
        var day = LocalDate.of(2026, 11, 16);
        assertEquals("16 Nov 2026", ENGLISH.dates().date(day).plain());
        assertEquals("16 نوفمبر 2026", ARABIC.dates().date(day).plain());
        assertEquals("١٦ نوفمبر ٢٠٢٦", INDIC.dates().date(day).plain());
        assertEquals("16 Nov", ENGLISH.dates().shortDate(day).plain());
    }

    @Test
    void givenAMoment_whenShown_thenItIsInTheReadersZoneAndTwentyFourHours() {
        var moment = Instant.parse("2026-11-16T21:05:00Z");
        assertEquals("00:05:00", ENGLISH.dates().second(moment).plain());
        assertEquals("00:05", ENGLISH.dates().minute(moment).plain());
        assertEquals("17 Nov 00:05:00", ENGLISH.dates().moment(moment).plain());
        assertEquals("17 Nov 2026", ENGLISH.dates().date(moment).plain());
        assertEquals("17 Nov 2026 00:05:00", ENGLISH.dates().fullMoment(moment).plain());
    }

    @Test
    void givenCountsOfAds_whenShownInArabic_thenTheSixFormsAreUsed() {
        long[] counts = {0, 1, 2, 3, 11, 100, 103, 1_204};
        String[] shown = {
            "لا إعلانات",
            "إعلان واحد",
            "إعلانان",
            "3 إعلانات",
            "11 إعلانًا",
            "100 إعلان",
            "103 إعلانات",
            "1,204 إعلانات"
        };
        for (int i = 0; i < counts.length; i++) {
            assertEquals(shown[i], ARABIC.text("ads.found", counts[i]));
        }
        assertEquals("1 ad", ENGLISH.text("ads.found", 1));
        assertEquals("1,204 ads", ENGLISH.text("ads.found", 1_204));
        assertEquals("١٬٢٠٤ إعلانات", INDIC.text("ads.found", 1_204));
    }

    @Test
    void givenFiguresInAMessage_whenShown_thenEachIsIsolated() {
        assertEquals(
                "<bdi class=\"num\">1,204</bdi> إعلانات",
                ARABIC.t("ads.found", 1_204).markup());
        assertTrue(ARABIC.t("desk.booked").markup().contains("<bdi class=\"num\">30</bdi>"));
        assertTrue(INDIC.t("desk.booked").markup().contains("<bdi class=\"num\">٣٠</bdi>"));
    }

    @Test
    void givenDataInAMessage_whenShown_thenItIsIsolatedAndEscaped() {
        var shown = ENGLISH.t("feed.paid_by", "<script>alert(1)</script> {0} '").markup();
        assertEquals("Paid for by <bdi>&lt;script&gt;alert(1)&lt;/script&gt; {0} &#39;</bdi>", shown);
        assertEquals("Paid for by Nordlys", ENGLISH.text("feed.paid_by", "Nordlys"));
        assertEquals("دفع ثمنه: \u2068Nordlys\u2069", ARABIC.text("feed.paid_by", "Nordlys"));
    }

    @Test
    void givenRandomData_whenShown_thenNoMarkupEverGetsThrough() {
        long seed = 20261124;
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var data = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                data.append("<>&\"'{}#\uE000\uE001ab1".charAt(random.nextInt(13)));
            }
            var shown = ENGLISH.t("feed.paid_by", data.toString()).markup();
            var inside = shown.substring("Paid for by <bdi>".length(), shown.length() - "</bdi>".length());
            assertFalse(inside.matches(".*[<>\"'].*"), "seed " + seed + " round " + round + ": " + shown);
        }
    }

    @Test
    void givenAReason_whenItHasPreciseWords_thenTheyAreUsed() {
        assertEquals(
                "Reader is outside its countries",
                ENGLISH.detail(Outcome.NOT_TARGETED, "country").plain());
        assertEquals(
                "Outside its targeting",
                ENGLISH.detail(Outcome.NOT_TARGETED, "").plain());
        assertEquals(
                "Outside its targeting",
                ENGLISH.detail(Outcome.NOT_TARGETED, "phase_of_moon").plain());
    }

    @Test
    void givenTags_whenRead_thenOnlySpokenLanguagesAreFound() {
        assertEquals(Lang.AR, Lang.of("ar-SA").orElseThrow());
        assertEquals(Lang.EN, Lang.of("EN").orElseThrow());
        assertTrue(Lang.of("fr").isEmpty());
    }
}
