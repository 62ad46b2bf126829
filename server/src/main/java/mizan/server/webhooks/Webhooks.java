package mizan.server.webhooks;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import mizan.server.billing.Invoices;
import mizan.server.booking.Booking;
import mizan.server.disputes.Disputes;
import mizan.server.findings.Findings;
import mizan.server.http.Ids;
import mizan.server.people.Approval;
import mizan.server.reading.pull.Outbound;
import mizan.server.webhooks.WebhookStore.Found;
import mizan.server.webhooks.WebhookStore.Telling;
import tools.jackson.databind.node.JsonNodeFactory;

/// Tells programs of others what happens: finds events, sends each until it arrives, and gives a webhook up that has
/// failed for three days. The engine has no network: whoever has one moves this on.
public final class Webhooks implements AutoCloseable {
    /// How long an old secret signs beside a new one.
    public static final Duration OVERLAP = Duration.ofDays(1);

    /// So many for each advertiser, and for the platform.
    public static final int MOST = 20;

    /// Characters of an address.
    public static final int MAX_URL = 500;

    static final Duration FAILS_AT_MOST = Duration.ofDays(3);
    private static final Duration KEPT = Duration.ofDays(30);

    /// What is written down a little late still counts as new.
    private static final Duration LATE = Duration.ofMinutes(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_FORGETTING = Duration.ofHours(1);
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final int MOST_AT_ONCE = 50;
    private static final int LONGEST_ANSWER = 4_096;
    private static final int LONGEST_SAID = 200;
    private static final int GONE = 410;
    private final WebhookStore store;
    private final Happenings happenings;
    private final InstantSource time;
    private final Ids ids;
    private final RandomGenerator random;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Instant lookedAt = Instant.EPOCH;
    private volatile Instant forgotAt = Instant.EPOCH;

    /// @param random draws secrets: cryptographically strong outside of tests
    public Webhooks(
            WebhookStore store,
            Booking booking,
            Findings findings,
            Disputes disputes,
            Optional<Invoices> invoices,
            InstantSource time,
            Ids ids,
            RandomGenerator random) {
        this.store = store;
        this.happenings = new Happenings(booking, findings, disputes, invoices);
        this.time = time;
        this.ids = ids;
        this.random = random;
    }

    /// Finds and sends, unless the last time is still under way. Comes back at once.
    public void tick(Outbound outbound, Supplier<List<Approval>> approvals) {
        var now = time.instant();
        if (now.isBefore(lookedAt.plus(BETWEEN_LOOKS)) || !busy.compareAndSet(false, true)) {
            return;
        }
        lookedAt = now;
        Thread.ofVirtual().name("webhooks").start(() -> {
            try {
                look(approvals);
                send(outbound);
            } catch (RuntimeException e) {
                System.getLogger("mizan").log(System.Logger.Level.ERROR, "webhooks were not told", e);
            } finally {
                busy.set(false);
            }
        });
    }

    /// Finds what has happened since the last look, and puts it on its way.
    public synchronized void look(Supplier<List<Approval>> approvals) {
        var now = time.instant();
        var before = store.found();
        var webhooks = store.webhooks();
        if (before.isEmpty() && webhooks.isEmpty()) {
            return;
        }
        var from = before.orElseGet(() -> new Found(0, now));
        var ofBook = happenings.ofBook(from.revision());
        var events = new ArrayList<>(ofBook.events());
        if (!webhooks.isEmpty()) {
            events.addAll(happenings.since(from.at().minus(LATE), approvals));
        }
        var tellings = new ArrayList<Telling>();
        for (var event : events) {
            webhooks.stream().filter(w -> w.wants(event)).forEach(w -> tellings.add(new Telling(w.id(), event)));
        }
        if (!tellings.isEmpty()
                || ofBook.revision() > from.revision()
                || now.isAfter(from.at().plus(LATE))) {
            store.found(new Found(ofBook.revision(), now), tellings);
        }
    }

    /// Tries to send everything that is due, one after the other.
    ///
    /// @return how many were tried
    public int send(Outbound outbound) {
        var due = store.due(time.instant(), MOST_AT_ONCE);
        due.forEach(delivery -> find(delivery.webhook()).ifPresent(webhook -> send(outbound, webhook, delivery)));
        if (time.instant().isAfter(forgotAt.plus(BETWEEN_FORGETTING))) {
            forgotAt = time.instant();
            store.forget(forgotAt.minus(KEPT));
        }
        return due.size();
    }

    private void send(Outbound outbound, Webhook webhook, Delivery delivery) {
        var now = time.instant();
        var body = delivery.event().body();
        var headers = new java.util.HashMap<>(
                WebhookSecret.headers(webhook.signing(now), delivery.event().id(), now, body));
        headers.put("content-type", "application/json");
        try {
            var answer = outbound.post(webhook.url(), headers, body, LONGEST_ANSWER, DEADLINE);
            boolean taken = answer.status() >= 200 && answer.status() < 300;
            settle(webhook, delivery, taken, answer.status() == GONE, Integer.toString(answer.status()));
        } catch (Outbound.Unreachable unreachable) {
            settle(webhook, delivery, false, false, String.valueOf(unreachable.getMessage()));
        }
    }

    /// Writes down what a try brought. The webhook is read again: somebody may have changed it meanwhile.
    private synchronized void settle(Webhook tried, Delivery delivery, boolean taken, boolean gone, String said) {
        var now = time.instant();
        var told = said.substring(0, Math.min(LONGEST_SAID, said.length()));
        store.put(taken ? delivery.arrived(told) : delivery.failed(told, now));
        find(tried.id()).ifPresent(webhook -> {
            if (taken) {
                if (webhook.failingSince().isPresent()) {
                    store.put(webhook.with(Optional.empty(), webhook.disabled()));
                }
                return;
            }
            var since = webhook.failingSince().orElse(now);
            boolean off = webhook.disabled() || gone || !now.isBefore(since.plus(FAILS_AT_MOST));
            store.put(webhook.with(Optional.of(since), off));
        });
    }

    /// A new webhook, with a secret that it shows by [Webhook#secrets].
    public synchronized Webhook add(Optional<String> advertiser, URI url, Set<EventType> types) {
        var webhook = new Webhook(
                ids.next(Webhook.PREFIX),
                advertiser,
                url,
                types,
                List.of(WebhookSecret.draw(random)),
                Optional.empty(),
                time.instant(),
                Optional.empty(),
                false);
        store.put(webhook);
        return webhook;
    }

    /// A new secret; the old one signs too for a day.
    public synchronized Webhook rotate(Webhook webhook) {
        var rotated = webhook.rotated(WebhookSecret.draw(random), time.instant().plus(OVERLAP));
        store.put(rotated);
        return rotated;
    }

    /// Tells it again of what happens from now on.
    public synchronized void enable(Webhook webhook) {
        store.put(webhook.with(Optional.empty(), false));
    }

    public synchronized void remove(Webhook webhook) {
        store.remove(webhook.id());
    }

    /// Sends an event that says nothing.
    public synchronized void test(Webhook webhook) {
        var now = time.instant();
        var data = JsonNodeFactory.instance.objectNode().put("webhook", webhook.id());
        var event = Event.of("test " + ids.next(Webhook.PREFIX), EventType.TEST, now, webhook.advertiser(), data);
        store.found(store.found().orElseGet(() -> new Found(0, now)), List.of(new Telling(webhook.id(), event)));
    }

    /// Sends something again, whatever became of it.
    public synchronized void replay(Delivery delivery) {
        store.put(delivery.again(time.instant()));
    }

    public List<Webhook> all() {
        return store.webhooks();
    }

    /// Those of an advertiser, or of the platform when empty: each has its own, and sees no others.
    public List<Webhook> of(Optional<String> advertiser) {
        return store.webhooks().stream()
                .filter(w -> w.advertiser().equals(advertiser))
                .toList();
    }

    /// An address that can be told of events. Only https: what is told is nobody else's matter.
    public static Optional<URI> address(String typed) {
        try {
            return Optional.of(new URI(typed))
                    .filter(u -> "https".equalsIgnoreCase(u.getScheme()) && Outbound.isCallable(u))
                    .filter(_ -> typed.length() <= MAX_URL);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    public Optional<Webhook> find(String id) {
        return store.webhooks().stream().filter(w -> w.id().equals(id)).findFirst();
    }

    /// What was sent to a webhook, or is on its way, newest first.
    public List<Delivery> deliveries(Webhook webhook, int limit) {
        return store.newest(webhook.id(), limit);
    }

    public Optional<Delivery> delivery(long number) {
        return store.delivery(number);
    }

    @Override
    public void close() {
        store.close();
    }
}
