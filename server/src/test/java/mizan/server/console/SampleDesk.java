package mizan.server.console;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import mizan.server.console.page.Frame;
import mizan.server.console.page.Movement;
import mizan.server.console.page.RevenueDesk;
import mizan.server.console.page.Suitability;
import mizan.server.console.page.Text;
import mizan.server.console.page.Tone;
import mizan.server.console.words.Lang;

/// An invented revenue desk: a boycott, proofs, a return.
final class SampleDesk {
    static final Instant NOW = Instant.parse("2026-11-17T10:05:11Z");
    private static final long THOUSAND = 1_000_000_000L;
    private static final LocalDate FIRST = LocalDate.of(2026, 5, 25);
    private static final int[] REVENUE = {
        354, 358, 360, 355, 340, 295, 253, 230, 223, 223, 228, 234, 245, 258, 271, 292, 304, 320, 325, 342, 350, 370,
        375, 391, 401, 422
    };
    private static final int[][] MOVED = {
        {4, 3, 5, 2, 2, 1, 0, 2, 1, 3, 3, 4, 3, 5, 4, 4, 3, 5, 4, 5, 3, 6, 4, 5, 3, 6},
        {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 5, 8, 6, 14, 5, 4, 3, 4, 2, 5, 1, 3, 2, 4},
        {6, 7, 5, 6, 4, 3, 2, 3, 4, 5, 6, 5, 7, 6, 8, 9, 11, 12, 9, 14, 10, 13, 9, 15, 12, 16},
        {-5, -4, -6, -7, -9, -14, -11, -8, -5, -4, -4, -3, -3, -4, -3, -4, -5, -4, -6, -4, -5, -3, -6, -4, -5, -4},
        {-3, -2, -2, -4, -12, -31, -24, -9, -4, -3, -2, -2, -1, -2, -1, -2, -2, -1, -3, -2, -2, -1, -3, -2, -2, -1},
        {0, 0, 0, -2, 0, -4, -9, -11, -3, -1, 0, -1, 0, 0, -1, 0, 0, 0, -2, 0, 0, 0, 0, -1, 0, 0}
    };
    private static final long[] STORY = {
        38, 39, 40, 38, 36, 20, 0, 0, 0, 0, 0, 0, 0, 2, 3, 12, 16, 20, 22, 28, 31, 36, 38, 44, 47, 52
    };

    private SampleDesk() {}

    static Frame frame(String path, Map<String, String> query) {
        return new Frame(
                path,
                query,
                Frame.Theme.AUTO,
                "Marsa",
                true,
                Optional.of(new Frame.Person("Leila Haddad", "LH", "revenue lead")),
                OptionalInt.of(212),
                OptionalInt.of(486),
                Optional.of(new Frame.Seal(NOW, "a91f…c07e")),
                Set.of(
                        "platform:read",
                        "book:read",
                        "people",
                        "keys",
                        "audit:read",
                        "approve",
                        "book:write",
                        "money:write"),
                Optional.empty(),
                "csrf-token",
                "req_once");
    }

    static Text text(Lang lang, String english, String arabic) {
        return lang == Lang.AR ? new Text(arabic, "ar") : new Text(english, "en");
    }

    static String name(Lang lang, String english, String arabic) {
        return lang == Lang.AR ? arabic : english;
    }

    static RevenueDesk desk(Lang lang) {
        return new RevenueDesk(
                13,
                LocalDate.of(2026, 11, 16),
                NOW,
                "USD",
                new RevenueDesk.KeyFigures(
                        4_421_000 * 1_000_000L,
                        OptionalDouble.of(0.196),
                        212,
                        OptionalInt.of(9),
                        17,
                        OptionalDouble.of(1.082),
                        1_620_000 * 1_000_000L,
                        OptionalDouble.of(0.71),
                        OptionalDouble.of(0.376),
                        OptionalDouble.of(-0.041),
                        0,
                        61_200_000),
                weeks(),
                List.of(
                        new RevenueDesk.Note(
                                LocalDate.of(2026, 6, 29), text(lang, "Boycott call", "دعوة إلى المقاطعة")),
                        new RevenueDesk.Note(
                                LocalDate.of(2026, 8, 24),
                                text(lang, "Placement proofs published", "نشر إثباتات المواضع")),
                        new RevenueDesk.Note(
                                LocalDate.of(2026, 9, 8),
                                text(lang, "Nordlys scales its return", "نورديليس توسّع عودتها"))),
                concentration(lang),
                4,
                Optional.empty(),
                counts(),
                movers(lang),
                Optional.of(timeline(lang)),
                Optional.of(new RevenueDesk.Today(3, 1, 52_000 * 1_000_000L, OptionalDouble.of(0.123))),
                new RevenueDesk.Judged(
                        Optional.of(new RevenueDesk.Alarm(9, 0.4, new Text("boycott call", "en"), 7)),
                        Optional.of(new RevenueDesk.Outlook(401_000 * 1_000_000L, 446_000 * 1_000_000L, 0.052)),
                        true));
    }

