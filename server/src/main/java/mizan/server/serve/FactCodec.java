package mizan.server.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongFunction;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.PostChange;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.accounting.Fact;
import mizan.server.journal.Entry;
import mizan.server.serve.record.DecisionCodec;
import mizan.server.serve.record.Micros;

/// Facts as entries of the journal.
///
/// A decision (kind 1) is its record. An event (kind 2) is its kind, why it is invalid (0: it is not), its time in
/// microseconds, the position of its decision and its impression's id. A change of a post (kind 3) is a JSON text.
public final class FactCodec {
    public static final byte DECISION = 1;
    public static final byte EVENT = 2;
    public static final byte POST_CHANGE = 3;

    private FactCodec() {}

    /// @param decidedAt where in the journal its decision stands
    static byte[] event(AdEvent event, long decidedAt) {
        var id = event.impression().value().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(18 + id.length)
                .put(code(event.kind()))
                .put(event.invalid().map(FactCodec::code).orElse((byte) 0))
                .putLong(Micros.of(event.at()))
                .putLong(decidedAt)
                .put(id)
                .array();
    }

    public static byte[] postChange(PostChange change) {
        return PostChangeCodec.write(change);
    }

    /// The fact in this entry; empty for a kind that a later version may have written.
    ///
    /// @param decisions finds the decision at a position
    static Optional<Fact> read(Entry entry, LongFunction<Optional<Fact.Decided>> decisions) {
        return switch (entry.kind()) {
            case DECISION -> Optional.of(decided(entry));
            case EVENT -> Optional.of(happened(entry, decisions));
            case POST_CHANGE -> Optional.of(new Fact.PostChanged(entry.start(), PostChangeCodec.read(entry.payload())));
            default -> Optional.empty();
        };
    }

    /// The same, without looking for the decision of an event.
    public static Optional<Fact> read(Entry entry) {
        return read(entry, _ -> Optional.empty());
    }

    /// The decision in this entry; empty when it is something else.
    public static Optional<Fact.Decided> decision(Entry entry) {
        return entry.kind() == DECISION ? Optional.of(decided(entry)) : Optional.empty();
    }

    private static Fact.Decided decided(Entry entry) {
        return new Fact.Decided(entry.start(), DecisionCodec.read(entry.payload()));
    }

    private static Fact happened(Entry entry, LongFunction<Optional<Fact.Decided>> decisions) {
        var in = ByteBuffer.wrap(entry.payload());
        var kind = kind(in.get());
        var invalid = invalid(in.get());
        var at = Micros.instant(in.getLong());
        long decidedAt = in.getLong();
        var id = new byte[in.remaining()];
        in.get(id);
        return new Fact.Happened(
                entry.start(),
                new AdEvent(new ImpressionId(new String(id, StandardCharsets.US_ASCII)), kind, at, invalid),
                decisions.apply(decidedAt));
    }

    private static byte code(InvalidTraffic invalid) {
        return switch (invalid) {
            case CRAWLER -> 1;
            case NO_AGENT -> 2;
            case PREFETCH -> 3;
            case DATA_CENTRE -> 4;
            case HIDDEN -> 5;
            case NO_SIZE -> 6;
            case FAST_CLICK -> 7;
            case DOUBLE_CLICK -> 8;
            case REPLAYED -> 9;
            case MANY_CLICKS -> 10;
            case MANY_IMPRESSIONS -> 11;
            case HOARDED -> 12;
        };
    }

    private static Optional<InvalidTraffic> invalid(byte code) {
        return switch (code) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(InvalidTraffic.CRAWLER);
            case 2 -> Optional.of(InvalidTraffic.NO_AGENT);
            case 3 -> Optional.of(InvalidTraffic.PREFETCH);
            case 4 -> Optional.of(InvalidTraffic.DATA_CENTRE);
            case 5 -> Optional.of(InvalidTraffic.HIDDEN);
            case 6 -> Optional.of(InvalidTraffic.NO_SIZE);
            case 7 -> Optional.of(InvalidTraffic.FAST_CLICK);
            case 8 -> Optional.of(InvalidTraffic.DOUBLE_CLICK);
            case 9 -> Optional.of(InvalidTraffic.REPLAYED);
            case 10 -> Optional.of(InvalidTraffic.MANY_CLICKS);
            case 11 -> Optional.of(InvalidTraffic.MANY_IMPRESSIONS);
            case 12 -> Optional.of(InvalidTraffic.HOARDED);
            default -> throw new IllegalArgumentException("unknown reason for invalid traffic " + code);
        };
    }

    private static byte code(AdEvent.Kind kind) {
        return switch (kind) {
            case RENDERED -> 1;
            case VIEWABLE -> 2;
            case CLICK -> 3;
            case HIDE -> 4;
            case HIDE_ADVERTISER -> 5;
            case SHOW_AGAIN -> 6;
        };
    }

    private static AdEvent.Kind kind(byte code) {
        return switch (code) {
            case 1 -> AdEvent.Kind.RENDERED;
            case 2 -> AdEvent.Kind.VIEWABLE;
            case 3 -> AdEvent.Kind.CLICK;
            case 4 -> AdEvent.Kind.HIDE;
            case 5 -> AdEvent.Kind.HIDE_ADVERTISER;
            case 6 -> AdEvent.Kind.SHOW_AGAIN;
            default -> throw new IllegalArgumentException("no event has the code " + code);
        };
    }
}
