package mizan.server.transparency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import mizan.core.decision.Explanation;
import mizan.core.transparency.Rate;
import mizan.server.accounting.Accountant;
import mizan.server.accounting.Fact;
import mizan.server.accounting.LedgerBatch.Counts;
import mizan.server.booking.Booking;
import mizan.server.findings.Findings;
import mizan.server.journal.Journal;
import mizan.server.proof.Sealing;
import mizan.server.reporting.Reports;
import mizan.server.serve.FactCodec;
import mizan.server.serve.RecentDecisions;
import mizan.server.serve.Snapshots;

/// Counts what the trust page says from what is recorded anyway.
///
/// @param sealing that of the public log
public record TrustCount(Ledger ledger, Pages pages, Findings findings, Sealing sealing, InstantSource time) {
    private static final int FINDINGS_AT_ONCE = 500;

    /// Where money and events are recorded.
    public record Ledger(Reports reports, Accountant accountant, Booking booking) {}

    /// Where pages are recorded.
    public record Pages(RecentDecisions recent, Journal journal, Snapshots snapshots) {}

    /// @param from the first day (UTC), and `to` the first that is not counted
    public TrustFigures between(LocalDate from, LocalDate to) {
        var reports = ledger.reports();
        var counts = reports.daily(Reports.By.ADVERTISER, start(from), start(to), Optional.empty()).values().stream()
                .reduce(Counts.NONE, Counts::plus);
        long invalid = reports.invalid(from, to);
        var sample = sample(start(from), start(to));
        return new TrustFigures(
                time.instant(),
                from,
                to,
                sample.load(),
                reports.reasons(from, to),
                sample.violations(),
                Rate.of(found(start(from), start(to)), counts.decided()),
                Rate.of(invalid, invalid + counts.events()),
                reports.credits(start(from), start(to)),
                money(from, to),
                seal());
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// What pages showed, and how many of their ads stood beside a post that their terms exclude.
    private record Sample(TrustFigures.Load load, Rate violations) {}

    /// Each page of the last seven days is as likely to be in it as any other. Ads whose terms have changed since are
    /// not judged.
    private Sample sample(Instant from, Instant to) {
        var snapshot = pages.snapshots().current().snapshot();
        long seen = 0;
        long posts = 0;
        long ads = 0;
        long judged = 0;
        long breaches = 0;
        for (long position : pages.recent().pages(time.instant()).positions()) {
            var decided = pages.journal().at(position).flatMap(FactCodec::decision);
            var record = decided.map(Fact.Decided::record).filter(r -> !r.at().isBefore(from) && r.at().isBefore(to));
            if (record.isPresent()) {
                seen++;
                posts += record.get().posts().size();
                ads += record.get().impressions().size();
                judged += Explanation.judged(record.get(), snapshot);
                breaches += Explanation.breaches(record.get(), snapshot);
            }
        }
        return new Sample(new TrustFigures.Load(seen, posts, ads), Rate.of(breaches, judged));
    }

    /// Ads placed within a span, of which it was found later that they stood beside a post that turned bad.
    private long found(Instant from, Instant to) {
        long count = 0;
        var page = findings.newest(Optional.empty(), Long.MAX_VALUE, FINDINGS_AT_ONCE);
        while (!page.isEmpty()) {
            for (var one : page) {
                var at = one.finding().servedAt();
                count += !at.isBefore(from) && at.isBefore(to) ? 1 : 0;
            }
            // Nothing is found before it was shown, and numbers grow with the changes that it was found by.
            page = page.getLast().finding().changedAt().isBefore(from)
                    ? List.of()
                    : findings.newest(Optional.empty(), page.getLast().number(), FINDINGS_AT_ONCE);
        }
        return count;
    }

    private TrustFigures.Money money(LocalDate from, LocalDate to) {
        var sums = ledger.reports().sums();
        return new TrustFigures.Money(
                new Budgets(ledger.booking(), ledger.accountant()).passedBy(from, to),
                sums.ledgerSum() == 0
                        && sums.wrongBalances().isEmpty()
                        && sums.negative().isEmpty());
    }

    /// What the newest checkpoint says of itself: its name, size and root, and who else signed it.
    private Optional<TrustFigures.Seal> seal() {
        try {
            return sealing.files().read("checkpoint").map(bytes -> {
                var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
                var log = lines.getFirst();
                var witnesses = lines.stream()
                        .filter(line -> line.startsWith("\u2014 "))
                        .map(line -> line.split(" ")[1])
                        .filter(name -> !name.equals(log))
                        .distinct()
                        .toList();
                return new TrustFigures.Seal(
                        log,
                        Long.parseLong(lines.get(1)),
                        lines.get(2),
                        witnesses,
                        sealing.stopped().isPresent());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
