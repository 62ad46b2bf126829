package mizan.server.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
    private Optional<Instant> at = Optional.empty();
    private Duration delay = Duration.ofMinutes(1);

    /// @param newDelay mean click delay from now on, at least a millisecond; absent when it did not change
    void fade(Instant now, Optional<Duration> newDelay) {
        double millis = at.map(a -> Duration.between(a, now).toMillis()).orElse(0L);
        if (millis > 0) {
            double more = millis / delay.toMillis();
            faded += more;
            micros *= Math.exp(-more);
        }
        at = Optional.of(at.filter(a -> a.isAfter(now)).orElse(now));
        delay = newDelay.orElse(delay);
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
