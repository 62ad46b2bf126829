package mizan.server.reading.pull;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.server.reading.PostFormat;
import mizan.server.reading.PostReaders;
import mizan.server.reading.Reading;
import mizan.server.reading.pull.Outbound.Unreachable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the outbox of an ActivityPub actor, newest first (https://www.w3.org/TR/activitypub/#outbox).
///
/// A server speaks for itself alone: posts of another host are not believed, except that a repost names one,
/// which is then asked for where it lives. The newest page is read every time, so an edit is seen; an id that
/// vanished from it is asked for, so a deletion is seen.
final class OutboxConnector implements Connector {
    private static final int MAX_PAGES = 10;
    private static final int MAX_LOOKUPS = 20;
    private static final Map<String, String> HEADERS = Map.of(
            "accept",
            "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"");
    private final Outbound outbound;

    OutboxConnector(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public Progress pull(Source source, Progress before, Delivery delivery) throws Unreachable {
        var read = new Pull(source.address().getHost(), before, delivery);
        var page = firstPage(source.address());
        for (int pages = 0; page.isPresent() && pages < MAX_PAGES; pages++) {
            boolean newer = read.page(page.get(), pages == 0);
            page = newer ? next(page.get(), source.address()) : Optional.empty();
        }
        return before.page(read.newest);
    }

    private ObjectNode fetch(URI address) throws Unreachable {
        return Answers.object(outbound.get(address, HEADERS));
    }

    /// From an actor to the outbox, from the outbox to its first page; any of them may be whole in the one
    /// before.
    private Optional<ObjectNode> firstPage(URI address) throws Unreachable {
        var at = fetch(address);
        for (var name : List.of("outbox", "first")) {
            var inner = at.get(name);
            if (inner instanceof ObjectNode whole) {
                at = whole;
            } else if (inner != null && inner.isString()) {
                at = fetch(sameHost(inner.stringValue(), address));
            }
        }
        return Optional.of(at);
    }

    private Optional<ObjectNode> next(ObjectNode page, URI source) throws Unreachable {
        var next = page.path("next").asString("");
        return next.isEmpty() ? Optional.empty() : Optional.of(fetch(sameHost(next, source)));
    }

    /// An outbox that goes on at another host would make this server its errand boy.
    private static URI sameHost(String address, URI source) throws Unreachable {
        try {
            var uri = source.resolve(address);
            if (source.getHost().equalsIgnoreCase(uri.getHost()) && source.getPort() == uri.getPort()) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw new Unreachable(source.getHost() + ": its outbox goes on elsewhere");
    }

    /// One reading of an outbox.
    private final class Pull {
        private final String host;
        private final Set<String> known;
        private final List<String> before;
        private final Delivery delivery;
        private List<String> newest = List.of();
        private int lookups;

        Pull(String host, Progress before, Delivery delivery) {
            this.host = host;
            this.before = before.recent();
            this.known = new HashSet<>(before.recent());
            this.delivery = delivery;
        }

        /// @return whether there may be more on the next page: nothing on this one was known
        boolean page(ObjectNode page, boolean first) {
            var readings = new ArrayList<Reading>();
            var ids = new ArrayList<String>();
            boolean more = false;
            for (var item : items(page)) {
                var reading = read(item);
                more |= reading.flatMap(Pull::id)
                        .filter(i -> !known.contains(i))
                        .isPresent();
                reading.flatMap(Pull::id).ifPresent(ids::add);
                reading.ifPresentOrElse(readings::add, delivery::refuse);
            }
            if (first) {
                newest = List.copyOf(ids);
                readings.addAll(vanished(ids));
            }
            readings.addAll(0, originals(readings));
            delivery.take(readings);
            return more && known.stream().noneMatch(ids::contains);
        }

        private static List<JsonNode> items(ObjectNode page) {
            var items = page.has("orderedItems") ? page.path("orderedItems") : page.path("items");
            var found = new ArrayList<JsonNode>();
            items.forEach(found::add);
            return found.subList(0, Math.min(found.size(), PostReaders.MAX_ITEMS));
        }

        /// Empty when another host's post is brought whole, or an address stands for an activity.
        private Optional<Reading> read(JsonNode item) {
            if (!item.isObject()) {
                return Optional.empty();
            }
            var reading = PostReaders.read(PostFormat.ACTIVITYSTREAMS, item, "").getFirst();
            return id(reading).map(this::isOurs).orElse(true) ? Optional.of(reading) : Optional.empty();
        }

        private static Optional<String> id(Reading reading) {
            return switch (reading) {
                case Reading.Post(var post) -> Optional.of(post.id());
                case Reading.Gone gone -> Optional.of(gone.id());
                case Reading.NotPublic hidden -> Optional.of(hidden.id());
                case Reading.NoPost _, Reading.Broken _ -> Optional.empty();
            };
        }

        private boolean isOurs(String id) {
            return address(id).filter(a -> host.equalsIgnoreCase(a.getHost())).isPresent();
        }

        /// What was on the newest page, is older than something that still is, and is not there any more.
        private List<Reading> vanished(List<String> ids) {
            var gone = new ArrayList<Reading>();
            int last = -1;
            for (int i = 0; i < before.size(); i++) {
                last = ids.contains(before.get(i)) ? i : last;
            }
            for (var id : before.subList(0, last + 1)) {
                if (!ids.contains(id) && lookups++ < MAX_LOOKUPS) {
                    lookUp(id).filter(Reading.Gone.class::isInstance).ifPresent(gone::add);
                }
            }
            return gone;
        }

        /// The posts that are passed on by their address alone.
        private List<Reading> originals(List<Reading> readings) {
            var found = new ArrayList<Reading>();
            for (var reading : List.copyOf(readings)) {
                if (reading instanceof Reading.Post(var post)
                        && post.words().text().isBlank()) {
                    for (var id : post.related().reposts()) {
                        if (lookups++ < MAX_LOOKUPS) {
                            lookUp(id).ifPresent(found::add);
                        }
                    }
                }
            }
            return found;
        }

        /// The post where it lives; empty when nobody can tell now.
        private Optional<Reading> lookUp(String id) {
            var address = address(id);
            if (address.isEmpty()) {
                return Optional.empty();
            }
            try {
                var fetched = outbound.get(address.get(), HEADERS);
                if (fetched.status() == 404 || fetched.status() == 410) {
                    return Optional.of(new Reading.Gone(id, Optional.empty(), Optional.empty()));
                }
                var reading = PostReaders.read(PostFormat.ACTIVITYSTREAMS, Answers.object(fetched), "")
                        .getFirst();
                return id(reading).filter(id::equals).isPresent() ? Optional.of(reading) : Optional.empty();
            } catch (Unreachable _) {
                return Optional.empty();
            }
        }

        private static Optional<URI> address(String id) {
            try {
                return Optional.of(URI.create(id)).filter(Outbound::isCallable);
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }
}
