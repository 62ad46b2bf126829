package mizan.server.http;

/// Hears of every request that was answered.
@FunctionalInterface
public interface Watch {
    Watch NOBODY = (_, _, _) -> {};

    /// @param operation of the route; `unknown` when none was found
    /// @param nanos from the request's first byte being read to its answer being ready
    void answered(String operation, int status, long nanos);

    /// A request found no place in the lane of its traffic.
    default void refused(Traffic traffic) {}
}
