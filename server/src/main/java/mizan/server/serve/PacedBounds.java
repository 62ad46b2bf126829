package mizan.server.serve;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import mizan.core.campaign.CampaignId;
import mizan.core.decision.Snapshot;
import mizan.core.targeting.TargetingIndex;

/// What each ad group can be worth at most at its present pace: made anew block by block when the book or the
/// pace changes, read by every decision.
final class PacedBounds {
    private volatile AtomicReferenceArray<Made> blocks = new AtomicReferenceArray<>(0);

    @SuppressWarnings("ArrayRecordComponent") // Never compared, and never written after it is made.
    private record Made(Map<CampaignId, Double> multipliers, List<Snapshot.Entry> entries, long[] micros) {
        @SuppressWarnings("ReferenceEquality") // The same list is the same block, the same map the same step.
        boolean fits(Map<CampaignId, Double> step, List<Snapshot.Entry> block) {
            return multipliers == step && entries == block;
        }
    }

    long micros(int ordinal, Snapshot snapshot, Map<CampaignId, Double> multipliers) {
        int block = ordinal / TargetingIndex.BLOCK;
        var known = blocks;
        if (known.length() <= block) {
            known = longer(known, snapshot.blocks());
            blocks = known;
        }
        var made = known.get(block);
        if (made == null || !made.fits(multipliers, snapshot.block(block))) {
            made = make(snapshot.block(block), multipliers);
            known.set(block, made);
        }
        return made.micros()[ordinal % TargetingIndex.BLOCK];
    }

    private static AtomicReferenceArray<Made> longer(AtomicReferenceArray<Made> known, int length) {
        var longer = new AtomicReferenceArray<Made>(length);
        for (int i = 0; i < known.length(); i++) {
            longer.set(i, known.get(i));
        }
        return longer;
    }

    private static Made make(List<Snapshot.Entry> entries, Map<CampaignId, Double> multipliers) {
        var micros = new long[entries.size()];
        for (int i = 0; i < micros.length; i++) {
            var entry = entries.get(i);
            micros[i] =
                    entry.boundMicros(multipliers.getOrDefault(entry.campaign().id(), 1.0));
        }
        return new Made(multipliers, entries, micros);
    }
}
