package mizan.server.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.PostChange;
import mizan.server.accounting.Fact;
import mizan.server.journal.Entry;

/// Facts as entries of the journal.
///
/// A decision (kind 1) is its record. An event (kind 2) is its kind, its time in microseconds and its
/// impression's id. A change of a post (kind 3) is a JSON text.
public final class FactCodec {
    public static final byte DECISION = 1;
    public static final byte EVENT = 2;
    public static final byte POST_CHANGE = 3;

    private FactCodec() {}

    static byte[] event(AdEvent event) {
        var id = event.impression().value().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(9 + id.length)
                .put(code(event.kind()))
                .putLong(DecisionCodec.micros(event.at()))
                .put(id)
                .array();
    }

    public static byte[] postChange(PostChange change) {
        return PostChangeCodec.write(change);
    }

    /// The fact in this entry; empty for a kind that a later version may have written.
    public static Optional<Fact> read(Entry entry) {
        return switch (entry.kind()) {
            case DECISION ->
                Optional.of(new Fact.Decided(entry.start(), DecisionCodec.read(entry.payload()), Map.of()));
            case EVENT -> Optional.of(happened(entry));
            case POST_CHANGE -> Optional.of(new Fact.PostChanged(entry.start(), PostChangeCodec.read(entry.payload())));
            default -> Optional.empty();
        };
    }

    private static Fact happened(Entry entry) {
        var in = ByteBuffer.wrap(entry.payload());
        var kind = kind(in.get());
        var at = DecisionCodec.instant(in.getLong());
        var id = new byte[in.remaining()];
        in.get(id);
        return new Fact.Happened(
                entry.start(), new AdEvent(new ImpressionId(new String(id, StandardCharsets.US_ASCII)), kind, at));
    }

    private static byte code(AdEvent.Kind kind) {
        return switch (kind) {
            case RENDERED -> 1;
            case VIEWABLE -> 2;
            case CLICK -> 3;
            case HIDE -> 4;
        };
    }

    private static AdEvent.Kind kind(byte code) {
        return switch (code) {
            case 1 -> AdEvent.Kind.RENDERED;
            case 2 -> AdEvent.Kind.VIEWABLE;
            case 3 -> AdEvent.Kind.CLICK;
            case 4 -> AdEvent.Kind.HIDE;
            default -> throw new IllegalArgumentException("no event has the code " + code);
        };
    }
}
