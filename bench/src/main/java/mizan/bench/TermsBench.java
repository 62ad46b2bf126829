package mizan.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.TermsId;
import mizan.core.suitability.Tier;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.rating.KnownPost;
import mizan.server.serve.LeaseRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A keyword is put on a list while pages are decided: how long until a page knows of it, durable write
/// included. Every trial waits for a page with a post that holds the new keyword.
///
/// Beside it, what it would take to compile all lists into one automaton, which every change would have to
/// wait for if there were only one.
@Command(name = "terms", mixinStandardHelpOptions = true, description = "Changes of keyword lists under load.")
final class TermsBench implements Callable<Integer> {
    private static final String LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
    private static final int PAGE = 20;

    @Option(names = "--lists", defaultValue = "1000", description = "advertisers' terms (${DEFAULT-VALUE})")
    private int lists;

    @Option(names = "--words", defaultValue = "1000", description = "keywords on each (${DEFAULT-VALUE})")
    private int words;

    @Option(names = "--trials", defaultValue = "1000", description = "changes timed (${DEFAULT-VALUE})")
    private int trials;

    @Option(names = "--seed", defaultValue = "1", description = "of words and posts (${DEFAULT-VALUE})")
    private long seed;

    @Mixin
    private Figures output = new Figures();

    private final Instant now = Instant.now();
    private final Map<String, List<String>> keywords = new HashMap<>();

    /// The change that is waited for, and the post that tells of it.
    private record Trial(TermsId terms, KnownPost post) {}

    private volatile Optional<Trial> awaited = Optional.empty();
    private volatile long seenAt;
    private volatile long pages;

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("mizan-terms");
        try (var engine =
                Engine.embedded(folder, LeaseRules.STANDARD, InstantSource.system(), new SplittableRandom(seed))) {
            var random = new SplittableRandom(seed);
            var market = new BookedMarket(engine, 1, now.minusSeconds(60));
            market.open(10, 500, 500);
            var terms = book(engine, random);
            var posts = new ArrayList<KnownPost>();
            for (int i = 0; i < 5_000; i++) {
                posts.add(post("post" + i, text(random)));
            }
            output.print(run(engine, terms, posts, random));
        }
        return 0;
    }

    private List<String> book(Engine engine, SplittableRandom random) {
        var advertiser =
                engine.booking().book().advertisers().keySet().iterator().next();
        var terms = new ArrayList<String>();
        while (terms.size() < lists) {
            var wishes = new ArrayList<Booking.Wish>();
            for (int i = 0; i < Math.min(20, lists - terms.size()); i++) {
                var fields = JsonNodeFactory.instance.objectNode();
                fields.put("advertiser", advertiser.value());
                fields.put("name", "List " + (terms.size() + i));
                list(fields, some(random));
                wishes.add(new Booking.Wish(Kind.TERMS, Optional.empty(), "create", fields));
            }
            for (var done : engine.booking().apply(wishes, new Booking.Author("bench", "terms"))) {
                var kept = new ArrayList<String>();
                done.body().path("keywords").forEach(k -> kept.add(k.stringValue()));
                keywords.put(done.id(), kept);
                terms.add(done.id());
            }
        }
        return terms;
    }

    private List<String> some(SplittableRandom random) {
        return random.ints(words, 4, 10)
                .mapToObj(n -> word(random, n))
                .distinct()
                .toList();
    }

    private static void list(ObjectNode fields, List<String> keywords) {
        var array = fields.putArray("keywords");
        keywords.forEach(array::add);
    }

    private ObjectNode run(Engine engine, List<String> terms, List<KnownPost> posts, SplittableRandom random)
            throws InterruptedException {
        var running = new AtomicBoolean(true);
        var ticker = Thread.ofPlatform().daemon().start(() -> {
            while (running.get()) {
                engine.tick();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        });
        var reader = Thread.ofPlatform().daemon().start(() -> read(engine, posts, running));
        var took = new long[trials];
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < trials; i++) {
            var id = terms.get(random.nextInt(terms.size()));
            // A word of its own: no other list has it, so the page that knows it knows this change.
            var fresh = "trial" + i;
            var next = new ArrayList<>(keywords.getOrDefault(id, List.of()));
            next.set(random.nextInt(next.size()), fresh);
            keywords.put(id, next);
            var fields = JsonNodeFactory.instance.objectNode();
            list(fields, next);
            seenAt = 0;
            awaited = Optional.of(new Trial(new TermsId(id), post("trial" + i, "before " + fresh + " after")));
            long began = System.nanoTime();
            engine.booking()
                    .apply(
                            new Booking.Wish(Kind.TERMS, Optional.of(id), "update_terms", fields),
                            new Booking.Author("bench", "terms"));
            while (seenAt == 0) {
                LockSupport.parkNanos(20_000);
            }
            took[i] = seenAt - began;
        }
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        running.set(false);
        ticker.join();
        reader.join();
        Arrays.sort(took);
        var figures = Figures.object()
                .put("lists", lists)
                .put(
                        "keywords",
                        engine.booking().book().terms().values().stream()
                                .mapToLong(t -> t.keywords().size())
                                .sum())
                .put("trials", trials)
                .put("pages_decided_meanwhile", pages)
                .put("effective_p50_ms", ms(took[trials / 2]))
                .put("effective_p99_ms", ms(took[trials * 99 / 100]))
                .put("effective_max_ms", ms(took[trials - 1]))
                .put("change_cpu_mean_ms", ms(cpu / trials));
        return figures.put("all_lists_in_one_cpu_ms", ms(oneAutomaton(engine)));
    }

    /// Decides one page after the other, among its posts the one of the trial.
    private void read(Engine engine, List<KnownPost> posts, AtomicBoolean running) {
        var placement = Optional.ofNullable(
                        engine.snapshots().current().placements().get("home"))
                .orElseThrow();
        long page = 0;
        while (running.get()) {
            var trial = awaited;
            var feed = new ArrayList<mizan.core.feed.FeedPost>();
            trial.ifPresent(t -> feed.add(engine.snapshots().facts(t.post())));
            for (int i = 0; i < PAGE - 1; i++) {
                feed.add(engine.snapshots().facts(posts.get((int) ((page * 7 + i) % posts.size()))));
            }
            engine.serving().serve(new FeedRequest(placement, Viewer.UNKNOWN, feed));
            if (trial.isPresent()
                    && seenAt == 0
                    && trial.equals(awaited)
                    && feed.getFirst().keywordHits().containsKey(trial.get().terms())) {
                seenAt = System.nanoTime();
            }
            pages = ++page;
        }
    }

    private static long oneAutomaton(Engine engine) {
        var all = engine.booking().book().terms().values().stream()
                .map(t -> new KeywordList<>(t.id(), t.keywords()))
                .toList();
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        if (!KeywordAutomaton.compile(all).unusable().isEmpty()) {
            throw new IllegalStateException("a keyword was booked that can match nothing");
        }
        return threads.getCurrentThreadCpuTime() - cpu;
    }

    private KnownPost post(String id, String text) {
        var verdict = new PostVerdict(Tier.SAFE, Set.of(), "bench", "1", now, Optional.empty());
        return new KnownPost(
                id,
                List.of("author"),
                Optional.of("ar"),
                Optional.empty(),
                Set.of(),
                new Ratings(List.of(verdict), Set.of()),
                text,
                "",
                id,
                id,
                now);
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        while (text.length() < 270) {
            text.append(word(random, 2 + random.nextInt(7))).append(' ');
        }
        return text.toString();
    }

    private static String word(SplittableRandom random, int letters) {
        var word = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    private static double ms(long nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }
}
