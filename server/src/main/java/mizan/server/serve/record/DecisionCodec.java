package mizan.server.serve.record;

import java.nio.BufferUnderflowException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import mizan.core.campaign.DemandTier;
import mizan.core.campaign.PlacementId;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Stopped;

/// A decision record as packed bytes behind a format number.
///
/// The layout is described in `docs/formats/decision.md`. A reader refuses a format it does not know.
public final class DecisionCodec {
    static final byte FORMAT = 7;

    /// As many as there are processors that encode at once; more are made when they are needed and let go.
    private static final ArrayBlockingQueue<Pack> PACKS = new ArrayBlockingQueue<>(16);

    private DecisionCodec() {}

    public static byte[] write(DecisionRecord record) {
        var free = PACKS.poll();
        var pack = free == null ? new Pack() : free;
        record(pack.begin(), record);
        var bytes = pack.toBytes();
        if (pack.keepable()) {
            PACKS.offer(pack);
        }
        return bytes;
    }

    private static void record(Pack out, DecisionRecord record) {
        out.number(FORMAT);
        out.onlyId(record.id().value());
        out.instant(record.at());
        out.fixed(record.seed());
        out.number(record.bookRevision());
        out.number(record.learnedUpTo());
        out.id(record.placement().value());
        AudienceCodec.viewer(out, record.viewer());
        AudienceCodec.session(out, record.session());
        out.list(record.posts(), (o, post) -> PostCodec.write(o, post, record.at()));
        out.list(record.facts(), FactsCodec::write);
        out.optional(record.stopped().map(stopped -> stopped.tier().name()));
        record.stopped().ifPresent(stopped -> out.number(stopped.boundMicros()));
        out.list(record.impressions(), ImpressionCodec::write);
        out.list(record.empty(), ImpressionCodec::empty);
        out.texts(record.unfunded());
        out.list(record.ghosts(), ImpressionCodec::ghost);
        record.offer().ifPresent(offer -> AudienceCodec.offer(out, offer));
    }

    /// @throws IllegalArgumentException when the bytes are not a record of a known format
    public static DecisionRecord read(byte[] bytes) {
        try {
            var in = new Unpack(bytes);
            if (in.number() != FORMAT) {
                throw new IllegalArgumentException("it was written by another version of Mizan");
            }
            var record = record(in);
            if (!in.atEnd()) {
                throw new IllegalArgumentException("there is more than was announced");
            }
            return record;
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("not a decision record: " + e.getMessage(), e);
        }
    }

    private static DecisionRecord record(Unpack in) {
        var id = new DecisionId(in.onlyId(DecisionId.PREFIX));
        var at = in.instant();
        return new DecisionRecord(
                id,
                at,
                in.fixed(),
                in.number(),
                in.number(),
                new PlacementId(in.id(PlacementId.PREFIX)),
                AudienceCodec.viewer(in),
                AudienceCodec.session(in),
                in.list(post -> PostCodec.read(post, at)),
                in.list(FactsCodec::read),
                stopped(in),
                in.list(impression -> ImpressionCodec.read(impression, id, at)),
                in.list(ImpressionCodec::empty),
                in.texts(),
                in.list(ImpressionCodec::ghost),
                in.atEnd() ? Optional.empty() : Optional.of(AudienceCodec.offer(in)));
    }

    private static Optional<Stopped> stopped(Unpack in) {
        return in.optional().map(tier -> new Stopped(DemandTier.valueOf(tier), in.number()));
    }
}
