package mizan.server.reading.pull;

import mizan.server.reading.pull.Outbound.Unreachable;

/// Reads one kind of source.
interface Connector {
    /// Reads what is new and hands it over.
    ///
    /// @return how far it came; the rest of the progress is the caller's
    Progress pull(Source source, Progress before, Delivery delivery) throws Unreachable;
}
