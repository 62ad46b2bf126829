package mizan.server.webhooks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mizan.server.billing.Document;
import mizan.server.billing.Invoices;
import mizan.server.booking.Booking;
import mizan.server.booking.Change;
import mizan.server.booking.Kind;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.Disputes;
import mizan.server.findings.Finding;
import mizan.server.findings.Findings;
import mizan.server.people.Approval;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finds events in what is kept: the versions of the book, requests for a second person, findings, documents, disputes.
public final class Happenings {
    private static final int MOST = 1_000;
    private final Booking booking;
    private final Findings findings;
    private final Disputes disputes;
    private final Optional<Invoices> invoices;

    public Happenings(Booking booking, Findings findings, Disputes disputes, Optional<Invoices> invoices) {
        this.booking = booking;
        this.findings = findings;
        this.disputes = disputes;
        this.invoices = invoices;
    }

    /// What the book tells after a revision, and the revision that it was read up to.
    record OfBook(List<Event> events, long revision) {}

    OfBook ofBook(long after) {
        var events = new ArrayList<Event>();
        long revision = after;
        for (var change : booking.changes(after, MOST)) {
            revision = change.revision();
            if (change.kind() == Kind.CAMPAIGN) {
                EventType.ofVerb(change.verb()).ifPresent(type -> events.add(of(change, type)));
            }
        }
        return new OfBook(events, revision);
    }

    private static Event of(Change change, EventType type) {
        var data = json().put("campaign", change.id())
                .put("revision", change.revision())
                .put("why", change.why());
        data.set("entity_status", change.body().path("entity_status"));
        data.set(
                "budget",
                change.body().path("budget").isObject() ? change.body().path("budget") : json());
        var owner = Optional.of(change.body().path("advertiser").asString(""));
        return Event.of("revision " + change.revision(), type, change.at(), owner, data);
    }

    /// Everything else since a moment.
    public List<Event> since(Instant from, Supplier<List<Approval>> approvals) {
        var events = new ArrayList<Event>();
        for (var approval : approvals.get()) {
            if (!approval.askedAt().isBefore(from)) {
                events.add(of(approval, EventType.APPROVAL_ASKED, approval.askedAt()));
            }
            approval.decision()
                    .map(Approval.Decision::at)
                    .filter(at -> !at.isBefore(from))
                    .ifPresent(at -> events.add(of(approval, EventType.APPROVAL_DECIDED, at)));
        }
        findings.newest(Optional.empty(), Long.MAX_VALUE, MOST).stream()
                .filter(f -> !f.finding().changedAt().isBefore(from))
                .forEach(f -> events.add(of(f.number(), f.finding())));
        invoices.ifPresent(all -> all.all(Optional.empty()).stream()
                .filter(document -> !document.issuedAt().isBefore(from))
                .forEach(document -> events.add(of(document))));
        disputes.store()
                .newest(Optional.empty(), Optional.empty(), Long.MAX_VALUE, MOST)
                .forEach(dispute -> {
                    var said = dispute.dispute().entries();
                    for (int i = 0; i < said.size(); i++) {
                        if (!said.get(i).at().isBefore(from)) {
                            events.add(of(dispute.dispute(), i));
                        }
                    }
                });
        return events;
    }

    private static Event of(Approval approval, EventType type, Instant at) {
        var data = json().put("approval", approval.id())
                .put("kind", approval.kind().text())
                .put(
                        "state",
                        type == EventType.APPROVAL_ASKED
                                ? "pending"
                                : approval.state().name().toLowerCase(java.util.Locale.ROOT))
                .put("subject", approval.shown().subject());
        if (approval.shown().micros() > 0 && approval.shown().micros() < Long.MAX_VALUE) {
            data.set(
                    "may_cost",
                    money(approval.shown().micros(), approval.shown().currency()));
        }
        return Event.of(type.text() + " " + approval.id(), type, at, approval.advertiser(), data);
    }

    private static Event of(long number, Finding finding) {
        var data = json().put("impression", finding.impression().value())
                .put("campaign", finding.campaign().value())
                .put("ad", finding.ad().value())
                .put("cause", finding.cause().name().toLowerCase(java.util.Locale.ROOT))
                .put("served_at", finding.servedAt().toString());
        data.set("price", money(finding.priceMicros(), finding.currency().getCurrencyCode()));
        var owner = Optional.of(finding.advertiser().value());
        return Event.of("finding " + number, EventType.LATE_FINDING, finding.changedAt(), owner, data);
    }

    private static Event of(Document document) {
        var data = json().put("document", document.name())
                .put("kind", document.kind().code())
                .put("month", document.month().toString());
        data.set(
                "total",
                money(
                        document.totals().netMicros() + document.totals().taxMicros(),
                        document.currency().getCurrencyCode()));
        return Event.of(
                "document " + document.name(),
                EventType.INVOICE_ISSUED,
                document.issuedAt(),
                Optional.of(document.advertiser()),
                data);
    }

    private static Event of(Dispute dispute, int entry) {
        var said = dispute.entries().get(entry);
        var data = json().put("dispute", dispute.id())
                .put("reason", dispute.reason().code())
                .put("state", dispute.state().code())
                .put("by", said.side().name().toLowerCase(java.util.Locale.ROOT));
        var owner = Optional.of(dispute.advertiser().value());
        return Event.of("dispute " + dispute.id() + " " + entry, EventType.DISPUTE_CHANGED, said.at(), owner, data);
    }

    private static ObjectNode money(long micros, String currency) {
        return json().put("currency", currency).put("micros", micros);
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }
}
