package mizan.app;

import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import mizan.sim.story.Marsa;
import mizan.sim.story.Story;

/// Readers who go on reading after the history: ten pages a second, a new post every five.
final class LiveTraffic {
    private static final long PAUSE_MILLIS = 100;
    private static final int PAGES_A_POST = 50;
    private static final long SECOND = 1_000_000_000L;
    private final Story story;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Marsa posts = new Marsa(random.split());
    private long pages;
    private long pagesThen;
    private long then = System.nanoTime();
    private volatile int rate;

    LiveTraffic(Story story) {
        this.story = story;
    }

    /// How many pages were read in the last full second; empty before there was one.
    OptionalInt readersPerSecond() {
        return rate == 0 ? OptionalInt.empty() : OptionalInt.of(rate);
    }

    /// One reader opens a page; then a breath.
    void step() throws InterruptedException {
        story.page("r_" + random.nextInt(1_200));
        if (++pages % PAGES_A_POST == 0) {
            story.post(posts.write("live_" + pages, 0.06));
        }
        long now = System.nanoTime();
        if (now - then >= SECOND) {
            rate = (int) Math.round((pages - pagesThen) * (double) SECOND / (now - then));
            pagesThen = pages;
            then = now;
        }
        Thread.sleep(PAUSE_MILLIS);
    }

    /// A post that nobody wants beside an ad.
    void postSomethingUnwanted() {
        story.post(Marsa.post(
                "live_x_" + pages,
                "@marsanews",
                "Dozens killed in an overnight air strike on the city, officials say.",
                Set.of("news")));
    }
}
