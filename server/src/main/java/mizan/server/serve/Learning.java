package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mizan.core.prediction.ClickPredictor;
import mizan.server.reporting.LearnedStore;
import mizan.server.reporting.ModelCodec;
import mizan.server.reporting.Reach;

/// What folding teaches beyond money: click rates and reach. Each is kept with the journal's position up to which it
/// was
/// learned, so that after a start every fact is learned exactly once.
///
/// Belongs to the thread that folds.
public final class Learning {
    private static final Duration MODEL_EVERY = Duration.ofHours(1);
    private static final Duration REACH_EVERY = Duration.ofMinutes(1);
    private final LearnedStore store;
    private final ClickPredictor clicks;
    private final Reach reach;
    private long modelUntil;
    private final long reachUntil;
    private boolean learnedMore;
    private Instant modelKept;
    private Instant reachKept;

    public Learning(LearnedStore store, ClickPredictor clicks, Reach reach, Instant now) {
        this.modelKept = now;
        this.reachKept = now;
        this.store = store;
        this.clicks = clicks;
        this.reach = reach;
        this.reachUntil = store.reachPosition();
        store.newestModel().ifPresent(model -> {
            if (ModelCodec.restore(model.body(), clicks.learner())) {
                modelUntil = model.position();
            }
        });
    }

    /// @param position of the event in the journal
    /// @param viewer the pseudonymous key; empty when there is none, and then nobody is counted
    void rendered(long position, ClickPredictor.Shown shown, String campaign, Optional<String> viewer, Instant at) {
        if (position >= modelUntil) {
            clicks.rendered(shown);
            learnedMore = true;
        }
        if (position >= reachUntil) {
            viewer.ifPresent(key -> reach.seen(position, campaign, key, at));
        }
    }

    void clicked(long position, ClickPredictor.Shown shown) {
        if (position >= modelUntil) {
            clicks.clicked(shown);
        }
    }

    /// Keeps what was learned, when it is due.
    ///
    /// @param position up to which everything was learned
    public void keep(long position, Instant now) {
        if (!now.isBefore(reachKept.plus(REACH_EVERY))) {
            keepReach(position, now);
        }
        if (!now.isBefore(modelKept.plus(MODEL_EVERY))) {
            keepModel(position, now);
        }
    }

    /// Keeps everything now: the last act before a stop.
    public void keepAll(long position, Instant now) {
        keepReach(position, now);
        keepModel(position, now);
    }

    private void keepReach(long position, Instant now) {
        reach.keep(position);
        reachKept = now;
    }

    private void keepModel(long position, Instant now) {
        if (learnedMore) {
            store.keepModel(position, now, ModelCodec.write(clicks.learner()));
            learnedMore = false;
        }
        modelKept = now;
    }
}
