package mizan.server.billing;

import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import mizan.core.billing.Totals;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.Text;
import mizan.core.identity.SortableId;
import mizan.server.billing.Document.Kind;
import mizan.server.billing.Document.Line;
import mizan.server.billing.Document.What;
import mizan.server.proof.ProofStore;

/// Issues invoices and credit notes from what the log holds.
///
/// An invoice covers every charge up to the end of its month that no earlier one covers, so a charge that came late is
/// on the next, under its own month. What is credited before the invoice is on it; what is credited after it is given
/// back by a credit note. Nothing issued is ever changed.
public final class Invoices implements AutoCloseable {
    private final InvoiceStore store;
    private final ProofStore proof;
    private final Supplier<Book> books;
    private final InstantSource time;

    public Invoices(InvoiceStore store, ProofStore proof, Supplier<Book> books, InstantSource time) {
        this.store = store;
        this.proof = proof;
        this.books = books;
        this.time = time;
    }

    /// What became of a wish for a document.
    public sealed interface Outcome {
        /// @param document issued now, or, when it was issued before, as it was then
        record Issued(Document document) implements Outcome {}

        record Refused(Why why) implements Outcome {}
    }

    /// Why no document was issued.
    public enum Why {
        /// Days of the month are not closed in the log yet.
        MONTH_IS_OPEN,
        /// Nobody said who bills, or with what tax.
        NO_OPERATOR,
        /// Nobody said who is billed.
        NO_BUYER,
        /// Less than the smallest coin is left to bill, or to give back: it waits for the next document.
        NOTHING
    }

    /// The invoice of an advertiser for a month. Asked again, it answers the one that was issued.
    public synchronized Outcome issue(AdvertiserId advertiser, YearMonth month) {
        var earlier = invoices(advertiser.value());
        var issued = earlier.stream().filter(d -> d.month().equals(month)).findFirst();
        if (issued.isPresent()) {
            return new Outcome.Issued(issued.get());
        }
        // Each invoice begins where the last one ended: one for an earlier month would let the next bill days again.
        if (earlier.stream().anyMatch(d -> d.month().isAfter(month))) {
            return new Outcome.Refused(Why.NOTHING);
        }
        var until = month.plusMonths(1).atDay(1);
        if (proof.closedDay().filter(day -> !day.isBefore(until.minusDays(1))).isEmpty()) {
            return new Outcome.Refused(Why.MONTH_IS_OPEN);
        }
        var seller = store.party(Party.OPERATOR).filter(p -> p.rate().isPresent());
        var buyer = store.party(advertiser.value());
        if (seller.isEmpty() || buyer.isEmpty()) {
            return new Outcome.Refused(seller.isEmpty() ? Why.NO_OPERATOR : Why.NO_BUYER);
        }
        var last = earlier.isEmpty() ? Optional.<Document>empty() : Optional.of(earlier.getLast());
        var currency = currency(advertiser);
        var draft = new Draft(advertiser.value(), month, currency, proof.size());
        var lines = draft.lines(last);
        var rate = buyer.get().rate().or(seller.get()::rate).orElseThrow();
        var totals = Totals.of(sum(lines), rate, currency);
        if (totals.netMicros() == 0) {
            return new Outcome.Refused(Why.NOTHING);
        }
        return new Outcome.Issued(store.add(
                Kind.INVOICE,
                number -> new Document(
                        Kind.INVOICE,
                        number,
                        Optional.empty(),
                        advertiser.value(),
                        month,
                        currency,
                        time.instant(),
                        seller.get(),
                        buyer.get(),
                        lines,
                        rate,
                        buyer.get().note().isEmpty()
                                ? seller.get().note()
                                : buyer.get().note(),
                        totals,
                        draft.size())));
    }

    /// A credit note for what was credited since an invoice and its earlier notes, with the invoice's parties and tax.
    public synchronized Outcome creditNote(Document invoice) {
        var notes = store.all(Optional.of(invoice.advertiser())).stream()
                .filter(d -> d.corrects().equals(Optional.of(invoice.name())))
                .toList();
        long since = notes.isEmpty() ? invoice.logSize() : notes.getLast().logSize();
        var draft = new Draft(invoice.advertiser(), invoice.month(), invoice.currency(), proof.size());
        var before = invoices(invoice.advertiser()).stream()
                .filter(d -> d.number() < invoice.number())
                .toList();
        var lines = draft.credits(c -> c.index() >= since && covers(invoice, before, c));
        long given = -sum(lines);
        long left = invoice.totals().linesMicros()
                - notes.stream().mapToLong(n -> n.totals().linesMicros()).sum();
        var totals = Totals.of(left, invoice.rate(), invoice.currency())
                .less(Totals.of(Math.subtractExact(left, given), invoice.rate(), invoice.currency()));
        if (totals.netMicros() == 0) {
            return new Outcome.Refused(Why.NOTHING);
        }
        return new Outcome.Issued(store.add(
                Kind.CREDIT_NOTE,
                number -> new Document(
                        Kind.CREDIT_NOTE,
                        number,
                        Optional.of(invoice.name()),
                        invoice.advertiser(),
                        invoice.month(),
                        invoice.currency(),
                        time.instant(),
                        invoice.seller(),
                        invoice.buyer(),
                        lines,
                        invoice.rate(),
                        invoice.taxNote(),
                        totals,
                        draft.size())));
    }

