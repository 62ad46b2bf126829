package mizan.server.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.server.console.page.LateCause;
import mizan.server.console.page.Notices;
import mizan.server.console.page.Outcome;
import mizan.server.console.page.Suitability;
import mizan.server.console.page.TermsPage;

/// Invented terms, a trial of others, and notices.
final class SampleTerms {
    private static final Instant AT = Instant.parse("2026-11-23T18:20:00Z");
    private static final TermsPage.Row ROW = new TermsPage.Row(
            "trm_1", "Gulf launch", "Nordlys", Suitability.STRICT, 4, Optional.of("Noor"), AT, 2, 2, 31, 212, 3);

    private SampleTerms() {}

    private static final TermsPage.Rules RULES = new TermsPage.Rules(
            mizan.server.console.page.Risk.LOW,
            java.util.Map.of("topic.hate", mizan.server.console.page.Risk.SAFE),
            List.of("Arabic"));

    static TermsPage.All list() {
        var unsigned = new TermsPage.Row(
                "trm_2", "Winter", "Marsa Books", Suitability.RELAXED, 1, Optional.empty(), AT, 1, 1, 0, 0, 0);
        return new TermsPage.All(List.of(ROW, unsigned), Optional.of("trm_2"));
    }

    static TermsPage page() {
        return new TermsPage(
                ROW,
                List.of(new TermsPage.Taken("Disasters", "7", "9f2c41aa03be", 420)),
                AT,
                Optional.of(java.time.Duration.ofMillis(41)),
                RULES,
                List.of(new TermsPage.Version(3, AT, "Omar", "after the storm")),
                new TermsPage.Asked("", Suitability.STRICT, 2, 2),
                Optional.empty());
    }

    static TermsPage tried() {
        var blocked = List.of(
                new TermsPage.Blocked(
                        "p_1", Outcome.EXCLUDED_KEYWORD, "قهوة", Optional.of("قهوة الصباح على الكورنيش"), 12),
                new TermsPage.Blocked("p_2", Outcome.EXCLUDED_AUTHOR, "@dana", Optional.empty(), 0));
        var trial = new TermsPage.Trial(
                4_000,
                310,
                124,
                0.031,
                0.026,
                0.037,
                4,
                12,
                9_000,
                700,
                380,
                5,
                List.of(new TermsPage.Share("ar", 6_000, 200, 640, 350), new TermsPage.Share("en", 3_000, 60, 60, 30)),
                List.of(new TermsPage.Share("food", 900, 10, 410, 320)),
                blocked);
        return new TermsPage(
                ROW,
                List.of(),
                AT,
                Optional.empty(),
                RULES,
                List.of(),
                new TermsPage.Asked("قهوة", Suitability.STRICT, 2, 2),
                Optional.of(trial));
    }

    static Notices notices() {
        return new Notices(
                7,
                List.of(
                        new Notices.Row(
                                "Nordlys",
                                "cmp_1",
                                "Winter launch",
                                "p_9",
                                LateCause.EDITED,
                                Outcome.EXCLUDED_KEYWORD,
                                "حرب",
                                AT,
                                AT.plusSeconds(3_600),
                                "USD",
                                20_000,
                                4_711),
                        new Notices.Row(
                                "Nordlys",
                                "cmp_1",
                                "Winter launch",
                                "p_9",
                                LateCause.DELETED,
                                Outcome.UNRATED_NEIGHBOUR,
                                "unrated",
                                AT,
                                AT.plusSeconds(60),
                                "USD",
                                0,
                                4_712)),
                Optional.of("2"));
    }
}
