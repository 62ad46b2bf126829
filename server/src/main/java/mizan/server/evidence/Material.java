package mizan.server.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mizan.core.campaign.Advertiser;
import mizan.server.accounting.LedgerBatch;
import mizan.server.app.Engine;
import mizan.server.billing.Document;
import mizan.server.booking.Change;
import mizan.server.booking.Kind;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.DisputeStore;
import mizan.server.findings.Finding;
import mizan.server.findings.FindingsStore;
import mizan.server.people.Act;
import mizan.server.people.Workspace;
import mizan.server.reconciliation.Kept;
import mizan.server.reporting.Reports;

/// Collects what is kept of an advertiser within `[start, end)`.
final class Material {
    private static final int MOST_VERSIONS = 10_000;
    private static final int SLICE = 1_000;

    private final Engine engine;
    private final Workspace workspace;
    private final Advertiser advertiser;
    private final Instant start;
    private final Instant end;

    /// @param from the first day, and `to` the day after the last, as the advertiser's days begin
    Material(Engine engine, Workspace workspace, Advertiser advertiser, LocalDate from, LocalDate to) {
        this.engine = engine;
        this.workspace = workspace;
        this.advertiser = advertiser;
        this.start = from.atStartOfDay(zone()).toInstant();
        this.end = to.atStartOfDay(zone()).toInstant();
    }

    private ZoneId zone() {
        return advertiser.timeZone();
    }

    private boolean within(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }

    /// Every version of everything that is the advertiser's, oldest first.
    List<Change> changes() {
        return things().flatMap(id -> engine.booking().history(id, MOST_VERSIONS).stream())
                .filter(c -> within(c.at()))
                .sorted(Comparator.comparingLong(Change::revision))
                .toList();
    }

    private Stream<String> things() {
        var book = engine.booking().book();
        var ids = new ArrayList<String>(List.of(advertiser.id().value()));
        var campaigns = new HashSet<mizan.core.campaign.CampaignId>();
        var groups = new HashSet<mizan.core.campaign.AdGroupId>();
        book.campaigns().values().stream()
                .filter(c -> c.advertiser().equals(advertiser.id()))
                .forEach(c -> campaigns.add(c.id()));
        book.adGroups().values().stream()
                .filter(g -> campaigns.contains(g.campaign()))
                .forEach(g -> groups.add(g.id()));
        campaigns.forEach(c -> ids.add(c.value()));
        groups.forEach(g -> ids.add(g.value()));
        book.ads().values().stream().filter(a -> groups.contains(a.adGroup())).forEach(a -> ids.add(a.id().value()));
        book.creatives().values().stream()
                .filter(c -> c.advertiser().equals(advertiser.id()))
                .forEach(c -> ids.add(c.id().value()));
        termsIds().forEach(ids::add);
        return ids.stream();
    }

    private List<String> termsIds() {
        return engine.booking().book().terms().values().stream()
                .filter(t -> t.advertiser().equals(advertiser.id()))
                .map(t -> t.id().value())
                .sorted()
                .toList();
    }

    /// A version of terms.
    ///
    /// @param number counted from 1
    record Version(int number, Change change) {}

    /// The versions of terms that were in force at some moment of the period.
    List<Version> terms() {
        var found = new ArrayList<Version>();
        for (var id : termsIds()) {
            var versions = engine.booking().history(id, MOST_VERSIONS).reversed();
            for (int i = 0; i < versions.size(); i++) {
                boolean begun = versions.get(i).at().isBefore(end);
                boolean over =
                        i + 1 < versions.size() && !versions.get(i + 1).at().isAfter(start);
                if (begun && !over && versions.get(i).kind() == Kind.TERMS) {
                    found.add(new Version(i + 1, versions.get(i)));
                }
            }
        }
        return found;
    }

    /// The advertiser's lines of the audit log, oldest first.
    List<Act> acts() {
        var found = new ArrayList<Act>();
        long before = Long.MAX_VALUE;
        while (true) {
            var slice = workspace
                    .store()
                    .acts(before, SLICE, Optional.of(advertiser.id().value()));
            slice.stream().filter(a -> within(a.at())).forEach(found::add);
            if (slice.size() < SLICE || slice.getLast().at().isBefore(start)) {
                return found.reversed();
            }
            before = slice.getLast().sequence();
        }
    }

    /// @param day as the advertiser's days begin
    record Delivered(LocalDate day, String campaign, String adGroup, String ad) {}

    Map<Delivered, LedgerBatch.Counts> delivery() {
        var found = new HashMap<Delivered, LedgerBatch.Counts>();
        for (var hour : engine.reports().hourly(advertiser.id().value(), start, end)) {
            var day = LocalDate.ofInstant(Instant.ofEpochSecond(hour.hour() * 3_600), zone());
            found.merge(
                    new Delivered(day, hour.campaign(), hour.adGroup(), hour.ad()),
                    hour.counts(),
                    LedgerBatch.Counts::plus);
        }
        return found;
    }

    /// What turned bad after it was shown, by when it was shown, newest first.
    List<Finding> findings() {
        var found = new ArrayList<Finding>();
        long below = Long.MAX_VALUE;
        while (true) {
            var slice = engine.findings().newest(Optional.of(advertiser.id().value()), below, SLICE);
            slice.stream()
                    .map(FindingsStore.Numbered::finding)
                    .filter(f -> within(f.servedAt()))
                    .forEach(found::add);
            if (slice.size() < SLICE) {
                return found;
            }
            below = slice.getLast().number();
        }
    }

    /// What was given back for showings of the period.
    List<Reports.Credited> credits() {
        return engine.reports().credited(advertiser.id().value(), start, end);
    }

    /// Opened or spoken of in the period, newest first.
    List<Dispute> disputes() {
        var found = new ArrayList<Dispute>();
        long below = Long.MAX_VALUE;
        while (true) {
            var slice = engine.disputes()
                    .store()
                    .newest(Optional.of(advertiser.id().value()), Optional.empty(), below, SLICE);
            slice.stream()
                    .map(DisputeStore.Numbered::dispute)
                    .filter(d -> d.entries().stream().anyMatch(e -> within(e.at())))
                    .forEach(found::add);
            if (slice.size() < SLICE) {
                return found;
            }
            below = slice.getLast().number();
        }
    }

    List<Kept> reconciliations() {
        return engine.reconciliations().newest(Optional.of(advertiser.id().value()), SLICE).stream()
                .filter(k -> within(k.at()))
                .toList();
    }

    List<Document> invoices() {
        return engine.invoices().map(i -> i.all(Optional.of(advertiser.id().value()))).orElse(List.of()).stream()
                .filter(d -> within(d.issuedAt()) || isOfThePeriod(d))
                .toList();
    }

    private boolean isOfThePeriod(Document document) {
        var first = document.month().atDay(1).atStartOfDay(zone()).toInstant();
        var next = document.month().plusMonths(1).atDay(1).atStartOfDay(zone()).toInstant();
        return first.isBefore(end) && next.isAfter(start);
    }

    /// The platform's own notes of what was spoken with the advertiser.
    List<mizan.server.reporting.Desk.Note> notes() {
        return engine.desk().notes(advertiser.id().value()).stream()
                .filter(n -> within(n.at()))
                .toList();
    }

    Instant start() {
        return start;
    }

    Instant end() {
        return end;
    }
}