    /// The same desk where everything that people type holds this text.
    static RevenueDesk withNames(RevenueDesk desk, String evil) {
        var text = new Text(evil, evil);
        return new RevenueDesk(
                desk.periodWeeks(),
                desk.until(),
                desk.asOf(),
                desk.currency(),
                desk.figures(),
                desk.weeks(),
                List.of(new RevenueDesk.Note(desk.weeks().getFirst().start(), text)),
                new RevenueDesk.Concentration(
                        0.15,
                        List.of(new RevenueDesk.Share(evil, evil, 0.2)),
                        Optional.of(new RevenueDesk.WhatIf(evil, 1, 0.1, OptionalDouble.empty())),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        1,
                        OptionalInt.empty()),
                4,
                desk.move(),
                desk.moveCounts(),
                List.of(new RevenueDesk.Mover(
                        evil, evil, text, Movement.NEW, 1, 1, List.of(), Suitability.NONE, text, evil)),
                Optional.of(new RevenueDesk.Timeline(
                        evil,
                        evil,
                        2023,
                        evil,
                        Movement.LEFT,
                        List.of(1L, 0L),
                        List.of(new RevenueDesk.Event(desk.until(), Tone.BAD, text)),
                        evil)),
                desk.today(),
                new RevenueDesk.Judged(Optional.of(new RevenueDesk.Alarm(9, 0.4, text, 7)), Optional.empty(), true));
    }

