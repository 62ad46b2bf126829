package mizan.server.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where webhooks, and what is on its way to them, are kept. Each call is durable when it returns.
public interface WebhookStore extends AutoCloseable {
    List<Webhook> webhooks();

    void put(Webhook webhook);

    /// With everything that was on its way to it.
    void remove(String webhook);

    /// How far events have been found.
    ///
    /// @param revision of the book
    /// @param at of everything else
    record Found(long revision, Instant at) {}

    Optional<Found> found();

    /// An event for a webhook.
    record Telling(String webhook, Event event) {}

    /// Notes how far events were found and puts them on their way: both or neither. What is on its way already, or was,
    /// stays as it is.
    void found(Found until, List<Telling> tellings);

    /// What is to be tried, the longest due first.
    List<Delivery> due(Instant now, int limit);

    void put(Delivery delivery);

    Optional<Delivery> delivery(long number);

    /// Newest first.
    List<Delivery> newest(String webhook, int limit);

    /// Forgets what arrived or was given up before a moment.
    void forget(Instant before);

    @Override
    void close();

    /// Keeps nothing: a simulation that tells nobody.
    WebhookStore NONE = new WebhookStore() {
        @Override
        public List<Webhook> webhooks() {
            return List.of();
        }

        @Override
        public void put(Webhook webhook) {
            throw new UnsupportedOperationException("nothing is kept here");
        }

        @Override
        public void remove(String webhook) {}

        @Override
        public Optional<Found> found() {
            return Optional.empty();
        }

        @Override
        public void found(Found until, List<Telling> tellings) {}

        @Override
        public List<Delivery> due(Instant now, int limit) {
            return List.of();
        }

        @Override
        public void put(Delivery delivery) {}

        @Override
        public Optional<Delivery> delivery(long number) {
            return Optional.empty();
        }

        @Override
        public List<Delivery> newest(String webhook, int limit) {
            return List.of();
        }

        @Override
        public void forget(Instant before) {}

        @Override
        public void close() {}
    };
}
