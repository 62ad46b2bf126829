package mizan.server.raters;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import mizan.core.suitability.PostVerdict;
import mizan.server.raters.RaterForm.WrongAnswer;
import mizan.server.rating.PostStore.Awaited;
import mizan.server.rating.Posts;
import mizan.server.rating.Raters;
import mizan.server.reading.pull.Outbound;
import mizan.server.reading.pull.Outbound.Unreachable;

/// Asks outside raters about the posts that wait for them.
///
/// What waits is kept with the posts, so nothing is lost with a restart and there is no queue to overflow. Each
/// rater is asked one batch at a time, on a thread of its own. A rater that cannot be reached is left alone for
/// longer and longer; a post that it has no sound answer for is asked about again, alone and later. Until then
/// the post is unrated.
public final class OutsideRaters implements AutoCloseable {
    /// Most posts in one question.
    static final int BATCH = 50;
    /// And about as much text.
    static final int BATCH_CHARS = 200_000;

    private static final Duration FIRST_POSTPONED = Duration.ofMinutes(1);
    private static final Duration LONGEST_POSTPONED = Duration.ofHours(6);
    private static final int MAX_TROUBLE = 300;

    private final List<OutsideRater> raters;
    private final Posts posts;
    private final InstantSource time;
    private final RandomGenerator jitter;
    private final Map<String, Standing> standing = new HashMap<>();
    private final Map<String, Thread> asking = new HashMap<>();

    /// Through which door a rater is reached.
    ///
    /// @param everywhere for raters on the internet
    /// @param ownNetwork for those that the operator said are on the own network
    public record Doors(Outbound everywhere, Outbound ownNetwork) {
        Outbound of(OutsideRater rater) {
            return rater.ownNetwork() ? ownNetwork : everywhere;
        }
    }

    /// How a rater has done since the start.
    ///
    /// @param last what it last answered soundly
    /// @param trouble what last went wrong, also when all has been well since
    public record Standing(
            OutsideRater rater, Circuit circuit, Figures figures, Optional<Answered> last, Optional<Trouble> trouble) {
        private static Standing fresh(OutsideRater rater) {
            return new Standing(rater, Circuit.FRESH, new Figures(0, 0, 0), Optional.empty(), Optional.empty());
        }

        /// Whether it failed so often in a row that it is left alone.
        public boolean open(Instant now) {
            return circuit.state(now) == Circuit.State.OPEN;
        }

        /// Whether its last question had no sound answer.
        public boolean failing() {
            return circuit.failures() > 0;
        }

        /// When it may be asked again.
        public Instant waitUntil() {
            return circuit.waitUntil();
        }

        private Standing answered(Answered answer, int verdicts) {
            return new Standing(rater, Circuit.FRESH, figures.answered(verdicts), Optional.of(answer), trouble);
        }

        private Standing failed(Circuit after, Trouble what, boolean late) {
            return new Standing(rater, after, figures.failed(late), last, Optional.of(what));
        }
    }

    /// @param answers verdicts taken
    /// @param failures questions without a sound answer
    /// @param late how many of those had no answer within the deadline
    public record Figures(long answers, long failures, long late) {
        private Figures answered(int verdicts) {
            return new Figures(answers + verdicts, failures, late);
        }

        private Figures failed(boolean tooLate) {
            return new Figures(answers, failures + 1, tooLate ? late + 1 : late);
        }
    }

    /// A sound answer.
    ///
    /// @param took from the question to the whole answer
    public record Answered(Instant at, String version, Duration took) {}

    /// What went wrong, in words for the operator.
    public record Trouble(Instant at, String what) {
        public Trouble {
            what = what.length() > MAX_TROUBLE ? what.substring(0, MAX_TROUBLE) : what;
        }
    }

    /// @param jitter used by one thread at a time
    public OutsideRaters(List<OutsideRater> raters, Posts posts, InstantSource time, RandomGenerator jitter) {
        this.raters = List.copyOf(raters);
        this.posts = posts;
        this.time = time;
        this.jitter = jitter;
        raters.forEach(rater -> standing.put(rater.name(), Standing.fresh(rater)));
    }

    /// As posts need to know them.
    public static List<Raters.Later> later(List<OutsideRater> raters) {
        return raters.stream().map(OutsideRater::later).toList();
    }

