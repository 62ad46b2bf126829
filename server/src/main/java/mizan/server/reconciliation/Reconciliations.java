package mizan.server.reconciliation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Book;
import mizan.core.reconciliation.Counted;
import mizan.core.reconciliation.Reconciliation;
import mizan.server.http.Ids;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.reporting.Reports;

/// From a file of counts to a comparison that is kept.
public final class Reconciliations {
    /// Of one advertiser within a day.
    public static final int MAX_A_DAY = 100;
    /// What the field allows the two sides' counts to differ by, unless they agree on something else: a tenth.
    public static final int USUAL_TOLERANCE = 10;

    public static final int MOST_TOLERANCE = 50;

    private final ReconciliationStore store;
    private final Supplier<Book> book;
    private final Reports reports;
    private final InstantSource time;
    private final Ids ids;

    public Reconciliations(
            ReconciliationStore store, Supplier<Book> book, Reports reports, InstantSource time, Ids ids) {
        this.store = store;
        this.book = book;
        this.reports = reports;
        this.time = time;
        this.ids = ids;
    }

    /// Compares a file with what the ledger holds now, and keeps the result.
    ///
    /// @param by the id of a person or key
    /// @throws mizan.server.http.Refused when too many were made in a day
    public synchronized Kept take(Advertiser advertiser, String file, int tolerancePercent, String by)
            throws CountsFile.Unreadable {
        var now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        if (store.since(advertiser.id().value(), now.minus(Duration.ofDays(1))) >= MAX_A_DAY) {
            throw Problem.of(ProblemCode.LIMIT_EXCEEDED, MAX_A_DAY + " files a day")
                    .refused();
        }
        var knowledge = new Knowledge(book.get(), advertiser, reports);
        var read = CountsFile.read(file, knowledge, LocalDate.ofInstant(now, advertiser.timeZone()));
        var days = read.counted().stream().map(Counted::day).sorted().toList();
        var found = days.isEmpty()
                ? new Reconciliation.Found(0, List.of())
                : Reconciliation.of(
                        read.counted(), knowledge.of(read.level(), days.getFirst(), days.getLast()), tolerancePercent);
        var kept = new Kept(
                ids.next(Kept.PREFIX),
                advertiser.id(),
                by,
                now,
                sha256(file),
                advertiser.timeZone(),
                advertiser.currency(),
                read.level(),
                tolerancePercent,
                found.shiftHours(),
                read.rows(),
                read.ignored(),
                read.wrong(),
                found.lines());
        store.put(kept);
        return kept;
    }

    private static String sha256(String file) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(file.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    public Optional<Kept> find(String id) {
        return store.find(id);
    }

    public List<Kept> newest(Optional<String> advertiser, int limit) {
        return store.newest(advertiser, limit);
    }

    public void close() {
        store.close();
    }
}
