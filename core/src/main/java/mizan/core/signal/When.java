package mizan.core.signal;

import java.time.LocalDate;

/// The time that a sentence speaks of, as a half-open range of days.
///
/// @param from the first day
/// @param to the day after the last
/// @param stated whether the sentence names it; otherwise it is the day of the text, which says only that it
///     was known by then
public record When(LocalDate from, LocalDate to, boolean stated) {
    public When {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("no day from " + from + " to " + to);
        }
    }

    static When unstated(LocalDate published) {
        return new When(published, published.plusDays(1), false);
    }

    static When stated(LocalDate from, LocalDate to) {
        return new When(from, to, true);
    }
}