    static RevenueDesk empty() {
        return new RevenueDesk(
                4,
                LocalDate.of(2026, 11, 16),
                NOW,
                "SAR",
                new RevenueDesk.KeyFigures(
                        0,
                        OptionalDouble.empty(),
                        0,
                        OptionalInt.empty(),
                        0,
                        OptionalDouble.empty(),
                        0,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        0,
                        0),
                List.of(),
                List.of(),
                new RevenueDesk.Concentration(
                        0.15,
                        List.of(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        0,
                        OptionalInt.empty()),
                4,
                Optional.of(Movement.RETURNED),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                RevenueDesk.Judged.NOTHING);
    }

    private static List<RevenueDesk.Week> weeks() {
        var weeks = new ArrayList<RevenueDesk.Week>();
        for (int i = 0; i < REVENUE.length; i++) {
            var moved = new EnumMap<Movement, Long>(Movement.class);
            for (int j = 0; j < MOVED.length; j++) {
                moved.put(DeskCharts.STACKED.get(j), MOVED[j][i] * THOUSAND);
            }
            var earlier = i < 13 ? OptionalLong.empty() : OptionalLong.of(REVENUE[i - 13] * THOUSAND);
            weeks.add(new RevenueDesk.Week(FIRST.plusWeeks(i), REVENUE[i] * THOUSAND, earlier, moved));
        }
        return weeks;
    }

    private static Map<Movement, Integer> counts() {
        return Map.of(
                Movement.NEW,
                11,
                Movement.RETURNED,
                6,
                Movement.RAISED,
                14,
                Movement.REDUCED,
                9,
                Movement.PAUSED,
                5,
                Movement.LEFT,
                2);
    }

    private static RevenueDesk.Concentration concentration(Lang lang) {
        return new RevenueDesk.Concentration(
                0.15,
                List.of(
                        new RevenueDesk.Share(
                                "adv_1", name(lang, "Nordlys Electronics", "نورديليس للإلكترونيات"), 0.118),
                        new RevenueDesk.Share("adv_2", name(lang, "Al Waha Telecom", "الواحة للاتصالات"), 0.091),
                        new RevenueDesk.Share("adv_3", name(lang, "Bahr Airways", "طيران بحر"), 0.062),
                        new RevenueDesk.Share("adv_4", name(lang, "Qamar Bank", "بنك القمر"), 0.059),
                        new RevenueDesk.Share(
                                "adv_5", name(lang, "Cedar & Salt Foods", "سيدر آند سولت للأغذية"), 0.046)),
                Optional.of(new RevenueDesk.WhatIf(
                        name(lang, "Nordlys", "نورديليس"), 52 * THOUSAND, 0.123, OptionalDouble.of(0.61))),
                OptionalDouble.of(0.041),
                OptionalDouble.of(-0.011),
                11,
                OptionalInt.of(8));
    }

    private static List<RevenueDesk.Mover> movers(Lang lang) {
        return List.of(
                mover(
                        "adv_1",
                        name(lang, "Nordlys Electronics", "نورديليس للإلكترونيات"),
                        text(lang, "Electronics", "إلكترونيات"),
                        Movement.RAISED,
                        188_400,
                        71_200,
                        Suitability.STRICT,
                        text(lang, "Terms kept for 13 weeks", "التزام بالشروط 13 أسبوعًا"),
                        "LH"),
                mover(
                        "adv_2",
                        name(lang, "Al Waha Telecom", "الواحة للاتصالات"),
                        text(lang, "Telecom", "اتصالات"),
                        Movement.RAISED,
                        142_900,
                        28_500,
                        Suitability.STANDARD,
                        text(lang, "Season campaign", "حملة موسمية"),
                        "OS"),
                mover(
                        "adv_3",
                        name(lang, "Bahr Airways", "طيران بحر"),
                        text(lang, "Travel", "سفر"),
                        Movement.RETURNED,
                        61_300,
                        61_300,
                        Suitability.STRICT,
                        text(lang, "Back after 19 weeks", "عودة بعد 19 أسبوعًا"),
                        "LH"),
                mover(
                        "adv_6",
                        name(lang, "Noor Optics", "نور للبصريات"),
                        text(lang, "Retail", "تجزئة"),
                        Movement.NEW,
                        18_600,
                        18_600,
                        Suitability.STANDARD,
                        text(lang, "", ""),
                        ""),
                mover(
                        "adv_7",
                        name(lang, "Juno Apparel", "جونو للأزياء"),
                        text(lang, "Fashion", "أزياء"),
                        Movement.REDUCED,
                        33_800,
                        -12_400,
                        Suitability.RELAXED,
                        text(lang, "Cost per sale above target", "تكلفة البيع فوق الهدف"),
                        "OS"),
                mover(
                        "adv_8",
                        name(lang, "Rimal Games", "رمال للألعاب"),
                        text(lang, "Games", "ألعاب"),
                        Movement.PAUSED,
                        9_200,
                        -21_000,
                        Suitability.STANDARD,
                        text(lang, "Asks for proof of two placements", "يطلب إثبات موضعين"),
                        "LH"),
                mover(
                        "adv_9",
                        name(lang, "Lumen Broadcast", "لومن للبث"),
                        text(lang, "Media", "إعلام"),
                        Movement.LEFT,
                        0,
                        -14_700,
                        Suitability.STANDARD,
                        text(lang, "Budget moved", "نقل الميزانية"),
                        "OS"));
    }

    private static RevenueDesk.Mover mover(
            String id,
            String name,
            Text sector,
            Movement movement,
            long spend,
            long change,
            Suitability suitability,
            Text reason,
            String owner) {
        var weekly = new ArrayList<Long>();
        for (int i = 0; i < 14; i++) {
            weekly.add(Math.max(0, (spend - change + change * i / 13) * 250_000L));
        }
        return new RevenueDesk.Mover(
                id, name, sector, movement, spend * 1_000_000, change * 1_000_000, weekly, suitability, reason, owner);
    }

    private static RevenueDesk.Timeline timeline(Lang lang) {
        var weekly = new ArrayList<Long>();
        for (long thousand : STORY) {
            weekly.add(thousand * THOUSAND);
        }
        return new RevenueDesk.Timeline(
                "adv_1",
                name(lang, "Nordlys Electronics", "نورديليس للإلكترونيات"),
                2023,
                name(lang, "Leila Haddad", "ليلى حدّاد"),
                Movement.RAISED,
                weekly,
                List.of(
                        event(
                                6,
                                15,
                                Tone.BAD,
                                text(
                                        lang,
                                        "Complaint: 3 impressions beside excluded content",
                                        "شكوى: 3 مرات ظهور بجوار محتوى مستبعد")),
                        event(7, 6, Tone.BAD, text(lang, "Paused every campaign", "إيقاف كل الحملات مؤقتًا")),
                        event(
                                8,
                                3,
                                Tone.INFO,
                                text(
                                        lang,
                                        "Proof pack sent: 1.9 M impressions with their neighbours",
                                        "إرسال حزمة الإثبات: 1.9 مليون ظهور مع ما جاورها")),
                        event(
                                8,
                                24,
                                Tone.INFO,
                                text(
                                        lang,
                                        "Returned with a pilot, strict suitability terms",
                                        "العودة بحملة تجريبية وبشروط ملاءمة صارمة")),
                        event(
                                10,
                                5,
                                Tone.GOOD,
                                text(lang, "Raised to USD 28,000 a week", "رفع الإنفاق إلى USD 28,000 أسبوعيًا")),
                        event(
                                11,
                                16,
                                Tone.GOOD,
                                text(
                                        lang,
                                        "USD 52,000 a week: above the level before the pause",
                                        "USD 52,000 أسبوعيًا: أعلى من مستوى ما قبل الإيقاف"))),
                "Send the November proof pack");
    }

    private static RevenueDesk.Event event(int month, int day, Tone tone, Text text) {
        return new RevenueDesk.Event(LocalDate.of(2026, month, day), tone, text);
    }
}
