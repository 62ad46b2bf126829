package mizan.server.console;

import static mizan.server.console.SampleDesk.NOW;
import static mizan.server.console.SampleDesk.name;
import static mizan.server.console.SampleDesk.text;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.transparency.Crowd;
import mizan.core.transparency.Rate;
import mizan.server.console.page.Account;
import mizan.server.console.page.AdState;
import mizan.server.console.page.EntryState;
import mizan.server.console.page.Ledger;
import mizan.server.console.page.Outcome;
import mizan.server.console.page.Repository;
import mizan.server.console.page.Text;
import mizan.server.console.page.TrustPage;
import mizan.server.console.page.WhyKind;
import mizan.server.console.words.Lang;

/// An invented repository and an invented ledger.
final class SamplePublic {
    private SamplePublic() {}

    static Repository repository(Lang lang) {
        return new Repository(
                48_112,
                Optional.of(LocalDate.of(2026, 1, 1)),
                new Repository.Filter(
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        Optional.of(LocalDate.of(2026, 9, 1)),
                        Optional.of(LocalDate.of(2026, 11, 17)),
                        List.of(AdState.values())),
                List.of(
                        new Repository.Country("SA", name(lang, "Saudi Arabia", "السعودية")),
                        new Repository.Country("DE", name(lang, "Germany", "ألمانيا"))),
                Map.of(AdState.RUNNING, 486L, AdState.ENDED, 46_804L, AdState.REMOVED, 822L),
                1_204,
                List.of(running(lang), ended(lang), removed(lang)),
                Optional.of("ad_4B77"));
    }

    static Repository empty() {
        return new Repository(
                0,
                Optional.empty(),
                new Repository.Filter(
                        "<script>", "adv_1", "", "SA", "", "", Optional.empty(), Optional.empty(), List.of()),
                List.of(),
                Map.of(),
                0,
                List.of(),
                Optional.empty());
    }

    static Repository.Single single(Lang lang) {
        return new Repository.Single(
                running(lang), Optional.of(new Repository.Sealed(48_211, "sha256 4be1c0ffee77d0")));
    }

    static Repository.Single unsealed(Lang lang) {
        return new Repository.Single(removed(lang), Optional.empty());
    }

    static TrustPage trust(boolean sound) {
        return new TrustPage(
                NOW,
                LocalDate.of(2026, 10, 19),
                LocalDate.of(2026, 11, 17),
                11.4,
                4_000,
                sound
                        ? List.of(
                                new TrustPage.Drop(Outcome.OUTRANKED, 1_204_113),
                                new TrustPage.Drop(Outcome.EXCLUDED_TOPIC, 812))
                        : List.of(),
                Rate.of(sound ? 0 : 2, 11_870),
                Rate.of(sound ? 31 : 0, 1_204_113),
                Rate.of(18_410, 1_222_523),
                sound ? List.of(new TrustPage.Credit("USD", 640_000)) : List.of(),
                sound ? 0 : 10,
                sound,
                Optional.of(new TrustPage.Seal(
                        "ads.example/log", 48_211, sound ? List.of("witness.example/w1") : List.of(), !sound)),
                sound ? List.of("2026-10", "2026-09") : List.of());
    }

