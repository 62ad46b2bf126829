package mizan.sim.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Budget;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.LeaseRequest;
import mizan.server.accounting.Leases;
import mizan.server.accounting.LedgerFailed;
import mizan.server.accounting.LedgerStore;
import mizan.server.store.Postgres;
import mizan.server.store.SqlLedgerStore;
import mizan.server.store.SqlReports;
import mizan.server.store.StoreFailed;
import org.junit.jupiter.api.Test;

/// Four takers of leases and one who closes them, each with a connection of its own, on one ledger whose connections
/// are cut again and again. `-Dmizan.cuts=1000` plays the long version; `-Dmizan.seed` another course of it.
class SharedLedgerTest {
    private static final int CUTS = Integer.getInteger("mizan.cuts", 150);
    private static final long SEED = Long.getLong("mizan.seed", 1);
    private static final int TAKERS = 4;
    private static final int CAMPAIGNS = 3;
    private static final long PRICE = 2_000;
    private static final long TOTAL = 60 * PRICE;
    private static final long DAILY = 25 * PRICE;
    private static final Currency USD = Currency.getInstance("USD");

    private final String address = TestPostgres.database();
    private final Postgres postgres = Postgres.at(address);
    private final AtomicLong minutes = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong granted = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();

    @Test
    void givenManyWhoLease_whenTheirConnectionsAreCutAgainAndAgain_thenNoBudgetIsEverPassedAndTheLedgerAddsUp()
            throws Exception {
        System.out.println("seed " + SEED);
        fund();
        var threads = new ArrayList<Thread>();
        for (int taker = 0; taker < TAKERS; taker++) {
            int number = taker;
            threads.add(Thread.ofPlatform().start(() -> guarded(() -> take(new SplittableRandom(SEED * 31 + number)))));
        }
        threads.add(Thread.ofPlatform().start(() -> guarded(() -> close(new SplittableRandom(SEED * 31 + TAKERS)))));
        int cuts = cut(new SplittableRandom(SEED));
        running.set(false);
        for (var thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(wrong), "seed " + SEED);
        try (var reports = SqlReports.open(postgres, "ledger")) {
            var sums = reports.sums();
            assertEquals(0, sums.ledgerSum());
            assertEquals(List.of(), sums.wrongBalances());
            assertEquals(List.of(), sums.negative());
            System.out.println("cuts " + cuts + ", asked " + asked + ", leases granted " + granted + ", failed "
                    + failed + ", entries " + sums.entries() + ", overspend 0");
        }
        assertTrue(granted.get() > CUTS, "hardly any lease: " + granted);
        assertTrue(failed.get() > CUTS / 10, "hardly any cut hit somebody: " + failed);
    }

    private void fund() {
        try (var store = SqlLedgerStore.open(postgres, "ledger", "one folder")) {
            new Accountant(store, new Leases(), LedgerStore.Role.LEASES)
                    .transfer(new Transfer.Direct(
                            "fund",
                            new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", USD),
                            new AccountId(
                                    AccountId.Kind.ADVERTISER_FUNDS,
                                    advertiser().value(),
                                    USD),
                            2 * TOTAL,
                            now(),
                            "paid"));
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | AssertionError e) {
            wrong.add(e);
        }
    }

    private void take(SplittableRandom random) {
        var leases = new Leases();
        try (var store = again(() -> SqlLedgerStore.open(postgres, "ledger", "one folder"))) {
            var accountant = again(() -> new Accountant(store, leases, LedgerStore.Role.LEASES));
            while (running.get()) {
                int campaign = random.nextInt(CAMPAIGNS);
                var now = now();
                var standing = leases.standing(group(campaign), PRICE, now);
                leases.ensure(
                        List.of(request(standing.lease().map(Lease::id), campaign, now)),
                        requests -> counted(accountant, requests),
                        now);
                asked.incrementAndGet();
                synchronized (asked) {
                    asked.notifyAll();
                }
            }
        }
    }

