package mizan.server.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import mizan.core.billing.TaxRate;
import mizan.core.billing.Totals;
import mizan.core.campaign.AccountStatus;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Text;
import mizan.core.identity.SortableId;
import mizan.server.billing.print.InvoiceCsv;
import mizan.server.proof.Item;
import mizan.server.proof.ProofStore;
import mizan.server.store.SqliteInvoiceStore;
import mizan.server.store.SqliteProofStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Invoices over a log of receipts and credits that the test writes itself.
class InvoicesTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final TaxRate RATE = new TaxRate(1_500);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final String SALT = "00".repeat(16);

    @TempDir
    private Path folder = Path.of("");

    private SqliteProofStore log;
    private Invoices invoices;
    private Book book = Book.EMPTY;
    private int impressions;

    @BeforeEach
    void open() {
        log = SqliteProofStore.open(folder.resolve("proof.db"));
        invoices = new Invoices(SqliteInvoiceStore.open(folder.resolve("invoices.db")), log, () -> book, () -> NOW);
    }

    @AfterEach
    void close() {
        invoices.close();
        log.close();
    }

    private AdvertiserId advertiser(int number) {
        var id = new AdvertiserId(id(AdvertiserId.PREFIX, number));
        var booked = new HashMap<>(book.advertisers());
        booked.put(
                id,
                new Advertiser(
                        id,
                        Text.of("en", "N" + number),
                        "N",
                        "",
                        USD,
                        ZoneOffset.UTC,
                        AccountStatus.ACTIVE,
                        Optional.empty(),
                        Map.of(),
                        NOW));
        book = new Book(1, booked, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
        return id;
    }

    private AdvertiserId billed(int number) {
        var id = advertiser(number);
        invoices.keep(Party.OPERATOR, new Party("Marsa", "Jeddah", "300", Optional.of(RATE), ""), "per_1");
        invoices.keep(id.value(), new Party("Nordlys", "Dubai", "100", Optional.empty(), ""), "per_1");
        return id;
    }

    private static String id(String prefix, int number) {
        return SortableId.of(prefix, NOW.toEpochMilli(), 0, number);
    }

    /// Writes a receipt and answers its impression.
    private String charge(AdvertiserId advertiser, String adGroup, String day, long micros) {
        var impression = id("imp", ++impressions);
        var body = "{\"ad_group\":\"" + adGroup + "\"}";
        append(new Item(
                "receipt",
                impression,
                advertiser.value(),
                id("cmp", 1),
                day,
                "USD",
                micros,
                body.getBytes(StandardCharsets.UTF_8),
                List.of()));
        return impression;
    }

    private void credit(AdvertiserId advertiser, String impression, String day, long micros) {
        var body = "{\"impression\":\"" + impression + "\",\"micros\":" + micros + "}";
        append(new Item(
                "credit",
                "credit/" + impression,
                advertiser.value(),
                id("cmp", 1),
                day,
                "USD",
                0,
                body.getBytes(StandardCharsets.UTF_8),
                List.of()));
    }

    private void append(Item item) {
        log.append(List.of(new ProofStore.Salted(item, SALT)), 0);
    }

    private void end(YearMonth month) {
        log.close(month.atEndOfMonth(), List.of());
    }

    private Document issued(Invoices.Outcome outcome) {
        return assertInstanceOf(Invoices.Outcome.Issued.class, outcome).document();
    }

    private static Invoices.Outcome refused(Invoices.Why why) {
        return new Invoices.Outcome.Refused(why);
    }

    @Test
    void givenTwoMonthsOfCharges_whenBothAreIssued_thenEachLineIsOneAdGroupsMonthAndLeadsToItsReceipts() {
        var advertiser = billed(1);
        charge(advertiser, id("agr", 1), "2026-09-02", 4_000);
        charge(advertiser, id("agr", 1), "2026-09-30", 1_104_000);
        charge(advertiser, id("agr", 2), "2026-09-30", 2_000);
        end(SEPTEMBER);
        var september = issued(invoices.issue(advertiser, SEPTEMBER));
        charge(advertiser, id("agr", 2), "2026-10-01", 9_000_000);
        end(OCTOBER);
        var october = issued(invoices.issue(advertiser, OCTOBER));

        assertEquals(List.of("INV-000001", "INV-000002"), List.of(september.name(), october.name()));
        assertEquals(
                List.of(1_108_000L, 2_000L),
                september.lines().stream().map(Document.Line::micros).toList());
        assertEquals(new Totals(1_110_000, 1_110_000, 170_000), september.totals());
        assertEquals(9_000_000, october.totals().linesMicros());
        assertEquals(
                "/v1/campaigns/" + id("cmp", 1) + "/proof-pack?from=2026-09-01&to=2026-10-01",
                september.lines().getFirst().proofPack(advertiser.value()));
        assertEquals(september, invoices.find("INV-000001").orElseThrow());
        assertTrue(InvoiceCsv.write(september).contains("INV-000001,total,2026-09,,,,,,USD,1.28,\r\n"));
    }

    @Test
    void givenLessThanACent_whenAMonthIsIssued_thenItWaitsForTheNext() {
        var advertiser = billed(1);
        charge(advertiser, id("agr", 1), "2026-09-02", 4_000);
        end(SEPTEMBER);
        assertEquals(refused(Invoices.Why.NOTHING), invoices.issue(advertiser, SEPTEMBER));
        charge(advertiser, id("agr", 1), "2026-10-02", 6_000);
        end(OCTOBER);
        var october = issued(invoices.issue(advertiser, OCTOBER));
        assertEquals("INV-000001", october.name());
        assertEquals(
                List.of(4_000L, 6_000L),
                october.lines().stream().map(Document.Line::micros).toList());
    }

    @Test
    void givenALaterMonthWasIssued_whenAnEarlierOneIsAskedFor_thenWhatCameLateIsOnTheNextAndNothingIsBilledTwice() {
        var advertiser = billed(1);
        charge(advertiser, id("agr", 1), "2026-10-02", 4_000_000);
        end(OCTOBER);
        assertEquals(
                4_000_000, issued(invoices.issue(advertiser, OCTOBER)).totals().linesMicros());
        charge(advertiser, id("agr", 1), "2026-09-30", 1_000_000);
        assertEquals(refused(Invoices.Why.NOTHING), invoices.issue(advertiser, SEPTEMBER));

        end(OCTOBER.plusMonths(1));
        var next = issued(invoices.issue(advertiser, OCTOBER.plusMonths(1)));
        assertEquals(
                List.of(SEPTEMBER),
                next.lines().stream().map(Document.Line::month).toList());
        assertEquals(1_000_000, next.totals().linesMicros());
    }

    @Test
    void givenAnIssuedInvoice_whenItIsAskedForAgain_thenItIsTheSameEvenIfTheParty_orTheLogChangedSince() {
        var advertiser = billed(1);
        charge(advertiser, id("agr", 1), "2026-09-02", 4_000_000);
        end(SEPTEMBER);
        var first = issued(invoices.issue(advertiser, SEPTEMBER));
        charge(advertiser, id("agr", 1), "2026-09-03", 7_000_000);
        invoices.keep(advertiser.value(), new Party("Other", "Cairo", "", Optional.empty(), ""), "per_2");
        assertEquals(first, issued(invoices.issue(advertiser, SEPTEMBER)));

        end(OCTOBER);
        var next = issued(invoices.issue(advertiser, OCTOBER));
        assertEquals(SEPTEMBER, next.lines().getFirst().month(), "what came late is on the next, under its own month");
        assertEquals(7_000_000, next.totals().linesMicros());
        assertEquals("Other", next.buyer().name());
    }

    @Test
    void givenCreditsBeforeAndAfterTheInvoice_whenNotesAreIssued_thenEachIsGivenBackOnce() {
        var advertiser = billed(1);
        var early = charge(advertiser, id("agr", 1), "2026-09-02", 4_000_000);
        var late = charge(advertiser, id("agr", 1), "2026-09-03", 3_000_000);
        var tiny = charge(advertiser, id("agr", 1), "2026-09-04", 3_000);
        end(SEPTEMBER);
        credit(advertiser, early, "2026-10-01", 4_000_000);
        var invoice = issued(invoices.issue(advertiser, SEPTEMBER));
        assertEquals(3_003_000, invoice.totals().linesMicros());
        assertEquals(OCTOBER, invoice.lines().getLast().month(), "a credit stands in the month that its leaf is in");
        assertEquals(refused(Invoices.Why.NOTHING), invoices.creditNote(invoice));

        credit(advertiser, late, "2026-10-05", 3_000_000);
        var note = issued(invoices.creditNote(invoice));
        assertEquals("CN-000001", note.name());
        assertEquals(Optional.of("INV-000001"), note.corrects());
        assertEquals(new Totals(3_000_000, 3_000_000, 450_000), note.totals());
        credit(advertiser, tiny, "2026-10-06", 3_000);
        assertEquals(refused(Invoices.Why.NOTHING), invoices.creditNote(invoice), "0.003 is no coin");

        charge(advertiser, id("agr", 1), "2026-10-07", 5_000_000);
        end(OCTOBER);
        var october = issued(invoices.issue(advertiser, OCTOBER));
        assertEquals(5_000_000, october.totals().linesMicros(), "what September's note gave back is not here too");
    }

    @Test
    void givenAMonthThatHasNotEnded_orPartiesUnknown_whenIssued_thenItIsRefusedAndTakesNoNumber() {
        var stranger = advertiser(7);
        charge(stranger, id("agr", 1), "2026-09-02", 4_000_000);
        assertEquals(refused(Invoices.Why.MONTH_IS_OPEN), invoices.issue(stranger, SEPTEMBER));
        end(SEPTEMBER);
        assertEquals(refused(Invoices.Why.NO_OPERATOR), invoices.issue(stranger, SEPTEMBER));
        var known = billed(1);
        assertEquals(refused(Invoices.Why.NO_BUYER), invoices.issue(stranger, SEPTEMBER));
        assertEquals(refused(Invoices.Why.NOTHING), invoices.issue(known, SEPTEMBER));
        charge(known, id("agr", 1), "2026-09-02", 4_000_000);
        assertEquals("INV-000001", issued(invoices.issue(known, SEPTEMBER)).name());
    }

    @Test
    void givenManyWhoIssueAtOnce_whenAllAreDone_thenNumbersHaveNoGapsAndEachMonthHasOneInvoice() throws Exception {
        var wishes = new ArrayList<Callable<Document>>();
        for (int i = 1; i <= 30; i++) {
            var advertiser = billed(i);
            charge(advertiser, id("agr", i), "2026-09-02", 1_000_000L * i);
            for (int times = 0; times < 3; times++) {
                wishes.add(() -> issued(invoices.issue(advertiser, SEPTEMBER)));
            }
        }
        end(SEPTEMBER);
        java.util.Collections.shuffle(wishes, new Random(4));
        var byAdvertiser = new HashMap<String, Document>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(wishes)) {
                var known = byAdvertiser.putIfAbsent(done.get().advertiser(), done.get());
                assertTrue(known == null || known.equals(done.get()));
            }
        }
        assertEquals(
                LongStream.rangeClosed(1, 30).boxed().toList(),
                byAdvertiser.values().stream().map(Document::number).sorted().toList());
    }

    @Test
    void givenRandomMonths_whenAllIsIssuedAndCredited_thenTheDocumentsAddUpToTheLog() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var advertiser = billed(100 + seed);
            var charged = new ArrayList<Map.Entry<String, Long>>();
            long left = 0;
            for (int month = 1; month <= 4; month++) {
                var of = YearMonth.of(2025, month);
                for (int i = 0; i < 20; i++) {
                    // Some come after the invoice of their month.
                    var day = LocalDate.of(2025, Math.max(1, month - random.nextInt(5) / 4), 1 + random.nextInt(28));
                    long micros = 1 + random.nextLong(3_000_000);
                    charged.add(Map.entry(charge(advertiser, id("agr", i % 3), day.toString(), micros), micros));
                    left += micros;
                }
                for (int i = 0; i < 4; i++) {
                    var back = charged.remove(random.nextInt(charged.size()));
                    credit(advertiser, back.getKey(), of.atDay(28).toString(), back.getValue());
                    left -= back.getValue();
                }
                end(of);
                issued(invoices.issue(advertiser, of));
                for (var invoice : invoices.all(Optional.of(advertiser.value()))) {
                    if (invoice.kind() == Document.Kind.INVOICE) {
                        invoices.creditNote(invoice);
                    }
                }
            }
            long stated = invoices.all(Optional.of(advertiser.value())).stream()
                    .mapToLong(d -> (d.kind() == Document.Kind.INVOICE ? 1 : -1)
                            * d.totals().linesMicros())
                    .sum();
            // A credit too small for its invoice's smallest coin may still wait.
            assertTrue(stated - left >= 0 && stated - left < 4 * Totals.coinMicros(USD), "seed " + seed);
        }
    }

    @Test
    void givenAnIssuedDocument_whenTheFileIsToBeChanged_thenTheFileRefuses() throws Exception {
        var advertiser = billed(1);
        charge(advertiser, id("agr", 1), "2026-09-02", 4_000_000);
        end(SEPTEMBER);
        issued(invoices.issue(advertiser, SEPTEMBER));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("invoices.db"));
                var statement = connection.createStatement()) {
            for (var sql : List.of("UPDATE document SET body = '{}'", "DELETE FROM document")) {
                assertThrows(SQLException.class, () -> statement.execute(sql), sql);
            }
        }
    }
}
