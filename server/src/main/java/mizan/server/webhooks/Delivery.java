package mizan.server.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One event on its way to one webhook.
///
/// @param number counts all deliveries
/// @param tries so far
/// @param nextAt when it is tried again; of no meaning once it has arrived or was given up
/// @param said what the last try brought: a status, or why there was none; empty before the first
public record Delivery(long number, String webhook, Event event, State state, int tries, Instant nextAt, String said) {
    /// How long after each failed try the next one follows: 10 tries, the last one 67 hours after the first.
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(8),
            Duration.ofHours(16),
            Duration.ofHours(40));

    public enum State {
        WAITING,
        ARRIVED,
        GIVEN_UP
    }

    Delivery arrived(String with) {
        return new Delivery(number, webhook, event, State.ARRIVED, tries + 1, nextAt, with);
    }

    Delivery failed(String with, Instant now) {
        return tries < PAUSES.size()
                ? new Delivery(number, webhook, event, State.WAITING, tries + 1, now.plus(PAUSES.get(tries)), with)
                : new Delivery(number, webhook, event, State.GIVEN_UP, tries + 1, nextAt, with);
    }

    Delivery again(Instant now) {
        return new Delivery(number, webhook, event, State.WAITING, 0, now, said);
    }
}
