package mizan.server.accounting;

import java.time.Duration;
import java.time.Instant;

/// The sum of what one lease holds for clicks that may still come. All holds shrink together, so nothing is
/// walked through.
///
/// It decides only whether another ad may be shown. Whether a click can be charged is decided by the lease, when
/// it is folded.
final class ClickSum {
    /// In time constants of the click delay since the beginning.
    private double faded;

    private double micros;
    private double lastPrice;
    private int held;
    /// 0 until time is first told.
    private long atMillis;
    private long delayMillis = Duration.ofMinutes(1).toMillis();

    /// Time has passed.
    void fade(Instant now) {
        long nowMillis = now.toEpochMilli();
        if (atMillis > 0 && nowMillis > atMillis) {
            double more = (double) (nowMillis - atMillis) / delayMillis;
            faded += more;
            // Of nothing nothing is left.
            micros = micros == 0 ? 0 : micros * Math.exp(-more);
        }
        atMillis = Math.max(atMillis, nowMillis);
    }

    /// @param delay mean click delay from now on, at least a millisecond
    void delay(Duration delay) {
        delayMillis = delay.toMillis();
    }

    /// @param price what the click will cost
    /// @return how far everything had faded when it came, which [#remove] wants to know
    double add(long amount, long price) {
        micros += amount;
        lastPrice = price;
        held++;
        return faded;
    }

    void remove(long amount, double fadedBefore) {
        held--;
        double left = amount * Math.exp(fadedBefore - faded);
        // The sum forgets its rounding errors with the last hold.
        micros = held == 0 ? 0 : Math.max(0, micros - left);
    }

    /// What is expected and one standard deviation above it, rounded up. Clicks come one by one, so of `n`
    /// expected ones the square root of `n` more are no surprise. As they come or do not, the margin shrinks, and
    /// the money is used after all.
    long micros() {
        return (long) Math.ceil(micros + Math.sqrt(micros * lastPrice));
    }
}
