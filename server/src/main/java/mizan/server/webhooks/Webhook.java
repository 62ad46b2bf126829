package mizan.server.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where somebody wants to be told of events.
///
/// @param advertiser who is told of their own matters alone; empty for the platform, which is told of all
/// @param types that it is told of
/// @param secrets what signs: the newest first; a second one is on its way out
/// @param oldUntil when the second secret signs no more; empty without one
/// @param failingSince of the first try that failed since one succeeded; empty when the last one did
/// @param disabled after failing for too long, or because it said that it is gone
public record Webhook(
        String id,
        Optional<String> advertiser,
        URI url,
        Set<EventType> types,
        List<WebhookSecret> secrets,
        Optional<Instant> oldUntil,
        Instant madeAt,
        Optional<Instant> failingSince,
        boolean disabled) {
    public static final String PREFIX = "whk";

    public Webhook {
        types = Set.copyOf(types);
        secrets = List.copyOf(secrets);
    }

    boolean wants(Event event) {
        return !disabled
                && types.contains(event.type())
                && !event.at().isBefore(madeAt)
                && (advertiser.isEmpty() || advertiser.equals(event.advertiser()));
    }

    List<WebhookSecret> signing(Instant now) {
        return oldUntil.filter(now::isBefore).isPresent() ? secrets : secrets.subList(0, 1);
    }

    Webhook rotated(WebhookSecret next, Instant until) {
        var both = Stream.of(next, secrets.getFirst()).toList();
        return new Webhook(id, advertiser, url, types, both, Optional.of(until), madeAt, failingSince, disabled);
    }

    Webhook with(Optional<Instant> failing, boolean off) {
        return new Webhook(id, advertiser, url, types, secrets, oldUntil, madeAt, failing, off);
    }
}