    /// A database that refuses is not asked again at once.
    private void letOthersGoOn() {
        synchronized (asked) {
            try {
                asked.wait(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void awaitAsked(long times) {
        long until = asked.get() + times;
        synchronized (asked) {
            while (asked.get() < until && running.get() && wrong.isEmpty()) {
                try {
                    asked.wait(100);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private List<Accountant.Granted> counted(Accountant accountant, List<LeaseRequest> requests) {
        try {
            var answers = accountant.grant(requests);
            granted.addAndGet(
                    answers.stream().filter(a -> a.lease().isPresent()).count());
            return answers;
        } catch (LedgerFailed e) {
            failed.incrementAndGet();
            letOthersGoOn();
            throw e;
        }
    }

    /// The one who folds: here only time passes, and what was not spent flows back.
    private void close(SplittableRandom random) {
        try (var store = again(() -> SqlLedgerStore.open(postgres, "ledger", "one folder"))) {
            var accountant = again(() -> new Accountant(store, new Leases()));
            while (running.get()) {
                awaitAsked(1 + random.nextInt(5));
                minutes.addAndGet(random.nextInt(20));
                try {
                    accountant.closeExpired(now());
                } catch (LedgerFailed _) {
                    failed.incrementAndGet();
                }
            }
        }
    }

    private interface Opening<T> {
        T open();
    }

    private static <T> T again(Opening<T> opening) {
        while (true) {
            try {
                return opening.open();
            } catch (LedgerFailed
                    | StoreFailed
                    | mizan.server.store.DatabaseUnfit
                    | mizan.server.accounting.LedgerMoved _) {
                // Cut while it began.
            }
        }
    }

    /// Cuts one connection after the other, and looks at the ledger after each cut.
    private int cut(SplittableRandom random) throws SQLException {
        int cuts = 0;
        try (var administrator = DriverManager.getConnection(address + "&ApplicationName=cutter")) {
            while (cuts < CUTS && wrong.isEmpty()) {
                awaitAsked(random.nextInt(6));
                cuts += cutOne(administrator, random);
                check(administrator);
            }
        }
        return cuts;
    }

    private static int cutOne(Connection administrator, SplittableRandom random) throws SQLException {
        try (var statement = administrator.createStatement()) {
            var pids = new ArrayList<Integer>();
            try (var rows = statement.executeQuery("SELECT pid FROM pg_stat_activity WHERE application_name = 'mizan'"
                    + " AND datname = current_database()")) {
                while (rows.next()) {
                    pids.add(rows.getInt(1));
                }
            }
            if (pids.isEmpty()) {
                return 0;
            }
            try (var row = statement.executeQuery(
                    "SELECT pg_terminate_backend(" + pids.get(random.nextInt(pids.size())) + ")::int")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /// From what is written alone: what leases have taken is within each budget, and is what the ledger says is used.
    private static void check(Connection administrator) throws SQLException {
        try (var statement = administrator.createStatement();
                var rows = statement.executeQuery("""
                        WITH taken AS (
                          SELECT campaign, day, sum(CASE closed WHEN 1 THEN settled ELSE amount END) micros
                          FROM ledger.lease GROUP BY campaign, day)
                        SELECT u.owner, u.day, u.micros,
                          coalesce((SELECT sum(t.micros) FROM taken t WHERE t.campaign = u.owner
                            AND u.day IN ('total', t.day)), 0)
                        FROM ledger.budget_use u WHERE u.owner LIKE 'cmp%'""")) {
            while (rows.next()) {
                long limit = rows.getString(2).equals("total") ? TOTAL : DAILY;
                assertEquals(rows.getLong(4), rows.getLong(3), rows.getString(1) + " on " + rows.getString(2));
                assertTrue(rows.getLong(3) <= limit, rows.getString(1) + " took " + rows.getLong(3) + " of " + limit);
            }
        }
    }

    private static LeaseRequest request(Optional<Long> growing, int campaign, Instant now) {
        return new LeaseRequest(
                growing,
                group(campaign),
                new CampaignId(SortableId.of("cmp", 1, 1, campaign)),
                advertiser(),
                USD,
                Budget.of(TOTAL, DAILY),
                Budget.UNLIMITED,
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                PRICE * 3,
                PRICE,
                now,
                now.plus(Duration.ofMinutes(30)),
                now.plus(Duration.ofMinutes(60)));
    }

    private Instant now() {
        return Instant.parse("2026-11-24T10:00:00Z").plus(Duration.ofMinutes(minutes.get()));
    }

    private static AdvertiserId advertiser() {
        return new AdvertiserId(SortableId.of("adv", 1, 1, 1));
    }

    private static AdGroupId group(int campaign) {
        return new AdGroupId(SortableId.of("grp", 1, 1, campaign));
    }
}
