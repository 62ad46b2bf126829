package mizan.server.serve;

import java.util.Map;
import mizan.core.campaign.AdGroupId;
import mizan.core.decision.Snapshot;

/// What each ad group can be worth at most at its present pace: made anew when the book or the pace changes,
/// read by every decision.
final class PacedBounds {
    private volatile Made made = new Made(Map.of(), new long[0], -1);

    @SuppressWarnings("ArrayRecordComponent") // Never compared, and never written after it is made.
    private record Made(Map<AdGroupId, Double> multipliers, long[] micros, long revision) {}

    @SuppressWarnings(
            "ReferenceEquality") // Each step of the pace makes a map of its own; comparing them would cost more.
    long micros(int ordinal, Snapshot snapshot, Map<AdGroupId, Double> multipliers) {
        var known = made;
        if (known.revision() != snapshot.book().revision() || known.multipliers() != multipliers) {
            known = make(snapshot, multipliers);
            made = known;
        }
        return known.micros()[ordinal];
    }

    private static Made make(Snapshot snapshot, Map<AdGroupId, Double> multipliers) {
        var entries = snapshot.entries();
        var micros = new long[entries.size()];
        for (int i = 0; i < micros.length; i++) {
            var entry = entries.get(i);
            micros[i] = entry.boundMicros(multipliers.getOrDefault(entry.group().id(), 1.0));
        }
        return new Made(multipliers, micros, snapshot.book().revision());
    }
}
