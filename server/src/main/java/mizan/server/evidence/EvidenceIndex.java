package mizan.server.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What the readable page of a pack shows; everything in full is in the files beside it.
///
/// @param last the last day
/// @param more changes that are in their file only
public record EvidenceIndex(
        String advertiser,
        String id,
        LocalDate from,
        LocalDate last,
        String zone,
        String currency,
        Instant madeAt,
        String madeBy,
        List<Changed> changes,
        int more,
        List<InForce> terms,
        Delivered delivered,
        long findings,
        Money credits,
        List<Disputed> disputes,
        List<Invoiced> invoices,
        List<PackedFile> files) {
    public EvidenceIndex {
        changes = List.copyOf(changes);
        terms = List.copyOf(terms);
        disputes = List.copyOf(disputes);
        invoices = List.copyOf(invoices);
        files = List.copyOf(files);
    }

    /// @param verb the end of the key of its words, where it has some
    public record Changed(Instant at, String who, String verb, String what, String why) {}

    /// A version of terms that was in force in the period.
    public record InForce(String name, int version, Instant since, String level, Optional<Signed> signed) {}

    public record Signed(String by, Instant at) {}

    public record Delivered(long impressions, long viewable, long clicks, long billed, long micros) {}

    public record Money(long times, long micros) {}

    /// @param reason and `state` are ends of keys of words
    public record Disputed(String id, String campaign, String reason, String state, Instant at, long creditedMicros) {}

    /// A document that was issued.
    public record Invoiced(String name, Instant at, long totalMicros) {}

    public record PackedFile(String name, long bytes, String sha256) {}
}
