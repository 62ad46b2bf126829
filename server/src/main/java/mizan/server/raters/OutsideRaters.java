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
import java.util.stream.Collectors;
import mizan.core.suitability.PostVerdict;
import mizan.log.Sha256;
import mizan.server.raters.RaterForm.WrongAnswer;
import mizan.server.rating.KnownPost;
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
        private Outbound of(OutsideRater rater) {
            return rater.ownNetwork() ? ownNetwork : everywhere;
        }
    }

    /// How a rater has done since the start.
    ///
    /// @param answers verdicts taken
    /// @param failures questions without a sound answer
    /// @param trouble what went wrong last, empty when the last question went well
    public record Standing(OutsideRater rater, Circuit circuit, long answers, long failures, Optional<String> trouble) {
        /// Whether it failed so often in a row that it is left alone.
        public boolean open(Instant now) {
            return circuit.state(now) == Circuit.State.OPEN;
        }

        private Standing answered(int verdicts) {
            return new Standing(rater, Circuit.FRESH, answers + verdicts, failures, Optional.empty());
        }

        private Standing failed(Circuit after, String why) {
            var said = why.length() > MAX_TROUBLE ? why.substring(0, MAX_TROUBLE) : why;
            return new Standing(rater, after, answers, failures + 1, Optional.of(said));
        }
    }

    /// @param jitter used by one thread at a time
    public OutsideRaters(List<OutsideRater> raters, Posts posts, InstantSource time, RandomGenerator jitter) {
        this.raters = List.copyOf(raters);
        this.posts = posts;
        this.time = time;
        this.jitter = jitter;
        raters.forEach(rater -> standing.put(rater.name(), new Standing(rater, Circuit.FRESH, 0, 0, Optional.empty())));
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
            failed(rater, "failed inside: " + e.getClass().getSimpleName());
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
            var verdicts = RaterForm.verdicts(rater.name(), asked, answer(rater, asked, doors), time.instant());
            waiting.forEach(post -> take(
                    rater, post, Optional.ofNullable(verdicts.get(post.post().commitment()))));
            answered(rater, verdicts.size());
            return true;
        } catch (Unreachable e) {
            failed(rater, String.valueOf(e.getMessage()));
        } catch (WrongAnswer e) {
            // Any of them may be why, so each is asked about alone next time.
            waiting.forEach(post -> postpone(rater, post));
            failed(rater, String.valueOf(e.getMessage()));
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

    private byte[] answer(OutsideRater rater, List<KnownPost> asked, Doors doors) throws Unreachable, WrongAnswer {
        var body = RaterForm.question(asked);
        var headers = new HashMap<>(rater.secret().headers(id(asked), time.instant(), body));
        headers.put("content-type", "application/json");
        headers.put("accept", "application/json");
        var answer = doors.of(rater).post(rater.url(), headers, body, RaterForm.MAX_ANSWER, rater.deadline());
        return switch (answer.status()) {
            case 200 -> answer.body();
            // Said of what it was asked, not of itself.
            case 400, 413, 422 -> throw new WrongAnswer("status " + answer.status());
            default -> throw new Unreachable(rater.name() + ": status " + answer.status());
        };
    }

    /// The same posts have the same id, so a rater can tell a question that it has seen.
    private static String id(List<KnownPost> asked) {
        var posts = asked.stream().map(KnownPost::commitment).collect(Collectors.joining(" "));
        return "msg_" + Sha256.hex(posts).substring(0, 32);
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

    private synchronized void answered(OutsideRater rater, int verdicts) {
        standing.put(rater.name(), standing(rater).answered(verdicts));
    }

    private synchronized void failed(OutsideRater rater, String why) {
        var before = standing(rater);
        standing.put(rater.name(), before.failed(before.circuit().failed(time.instant(), chance()), why));
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
