package mizan.server.lift;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where it is kept who is in which group of an experiment, and who did something. Viewers are pseudonyms of
/// [Lift]'s, never keys.
public interface LiftStore extends AutoCloseable {
    /// Up to where the journal has been read, or somewhat before: reading a stretch twice changes nothing.
    long position();

    /// The first time that a viewer was shown an ad of an experiment, or was held back from one.
    record Met(String experiment, String viewer, boolean heldOut, Instant at) {}

    /// Keeps in one transaction who is new to their experiments, and the position.
    void keep(long to, List<Met> met);

    /// What [Conversion] tells, without keys.
    ///
    /// @param id of the teller, hashed
    record Done(String advertiser, String id, String viewer, String kind, Instant at) {}

    /// Keeps what is new; durable when it returns.
    ///
    /// @return how many were new
    int add(List<Done> done);

    /// Viewers of one group.
    ///
    /// @param viewers whose window is over
    /// @param converted those of them who did something within it
    /// @param waiting whose window is not over
    record Group(long viewers, long converted, long waiting) {
        static final Group EMPTY = new Group(0, 0, 0);
    }

    /// What is asked.
    ///
    /// @param kind of conversion; empty for any
    /// @param windowMicros after the first meeting, within which a conversion counts
    record Question(String experiment, String advertiser, Optional<String> kind, long windowMicros, Instant now) {}

    Group group(Question question, boolean heldOut);

    /// All that is kept of one viewer.
    record Kept(List<Met> met, List<Done> done) {
        static final Kept NOTHING = new Kept(List.of(), List.of());

        public Kept {
            met = List.copyOf(met);
            done = List.copyOf(done);
        }
    }

    Kept of(String viewer);

    /// Forgets all that is kept of these viewers; durable when it returns.
    void forget(List<String> viewers);

    /// Forgets meetings and conversions from before a moment.
    void prune(Instant before);

    @Override
    void close();

    /// Remembers nothing.
    LiftStore NONE = new LiftStore() {
        @Override
        public long position() {
            return Long.MAX_VALUE;
        }

        @Override
        public void keep(long to, List<Met> met) {}

        @Override
        public int add(List<Done> done) {
            return 0;
        }

        @Override
        public Group group(Question question, boolean heldOut) {
            return Group.EMPTY;
        }

        @Override
        public Kept of(String viewer) {
            return Kept.NOTHING;
        }

        @Override
        public void forget(List<String> viewers) {}

        @Override
        public void prune(Instant before) {}

        @Override
        public void close() {}
    };
}
