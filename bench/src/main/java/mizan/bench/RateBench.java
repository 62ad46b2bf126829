package mizan.bench;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import mizan.core.suitability.LexiconRater;
import mizan.core.suitability.PostContent;
import mizan.core.suitability.PostWords;
import mizan.core.suitability.PublisherRater;
import mizan.core.suitability.Rater;
import mizan.core.suitability.linear.LinearRater;
import mizan.server.rating.LinearModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

/// What it costs to rate one post of 280 characters: reading it, then each built-in rater; CPU time of one
/// thread.
@Command(name = "rate", mixinStandardHelpOptions = true, description = "CPU time to rate a 280-character post.")
final class RateBench implements Callable<Integer> {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final int CHARS = 280;
    private static final int POSTS = 2_000;
    private static final int ROUNDS = 10;
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final List<String> WORDS =
            List.of(("the of and to in is you that it he was for on are with as his they"
                            + " at be this have from morning coffee garden friends city football match music bread history tea"
                            + " صباح الخير يا أصدقاء القهوة اليوم رائعة في المدينة القديمة على البحر من الفريق هذا الفوز الجميل مع العائلة")
                    .split(" "));

    @Mixin
    private Figures output = new Figures();

    private interface Work {
        void on(int post);
    }

    @Override
    public Integer call() {
        var random = new SplittableRandom(1);
        var contents = new ArrayList<PostContent>();
        for (int i = 0; i < POSTS; i++) {
            contents.add(PostContent.of(text(random, i % 2 == 0)));
        }
        var read = contents.stream().map(PostWords::of).toList();
        var figures = Figures.object().put("posts", POSTS).put("chars", CHARS);
        double sum = measured(figures, "read", i -> PostWords.of(contents.get(i)));
        for (Rater rater :
                List.of(new PublisherRater(), LexiconRater.builtIn(), new LinearRater(LinearModels.builtIn()))) {
            sum += measured(figures, rater.name(), i -> rater.rate(read.get(i), NOW));
        }
        output.print(figures.put("us_in_all", Figures.tenth(sum)));
        return 0;
    }

    /// Words of one language: mixed posts are in none, and nobody would rate them.
    private static String text(SplittableRandom random, boolean arabic) {
        int latin = WORDS.indexOf("صباح");
        var text = new StringBuilder();
        while (text.length() < CHARS) {
            text.append(WORDS.get(arabic ? random.nextInt(latin, WORDS.size()) : random.nextInt(latin)))
                    .append(' ');
        }
        return text.substring(0, CHARS);
    }

    private static double measured(ObjectNode figures, String name, Work work) {
        long until = System.nanoTime() + WARM_UP_NANOS;
        while (System.nanoTime() < until) {
            run(work);
        }
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = cpu();
            run(work);
            best = Math.min(best, cpu() - before);
        }
        double micros = best / 1_000.0 / POSTS;
        figures.put("us_" + name, Figures.tenth(micros));
        return micros;
    }

    private static void run(Work work) {
        for (int i = 0; i < POSTS; i++) {
            work.on(i);
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