    private static boolean covers(Document invoice, List<Document> before, ProofStore.Credited credit) {
        return invoice.covers(credit.chargedDay(), credit.chargedIndex())
                && before.stream().noneMatch(d -> d.covers(credit.chargedDay(), credit.chargedIndex()));
    }

    private List<Document> invoices(String advertiser) {
        return store.all(Optional.of(advertiser)).stream()
                .filter(d -> d.kind() == Kind.INVOICE)
                .toList();
    }

    private Currency currency(AdvertiserId advertiser) {
        return Objects.requireNonNull(books.get().advertisers().get(advertiser)).currency();
    }

    private static long sum(List<Line> lines) {
        long sum = 0;
        for (var line : lines) {
            sum = Math.addExact(sum, line.what() == What.BILLED ? line.micros() : -line.micros());
        }
        return sum;
    }

    /// A document under way: what the log held when it was begun.
    private final class Draft {
        private final String advertiser;
        private final YearMonth month;
        private final Currency currency;
        private final long size;
        private final Book book = books.get();

        Draft(String advertiser, YearMonth month, Currency currency, long size) {
            this.advertiser = advertiser;
            this.month = month;
            this.currency = currency;
            this.size = size;
        }

        long size() {
            return size;
        }

        /// Everything up to the end of the month that the last invoice does not cover.
        List<Line> lines(Optional<Document> last) {
            var until = month.plusMonths(1).atDay(1);
            var after =
                    last.map(d -> new ProofStore.Reach(d.until(), d.logSize())).orElse(ProofStore.Reach.NOTHING);
            var lines = new ArrayList<Line>();
            for (var billed : proof.billed(advertiser, currency, after, new ProofStore.Reach(until, size))) {
                lines.add(line(What.BILLED, billed));
            }
            lines.addAll(credits(c -> c.chargedDay().isBefore(until)
                    && last.filter(d -> d.covers(c.chargedDay(), c.chargedIndex()))
                            .isEmpty()));
            return lines;
        }

        List<Line> credits(Predicate<ProofStore.Credited> wanted) {
            var sums = new TreeMap<String, ProofStore.Billed>();
            for (var credit : proof.credited(advertiser, currency)) {
                if (credit.index() < size && wanted.test(credit)) {
                    var month = YearMonth.from(credit.day());
                    sums.merge(
                            month + " " + credit.campaign() + " " + credit.adGroup(),
                            new ProofStore.Billed(month, credit.campaign(), credit.adGroup(), 1, credit.micros()),
                            ProofStore.Billed::plus);
                }
            }
            return sums.values().stream().map(sum -> line(What.CREDITED, sum)).toList();
        }

        private Line line(What what, ProofStore.Billed sum) {
            return new Line(
                    what,
                    sum.month(),
                    sum.campaign(),
                    campaignName(sum.campaign()),
                    sum.adGroup(),
                    adGroupName(sum.adGroup()),
                    sum.count(),
                    sum.micros());
        }

        private Text campaignName(String id) {
            return Optional.of(id)
                    .filter(i -> SortableId.hasForm(CampaignId.PREFIX, i))
                    .flatMap(i -> Optional.ofNullable(book.campaigns().get(new CampaignId(i))))
                    .map(c -> c.name())
                    .orElse(unnamed(id));
        }

        private Text adGroupName(String id) {
            return Optional.of(id)
                    .filter(i -> SortableId.hasForm(AdGroupId.PREFIX, i))
                    .flatMap(i -> Optional.ofNullable(book.adGroups().get(new AdGroupId(i))))
                    .map(g -> g.name())
                    .orElse(unnamed(id));
        }

        private static Text unnamed(String id) {
            return new Text(Map.of("en", id));
        }
    }

    /// The last month that has ended.
    public YearMonth lastMonth() {
        return YearMonth.from(time.instant().atZone(ZoneOffset.UTC)).minusMonths(1);
    }

    /// Oldest first.
    public List<Document> all(Optional<String> advertiser) {
        return store.all(advertiser);
    }

    /// @param name such as `INV-000001`
    public Optional<Document> find(String name) {
        return store.find(name);
    }

    /// @param id an advertiser's, or [Party#OPERATOR]
    public Optional<Party> party(String id) {
        return store.party(id);
    }

    public void keep(String id, Party party, String actor) {
        store.keep(id, party, actor, time.instant());
    }

    @Override
    public void close() {
        store.close();
    }
}
