package mizan.bench.rater;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import mizan.core.suitability.LexiconRater;
import mizan.core.suitability.PostContent;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.PostWords;
import mizan.core.suitability.PublisherRater;
import mizan.core.suitability.Rater;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Tier;
import mizan.core.suitability.linear.LinearRater;
import mizan.server.rating.LinearModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What all built-in raters together make of labelled posts: what an advertiser gets who sets up nothing else.
///
/// Terms that accept only SAFE stand beside `safe` alone; those that accept LOW beside `safe` and `low`; none
/// beside `unrated`, which is also a post whose language nobody could tell.
@Command(
        name = "together",
        mixinStandardHelpOptions = true,
        description = "What all built-in raters together make of labelled posts, by language.")
final class TogetherCommand implements Callable<Integer> {
    private static final String ROW = "%-12s %-9s %6s  %5s  %5s  %6s  %7s%n";

    @Option(names = "--data", required = true, description = "folder of labelled sets, one folder each")
    private Path data = Path.of(".");

    private final List<Rater> raters =
            List.of(new PublisherRater(), LexiconRater.builtIn(), new LinearRater(LinearModels.builtIn()));

    @Override
    public Integer call() throws IOException {
        System.out.printf(Locale.ROOT, ROW, "set", "posts", "rows", "safe", "low", "worse", "unrated");
        for (var language : List.of("ar", "en")) {
            for (var set : LabelledSets.of(data, language)) {
                var offensive = new Counts();
                var harmless = new Counts();
                LabelledSets.each(data, set, (words, bad) -> (bad ? offensive : harmless).count(verdict(words)));
                offensive.print(set, "offensive");
                harmless.print(set, "harmless");
            }
        }
        return 0;
    }

    private Ratings verdict(String words) {
        var post = PostWords.of(PostContent.of(words));
        var verdicts = new ArrayList<PostVerdict>();
        raters.forEach(rater -> rater.rate(post, Instant.EPOCH).ifPresent(verdicts::add));
        return new Ratings(verdicts, Set.of());
    }

    private static final class Counts {
        private int rows;
        private int safe;
        private int low;
        private int unrated;

        void count(Ratings ratings) {
            rows++;
            var tier = ratings.counting().map(PostVerdict::tier);
            if (tier.isEmpty()) {
                unrated++;
            } else if (tier.get() == Tier.SAFE) {
                safe++;
            } else if (tier.get() == Tier.LOW) {
                low++;
            }
        }

        void print(String set, String posts) {
            if (rows > 0) {
                System.out.printf(
                        Locale.ROOT,
                        ROW,
                        set,
                        posts,
                        rows,
                        share(safe),
                        share(low),
                        share(rows - safe - low - unrated),
                        share(unrated));
            }
        }

        private String share(int count) {
            return String.format(Locale.ROOT, "%.3f", (double) count / rows);
        }
    }
}
