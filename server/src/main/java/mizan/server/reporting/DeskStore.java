package mizan.server.reporting;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Where the log of the revenue desk is kept.
public interface DeskStore extends AutoCloseable {
    /// One thing that was said or decided.
    ///
    /// @param actor the key or person
    /// @param kind what was done, such as `note` or `signal_confirmed`
    /// @param subject the id of what it is about
    record Entry(Instant at, String actor, String kind, String subject, ObjectNode body) {}

    /// Everything, oldest first.
    List<Entry> all();

    /// Adds entries together; durable when it returns.
    void append(List<Entry> entries);

    @Override
    void close();

    /// Keeps nothing: after a restart the desk knows of no note.
    static DeskStore none() {
        return new DeskStore() {
            @Override
            public List<Entry> all() {
                return List.of();
            }

            @Override
            public void append(List<Entry> entries) {}

            @Override
            public void close() {}
        };
    }
}
