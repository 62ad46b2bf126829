package mizan.server.http;

/// What Helidon needs to be told before any of its servers or clients is made: later it refuses to hear it.
public final class HelidonSetup {
    static {
        setMappers();
    }

    private HelidonSetup() {}

    /// Call it first; only the first call does anything.
    public static void done() {
        // The work is in the static initialiser, which runs once.
    }

    /// Until mappers are set, Helidon 4 searches its service registry for them at every header that is read as
    /// a number: 6 % of the samples of a small decision. The successor of this call keeps nothing.
    @SuppressWarnings({"removal", "deprecation"})
    private static void setMappers() {
        io.helidon.common.mapper.MapperManager.global(io.helidon.common.mapper.MapperManager.create());
    }
}
