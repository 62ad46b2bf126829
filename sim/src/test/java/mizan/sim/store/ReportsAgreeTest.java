package mizan.sim.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import mizan.core.ledger.Transfer;
import mizan.server.accounting.Credits;
import mizan.server.accounting.LedgerBatch.Counted;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Turn;
import mizan.server.reporting.Reports;
import mizan.server.store.Postgres;
import mizan.server.store.SqlLedgerStore;
import mizan.server.store.SqlReports;
import mizan.sim.postgres.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same ledger in SQLite and in PostgreSQL: every report of one is that of the other.
class ReportsAgreeTest {
    private static final int SEEDS = Integer.getInteger("mizan.store.seeds", 8);

    @TempDir
    Path folder = Path.of("");

    @Test
    void givenTheSameBatches_whenAskedForAnyReport_thenBothDatabasesAnswerTheSame() {
        var postgres = Postgres.at(TestPostgres.database());
        for (long seed = 0; seed < SEEDS; seed++) {
            var file = folder.resolve(seed + ".db");
            var schema = "seed_" + seed;
            try (var one = SqlLedgerStore.open(file);
                    var other = SqlLedgerStore.open(postgres, schema, "one folder");
                    var ofOne = SqlReports.open(file);
                    var ofOther = SqlReports.open(postgres, schema)) {
                var counted = commit(seed, one, other);
                assertEquals(added(counted), spansByAd(ofOne), "seed " + seed + ": figures of spans are not their sum");
                var answers = answers(ofOne);
                assertEquals(answers, answers(ofOther), "seed " + seed);
                assertFalse(ofOne.entries(0, 9, Optional.empty()).isEmpty(), "seed " + seed + " moved no money");
            }
        }
    }

    private static List<Map.Entry<Counted, Counts>> commit(long seed, LedgerStore... stores) {
        var counted = new ArrayList<Map.Entry<Counted, Counts>>();
        var batches = new LedgerBatches(new SplittableRandom(seed));
        for (var store : stores) {
            store.begin(LedgerStore.Role.FOLDS);
        }
        for (int i = 0; i < 25; i++) {
            var batch = batches.next();
            counted.addAll(batch.counts().entrySet());
            for (var store : stores) {
                store.commit(new Turn(1, i), batch);
            }
        }
        var moved = chargesAndCredits(batches);
        for (var store : stores) {
            long end = store.load().position();
            store.commit(new Turn(1, 25), LedgerBatches.only(end, end, moved));
        }
        return counted;
    }

    /// Each showing charged up to four hours after it was served, and every third credited.
    private static List<Transfer> chargesAndCredits(LedgerBatches batches) {
        var moved = new ArrayList<Transfer>();
        int number = 0;
        for (var state : batches.impressions()) {
            var showing = state.impression();
            var at = showing.servedAt().plus(Duration.ofMinutes(number % 240));
            moved.add(new Transfer.Posted(
                    "charge/" + showing.id(), showing.advertiser(), 1, 1_000, showing.currency(), at));
            if (++number % 3 == 0) {
                moved.add(Credits.of(showing.id(), showing.advertiser(), showing.currency(), 1_000, at));
            }
        }
        return moved;
    }

    /// What each ad had in each span, added up one by one.
    private static List<Map<Reports.Part, Counts>> added(List<Map.Entry<Counted, Counts>> counted) {
        return spans().stream()
                .map(span -> {
                    var sums = new HashMap<Reports.Part, Counts>();
                    for (var one : counted) {
                        var at = Instant.ofEpochSecond(one.getKey().hour() * 3_600);
                        if (!at.isBefore(span.from()) && at.isBefore(span.to())) {
                            sums.merge(
                                    new Reports.Part(
                                            one.getKey().ad(), one.getKey().advertiser()),
                                    one.getValue(),
                                    Counts::plus);
                        }
                    }
                    return (Map<Reports.Part, Counts>) sums;
                })
                .toList();
    }