    /// In the order of the operator's file.
    public synchronized List<Standing> standing() {
        return raters.stream().map(this::standing).toList();
    }

    private synchronized Standing standing(OutsideRater rater) {
        return Objects.requireNonNull(standing.get(rater.name()));
    }

    /// How many posts wait for a rater.
    public long waiting(OutsideRater rater) {
        return posts.awaitedCount(rater.name());
    }

    /// Starts to ask whoever may be asked. Call it often; it waits for nothing.
    public synchronized void tick(Doors doors) {
        var now = time.instant();
        for (var rater : raters) {
            if (standing(rater).circuit().mayAsk(now) && !asking.containsKey(rater.name())) {
                var name = "mizan-rater-" + rater.name();
                asking.put(rater.name(), Thread.ofVirtual().name(name).start(() -> askAll(rater, doors)));
            }
        }
    }

    private void askAll(OutsideRater rater, Doors doors) {
        try {
            boolean more = true;
            while (more && !Thread.interrupted()) {
                more = ask(rater, doors);
            }
        } catch (RuntimeException e) {
            System.getLogger("mizan.raters").log(System.Logger.Level.ERROR, rater.name() + " could not be asked", e);
            failed(rater, "failed inside: " + e.getClass().getSimpleName(), false);
        } finally {
            synchronized (this) {
                asking.remove(rater.name());
            }
        }
    }

    /// Asks a rater about one batch, on this thread.
    ///
    /// @return whether it was asked and answered, so that more may be asked now
    boolean ask(OutsideRater rater, Doors doors) {
        if (!standing(rater).circuit().mayAsk(time.instant())) {
            return false;
        }
        var waiting = batch(posts.awaiting(rater.name(), BATCH));
        if (waiting.isEmpty()) {
            return false;
        }
        var asked = waiting.stream().map(Awaited::post).toList();
        try {
            var begun = time.instant();
            var said = RaterCall.ask(rater, asked, doors, time);
            var took = Duration.between(begun, time.instant());
            waiting.forEach(post -> take(
                    rater,
                    post,
                    Optional.ofNullable(said.verdicts().get(post.post().commitment()))));
            answered(
                    rater,
                    new Answered(begun.plus(took), said.version(), took),
                    said.verdicts().size());
            return true;
        } catch (Unreachable e) {
            failed(rater, String.valueOf(e.getMessage()), e.late());
        } catch (WrongAnswer e) {
            // Any of them may be why, so each is asked about alone next time.
            waiting.forEach(post -> postpone(rater, post));
            failed(rater, String.valueOf(e.getMessage()), false);
        }
        return false;
    }

    /// A post that was asked about in vain goes alone, so that it spoils no answer for others.
    private static List<Awaited> batch(List<Awaited> due) {
        if (due.isEmpty() || due.getFirst().tries() > 0) {
            return due.stream().limit(1).toList();
        }
        int count = 0;
        int chars = 0;
        for (var post : due) {
            chars += post.post().text().length();
            if (post.tries() > 0 || (count > 0 && chars > BATCH_CHARS)) {
                break;
            }
            count++;
        }
        return due.subList(0, count);
    }

    private void take(OutsideRater rater, Awaited asked, Optional<PostVerdict> verdict) {
        var post = asked.post();
        verdict.ifPresentOrElse(said -> posts.add(post.id(), post.commitment(), said), () -> postpone(rater, asked));
    }

    private void postpone(OutsideRater rater, Awaited asked) {
        var wait = Circuit.wait(FIRST_POSTPONED, asked.tries(), LONGEST_POSTPONED, chance());
        posts.postpone(rater.name(), asked.post(), time.instant().plus(wait));
    }

    private synchronized double chance() {
        return jitter.nextDouble();
    }

    private synchronized void answered(OutsideRater rater, Answered answer, int verdicts) {
        standing.put(rater.name(), standing(rater).answered(answer, verdicts));
    }

    private synchronized void failed(OutsideRater rater, String why, boolean late) {
        var before = standing(rater);
        var now = time.instant();
        var after = before.circuit().failed(now, chance());
        standing.put(rater.name(), before.failed(after, new Trouble(now, why), late));
    }

    /// Stops asking and waits for the questions that are on their way.
    @Override
    public void close() {
        List<Thread> still;
        synchronized (this) {
            still = List.copyOf(asking.values());
        }
        still.forEach(Thread::interrupt);
        for (var thread : still) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
