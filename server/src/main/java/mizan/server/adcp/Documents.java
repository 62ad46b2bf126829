package mizan.server.adcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What buying agents said and the book has no words for: JSON by kind, owner and id.
///
/// The book is the truth of all that is served and paid; a document without its booked thing means nothing.
public interface Documents extends AutoCloseable {
    /// What a document is about. Owners are advertisers' ids, but for accounts and what tests make, which belong to the
    /// caller.
    enum Kind {
        ACCOUNT,
        BUY,
        CREATIVE,
        STANDARDS,
        EVENT_SOURCE,
        FEEDBACK,
        PRODUCT,
        FORMAT,
        FORCED
    }

    Optional<ObjectNode> find(Kind kind, String owner, String id);

    /// Durable when it returns.
    void put(Kind kind, String owner, String id, ObjectNode body);

    /// All of one owner, in the order of their ids.
    Map<String, ObjectNode> all(Kind kind, String owner);

    @Override
    void close();

    /// Kept in memory, gone with the process.
    static Documents inMemory() {
        return new Documents() {
            private final Map<String, ObjectNode> kept = new TreeMap<>();

            private static String key(Kind kind, String owner, String id) {
                return kind + "\n" + owner + "\n" + id;
            }

            @Override
            public synchronized Optional<ObjectNode> find(Kind kind, String owner, String id) {
                return Optional.ofNullable(kept.get(key(kind, owner, id))).map(ObjectNode::deepCopy);
            }

            @Override
            public synchronized void put(Kind kind, String owner, String id, ObjectNode body) {
                kept.put(key(kind, owner, id), body.deepCopy());
            }

            @Override
            public synchronized Map<String, ObjectNode> all(Kind kind, String owner) {
                var prefix = key(kind, owner, "");
                var found = new LinkedHashMap<String, ObjectNode>();
                kept.forEach((key, body) -> {
                    if (key.startsWith(prefix)) {
                        found.put(key.substring(prefix.length()), body.deepCopy());
                    }
                });
                return found;
            }

            @Override
            public void close() {}
        };
    }
}