    private static List<Map<Reports.Part, Counts>> spansByAd(Reports reports) {
        return spans().stream()
                .map(s -> reports.parts(Reports.By.AD, s.from(), s.to(), Optional.empty()))
                .toList();
    }

    private record Span(Instant from, Instant to) {}

    /// Spans that begin and end within a day, within the same day, with whole days, and with none at all.
    private static List<Span> spans() {
        var day = LedgerBatches.FIRST.truncatedTo(ChronoUnit.DAYS);
        return Stream.of(
                        new int[] {0, 24},
                        new int[] {-5, 19},
                        new int[] {3, 7},
                        new int[] {20, 28},
                        new int[] {-48, 72},
                        new int[] {24, 24})
                .map(s -> new Span(day.plus(Duration.ofHours(s[0])), day.plus(Duration.ofHours(s[1]))))
                .toList();
    }

    private static List<Object> inSpans(Reports reports) {
        var answers = new ArrayList<Object>();
        for (var span : spans()) {
            for (var by : Reports.By.values()) {
                answers.add(reports.parts(by, span.from(), span.to(), Optional.empty()));
                answers.add(reports.parts(by, span.from(), span.to(), Optional.of(LedgerBatches.id("adv", 1))));
                answers.add(reports.daily(by, span.from(), span.to(), Optional.of(LedgerBatches.id("ad", 1))));
            }
            answers.add(reports.hours(span.from(), span.to(), Currency.getInstance("USD")));
            answers.add(reports.hours(span.from(), span.to(), LedgerBatches.id("grp", 1)));
        }
        return answers;
    }

    private static List<Object> answers(Reports reports) {
        var answers = new ArrayList<Object>();
        var all = reports.entries(0, 1_000, Optional.empty());
        answers.add(all);
        answers.add(reports.newestEntries(20, 7, Optional.empty()));
        answers.add(reports.totals());
        answers.add(reports.rendered());
        // Accounts are named in no order.
        var sums = reports.sums();
        answers.add(List.of(
                sums.ledgerSum(), sums.entries(), new HashSet<>(sums.wrongBalances()), new HashSet<>(sums.negative())));
        for (var entry : all) {
            answers.add(reports.entry(entry.id()));
            answers.add(reports.newestEntries(Long.MAX_VALUE, 5, Optional.of(entry.debit())));
        }
        answers.addAll(inSpans(reports));
        for (var by : Reports.By.values()) {
            answers.add(
                    reports.daily(by, Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(40_000)), Optional.empty()));
        }
        for (int i = 0; i < 3; i++) {
            answers.add(reports.entries(3, 10, Optional.of(LedgerBatches.id("adv", i))));
            var campaign = LedgerBatches.id("cmp", i);
            answers.add(reports.daily(
                    Reports.By.AD, Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(40_000)), Optional.of(campaign)));
            answers.add(reports.impressions(campaign, 5));
            answers.add(reports.charged(campaign, Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(40_000)), 5));
            answers.add(reports.reasons(campaign, "2000-01-01"));
            answers.addAll(reconciled(reports, campaign, LedgerBatches.id("adv", i)));
            answers.add(reports.invalid(campaign, LocalDate.EPOCH, LocalDate.EPOCH.plusDays(40_000)));
        }
        return answers;
    }

    /// What a comparison with an advertiser's own counts is made from.
    private static List<Object> reconciled(Reports reports, String campaign, String advertiser) {
        var until = Instant.EPOCH.plus(Duration.ofDays(40_000));
        var answers = new ArrayList<Object>(List.of(
                reports.hourly(advertiser, Instant.EPOCH, until), reports.credited(advertiser, Instant.EPOCH, until)));
        for (var showing : reports.impressions(campaign, 5)) {
            // Served just before this midnight, billed after it or before it.
            var midnight = showing.impression().servedAt().plusSeconds(60);
            answers.add(reports.billedAfter(campaign, midnight.minus(Duration.ofHours(2)), midnight));
        }
        return answers;
    }
}
