package mizan.server.console;

import static mizan.server.console.SampleDesk.NOW;
import static mizan.server.console.SampleDesk.name;
import static mizan.server.console.SampleDesk.text;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mizan.server.console.page.AccountState;
import mizan.server.console.page.Bid;
import mizan.server.console.page.Campaign;
import mizan.server.console.page.Field;
import mizan.server.console.page.Lists;
import mizan.server.console.page.Movement;
import mizan.server.console.page.Outcome;
import mizan.server.console.page.Risk;
import mizan.server.console.page.Status;
import mizan.server.console.page.Suitability;
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;

/// An invented campaign, and the lists around it.
final class SampleCampaign {
    private static final long UNIT = 1_000_000L;
    private static final int[] SPENT = {
        2600, 5600, 8300, 11500, 14600, 19100, 23600, 28400, 33500, 38600, 44200, 49400, 54900, 60200, 64210
    };
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 3);

    private SampleCampaign() {}

    static Campaign campaign(Lang lang) {
        return new Campaign(
                "cmp_7Q2M9",
                name(lang, "Winter launch – Gulf", "إطلاق الشتاء – الخليج"),
                "adv_1",
                name(lang, "Nordlys Electronics", "نورديليس للإلكترونيات"),
                Status.SERVING,
                List.of(),
                Optional.empty(),
                FIRST,
                Optional.of(LocalDate.of(2026, 11, 30)),
                Suitability.STRICT,
                "USD",
                NOW,
                new Campaign.KeyFigures(
                        64_210 * UNIT,
                        18_410_000,
                        120_000 * UNIT,
                        OptionalDouble.of(1.01),
                        OptionalInt.of(15),
                        OptionalInt.of(28),
                        3_061_442,
                        OptionalLong.of(1_310_000),
                        53_214,
                        OptionalDouble.of(0.0174),
                        OptionalLong.of(1_210_000),
                        0),
                days(),
                LocalDate.of(2026, 11, 17),
                new Campaign.Delivery(
                        41_200_000,
                        List.of(
                                new Campaign.Lost(Outcome.NOT_TARGETED, "topics", 22_900_000),
                                new Campaign.Lost(Outcome.EXCLUDED_TIER, "", 214_380),
                                new Campaign.Lost(Outcome.FREQUENCY_CAPPED, "", 5_986_000),
                                new Campaign.Lost(Outcome.PACED_OUT, "", 2_700_000),
                                new Campaign.Lost(Outcome.OUTRANKED, "", 6_199_620)),
                        3_200_000,
                        3_061_442,
                        new Campaign.Invalid(
                                0.0127,
                                List.of(
                                        new Campaign.Invalid.Reason("crawler", 31_200),
                                        new Campaign.Invalid.Reason("many_clicks", 812)))),
                placements(lang),
                3_061_442,
                Optional.of(new Campaign.Terms(4, NOW, 2, 2, 31, 212)),
                Optional.of(new Campaign.Lift(
                        10,
                        7,
                        new Campaign.Tried(214_300, 9_640, 31_000),
                        new Campaign.Tried(23_800, 964, 3_400),
                        Optional.of(new Campaign.Difference(0.0045, 0.0006, 0.0084, 0.012, true)))),
                groups(lang),
                changes(lang),
                new Campaign.Actions(true, false, true, OptionalLong.of(100_000 * UNIT), OptionalLong.empty(), "", ""));
    }

    static Campaign paused(Lang lang) {
        return new Campaign(
                "cmp_0",
                name(lang, "Sea fares", "أسعار البحر"),
                "adv_3",
                name(lang, "Bahr Airways", "طيران بحر"),
                Status.PAUSED,
                List.of("paused_by_advertiser", "ad_in_review"),
                Optional.of(new Campaign.Since(name(lang, "Omar Said", "عمر سعيد"), NOW)),
                FIRST,
                Optional.empty(),
                Suitability.NONE,
                "SAR",
                NOW,
                new Campaign.KeyFigures(
                        0,
                        0,
                        0,
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        0,
                        OptionalLong.empty(),
                        0,
                        OptionalDouble.empty(),
                        OptionalLong.empty(),
                        0),
                List.of(),
                LocalDate.of(2026, 11, 17),
                new Campaign.Delivery(0, List.of(), 0, 0, new Campaign.Invalid(0, List.of())),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Campaign.Actions(
                        false,
                        true,
                        false,
                        OptionalLong.empty(),
                        OptionalLong.of(5_000 * UNIT),
                        "apr_1",
                        "act.no_right"));
    }

    static Lists.Advertisers advertisers(Lang lang) {
        return new Lists.Advertisers(
                "",
                212,
                "USD",
                NOW,
                List.of(
                        advertiser(
                                "adv_1",
                                name(lang, "Nordlys Electronics", "نورديليس للإلكترونيات"),
                                text(lang, "Electronics", "إلكترونيات"),
                                AccountState.ACTIVE,
                                Movement.RAISED),
                        advertiser(
                                "adv_3",
                                name(lang, "Bahr Airways", "طيران بحر"),
                                text(lang, "Travel", "سفر"),
                                AccountState.PAYMENT_REQUIRED,
                                Movement.RETURNED),
                        advertiser(
                                "adv_9",
                                name(lang, "Lumen Broadcast", "لومن للبث"),
                                text(lang, "Media", "إعلام"),
                                AccountState.SUSPENDED,
                                Movement.LEFT)),
                Optional.of("adv_9"));
    }

    static Lists.Campaigns campaigns(Lang lang) {
        return new Lists.Campaigns(
                "",
                Optional.empty(),
                Optional.empty(),
                486,
                NOW,
                List.of(
                        row(
                                "cmp_7Q2M9",
                                name(lang, "Winter launch – Gulf", "إطلاق الشتاء – الخليج"),
                                name(lang, "Nordlys Electronics", "نورديليس للإلكترونيات"),
                                Status.SERVING,
                                List.of()),
                        row(
                                "cmp_1",
                                name(lang, "Sea fares", "أسعار البحر"),
                                name(lang, "Bahr Airways", "طيران بحر"),
                                Status.NO_FUNDS,
                                List.of("payment_required")),
                        row(
                                "cmp_2",
                                name(lang, "Spring games", "ألعاب الربيع"),
                                name(lang, "Rimal Games", "رمال للألعاب"),
                                Status.PAUSED,
                                List.of("paused_by_advertiser", "ad_in_review"))),
                Optional.empty());
    }

    private static Lists.Advertiser advertiser(
            String id, String name, Text sector, AccountState state, Movement movement) {
        return new Lists.Advertiser(
                id, name, sector, state, movement, 3, 188_400 * UNIT, 42_017_250_000L, Suitability.STRICT);
    }

    private static Lists.CampaignRow row(
            String id, String name, String advertiser, Status status, List<String> reasons) {
        return new Lists.CampaignRow(
                id,
                name,
                advertiser,
                status,
                reasons,
                "USD",
                64_210 * UNIT,
                120_000 * UNIT,
                OptionalDouble.of(1.01),
                3_061_442);
    }

    private static List<Campaign.Day> days() {
        var days = new ArrayList<Campaign.Day>();
        for (int i = 0; i < 28; i++) {
            days.add(new Campaign.Day(
                    FIRST.plusDays(i),
                    i < SPENT.length ? OptionalLong.of(SPENT[i] * UNIT) : OptionalLong.empty(),
                    OptionalLong.of(120_000 * UNIT * (i + 1) / 28),
                    i < 5 ? 80_000 * UNIT : 120_000 * UNIT));
        }
        return days;
    }

    private static List<Campaign.Placement> placements(Lang lang) {
        var ad = text(lang, "Nordlys: see in the dark", "نورديليس: صورة أوضح في العتمة");
        return List.of(
                new Campaign.Placement(
                        "imp_9KQ2",
                        NOW,
                        Optional.of(post(
                                "@salma.eats",
                                new Text("جرّبت وصفة الكبسة الجديدة وطلعت خيال! الصور في التعليقات", "ar"))),
                        ad,
                        Optional.of(
                                post("@omarh", new Text("Sunrise over the corniche this morning. No filter.", "en"))),
                        1_204_113,
                        1,
                        "a91f30c07e",
                        OptionalLong.of(48_211)),
                new Campaign.Placement(
                        "imp_9KQ1",
                        NOW,
                        Optional.empty(),
                        ad,
                        Optional.of(
                                new Campaign.Neighbour("@marsafc", Optional.empty(), Risk.LOW, "rules/3", "4be1…77d0")),
                        1_204_110,
                        2,
                        "5d209b14",
                        OptionalLong.empty()));
    }

    private static Campaign.Neighbour post(String handle, Text text) {
        return new Campaign.Neighbour(handle, Optional.of(text), Risk.SAFE, "rules/3", "77d0");
    }

    private static List<Campaign.AdGroup> groups(Lang lang) {
        return List.of(
                new Campaign.AdGroup(
                        "grp_1",
                        name(lang, "Photography fans", "هواة التصوير"),
                        Status.SERVING,
                        List.of(),
                        new Bid(Bid.Kind.CPM, 21 * UNIT),
                        28_410 * UNIT,
                        1_389_210,
                        OptionalDouble.of(0.0172),
                        OptionalDouble.of(0.98)),
                new Campaign.AdGroup(
                        "grp_2",
                        name(lang, "Gamers", "هواة الألعاب"),
                        Status.CAPPED_TODAY,
                        List.of("ad_in_review"),
                        new Bid(Bid.Kind.CPC, 850_000),
                        11_680 * UNIT,
                        650_362,
                        OptionalDouble.of(0.0211),
                        OptionalDouble.empty()));
    }

    private static List<Campaign.Change> changes(Lang lang) {
        var omar = name(lang, "Omar Said", "عمر سعيد");
        return List.of(
                new Campaign.Change(
                        NOW,
                        omar,
                        Field.BID,
                        name(lang, "Gamers", "هواة الألعاب"),
                        new Campaign.Value.Amount(750_000),
                        new Campaign.Value.Amount(850_000),
                        text(lang, "Loses two of three auctions", "يخسر مزادين من ثلاثة")),
                new Campaign.Change(
                        NOW.minusSeconds(700_000),
                        omar,
                        Field.BUDGET,
                        "",
                        new Campaign.Value.Amount(80_000 * UNIT),
                        new Campaign.Value.Amount(120_000 * UNIT),
                        new Text("", "")),
                new Campaign.Change(
                        NOW.minusSeconds(900_000),
                        omar,
                        Field.STATUS,
                        "",
                        new Campaign.Value.State(Status.DRAFT),
                        new Campaign.Value.State(Status.SERVING),
                        new Text("", "")),
                new Campaign.Change(
                        NOW.minusSeconds(990_000),
                        omar,
                        Field.CREATED,
                        "",
                        new Campaign.Value.None(),
                        new Campaign.Value.None(),
                        new Text("", "")));
    }
}
