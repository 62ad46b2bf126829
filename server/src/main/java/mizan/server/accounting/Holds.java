package mizan.server.accounting;

import java.time.Instant;

/// What one lease holds for impressions that may still be charged, by their sequence: a few numbers each in
/// arrays, for there may be millions. Sequences are given in order and most holds end in it.
///
/// What is held for clicks that may still come shrinks with time. All such holds shrink together, so their sum
/// is kept and nothing is walked through.
final class Holds {
    private static final int AT_FIRST = 8;
    /// In place of an amount: settled or lapsed.
    private static final long ENDED = -1;

    private final ClickSum clicks = new ClickSum();
    /// Where a sequence stands: at the sequence's remainder by the length, which is a power of two.
    private long[] micros = new long[AT_FIRST];
    private long[] untilMillis = new long[AT_FIRST];
    /// For clicks how far all holds had faded when this one began; for others not a number.
    private double[] fadedBefore = new double[AT_FIRST];
    private int first;
    private int next;
    private long whole;

    /// Holds an amount that does not shrink.
    ///
    /// @param until when it can be charged no more
    /// @return its sequence
    int hold(long amount, Instant until) {
        whole += amount;
        return put(amount, Double.NaN, until);
    }

    /// Holds the expected cost of a click.
    ///
    /// @param price what the click will cost
    int holdForClick(long amount, long price, Instant until) {
        return put(amount, clicks.add(amount, price), until);
    }

    private int put(long amount, double faded, Instant until) {
        if (next - first == micros.length) {
            grow();
        }
        int at = at(next);
        micros[at] = amount;
        fadedBefore[at] = faded;
        untilMillis[at] = until.toEpochMilli();
        return next++;
    }

    /// Ends a hold. One that has ended, or never was, stays so.
    void release(int sequence) {
        if (sequence < first || sequence >= next || micros[at(sequence)] == ENDED) {
            return;
        }
        int at = at(sequence);
        if (Double.isNaN(fadedBefore[at])) {
            whole -= micros[at];
        } else {
            clicks.remove(micros[at], fadedBefore[at]);
        }
        micros[at] = ENDED;
        while (first < next && micros[at(first)] == ENDED) {
            first++;
        }
    }

    /// Ends the oldest holds that could only have been charged before this instant.
    void lapse(Instant before) {
        long millis = before.toEpochMilli();
        while (first < next && untilMillis[at(first)] < millis) {
            release(first);
        }
    }

    /// Whether [#lapse] would end one.
    boolean lapses(Instant before) {
        return first < next && untilMillis[at(first)] < before.toEpochMilli();
    }

    ClickSum clicks() {
        return clicks;
    }

    long micros() {
        return whole + clicks.micros();
    }

    private int at(int sequence) {
        return sequence & (micros.length - 1);
    }

    private void grow() {
        int length = micros.length;
        var grownMicros = new long[2 * length];
        var grownUntil = new long[2 * length];
        var grownFaded = new double[2 * length];
        for (int sequence = first; sequence < next; sequence++) {
            int to = sequence & (2 * length - 1);
            grownMicros[to] = micros[at(sequence)];
            grownUntil[to] = untilMillis[at(sequence)];
            grownFaded[to] = fadedBefore[at(sequence)];
        }
        micros = grownMicros;
        untilMillis = grownUntil;
        fadedBefore = grownFaded;
    }
}