    static Ledger ledger(Lang lang, boolean sound) {
        return new Ledger(
                "USD",
                NOW,
                1_204_113,
                sound ? 0 : -10_000,
                sound ? 0 : 18_410,
                List.of(
                        new Ledger.Balance(
                                "acc_1",
                                Account.FUNDS,
                                name(lang, "Nordlys Electronics", "نورديليس للإلكترونيات"),
                                42_017_250_000L,
                                0),
                        new Ledger.Balance("acc_2", Account.HOLDS, "", 18_410_000, 18_410_000),
                        new Ledger.Balance("acc_3", Account.REVENUE, "", 64_191_590_000L, 0),
                        new Ledger.Balance("acc_4", Account.OUTSIDE, "", -106_227_250_000L, 0)),
                sound ? Optional.empty() : Optional.of("acc_2"),
                List.of(
                        new Ledger.Entry(
                                1_204_113,
                                NOW,
                                "Nordlys Electronics",
                                name(lang, "holds", "محجوز"),
                                18_410,
                                EntryState.PENDING,
                                "imp_9KQ2"),
                        new Ledger.Entry(1_204_112, NOW, "holds", "revenue", 18_410, EntryState.POSTED, "imp_9KQ1"),
                        new Ledger.Entry(
                                1_204_111,
                                NOW,
                                "outside",
                                "Nordlys Electronics",
                                50_000_000_000L,
                                EntryState.POSTED,
                                "inv_2026_481")),
                Optional.of("1204111"));
    }

    static Ledger noLedger() {
        return new Ledger("USD", NOW, 0, 0, 0, List.of(), Optional.empty(), List.of(), Optional.empty());
    }

    private static Repository.Ad running(Lang lang) {
        return new Repository.Ad(
                "ad_7F31",
                "adv_1",
                AdState.RUNNING,
                text(lang, "Night photos without the grain", "صور ليلية بلا تشويش"),
                text(lang, "The Nordlys 7 sees what your eyes see.", "هاتف نورديليس 7 يرى ما تراه عيناك."),
                Optional.empty(),
                "1473",
                "https://nordlys.example/7",
                name(lang, "Nordlys Electronics AB", "نورديليس للإلكترونيات"),
                name(lang, "Nordlys Gulf FZ-LLC", "نورديليس الخليج"),
                true,
                LocalDate.of(2026, 11, 3),
                Optional.empty(),
                new Crowd(3_061_440),
                new Crowd(1_310_000),
                List.of(
                        new Repository.Reach("DE", new Crowd(214_000)),
                        new Repository.Reach("FR", new Crowd(188_000)),
                        new Repository.Reach("NL", new Crowd(61_000))),
                List.of(
                        new Repository.Aim(
                                WhyKind.TOPIC,
                                List.of(name(lang, "photography", "التصوير"), name(lang, "phones", "الهواتف"))),
                        new Repository.Aim(WhyKind.AGE, List.of("18+"))),
                List.of(new Repository.Aim(
                        WhyKind.SEGMENT, List.of(name(lang, "people who bought the product", "من اشترى المنتج")))),
                Optional.empty());
    }

    private static Repository.Ad ended(Lang lang) {
        return new Repository.Ad(
                "ad_5C08",
                "adv_3",
                AdState.ENDED,
                text(lang, "Winter fares to the coast", "أسعار الشتاء إلى الساحل"),
                new Text("", ""),
                Optional.empty(),
                "",
                "https://bahr.example",
                name(lang, "Bahr Airways", "طيران بحر"),
                name(lang, "Bahr Airways PJSC", "شركة طيران بحر"),
                false,
                LocalDate.of(2026, 9, 14),
                Optional.of(LocalDate.of(2026, 10, 31)),
                new Crowd(3_061_440),
                new Crowd(0),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static Repository.Ad removed(Lang lang) {
        return new Repository.Ad(
                "ad_4B77",
                "",
                AdState.REMOVED,
                new Text("", ""),
                new Text("", ""),
                Optional.empty(),
                "",
                "",
                "",
                "",
                false,
                LocalDate.of(2026, 10, 1),
                Optional.of(LocalDate.of(2026, 10, 21)),
                new Crowd(3_061_440),
                new Crowd(9_400),
                List.of(new Repository.Reach("DE", new Crowd(2_100))),
                List.of(new Repository.Aim(WhyKind.TOPIC, List.of(name(lang, "personal finance", "المال الشخصي")))),
                List.of(),
                Optional.of(new Repository.Removal(
                        LocalDate.of(2026, 10, 21),
                        text(lang, "a misleading financial promise (ad rule 4.2).", "وعد مالي مضلل (القاعدة 4.2)."))));
    }
}
