package mizan.core.suitability.text;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Measures matching of 280-char posts against 1,000 lists of 1,000 terms. A program, not a test: figures
/// depend on the machine.
///
/// Worst case on purpose: all million terms differ. Prints compile time, heap, and for fold + match of each
/// post the CPU time of the thread, which neighbours on the machine cannot lengthen much, beside the time that
/// passed. Asking for CPU time costs under a microsecond, which is in the figures.
final class KeywordTiming {
    private static final int LISTS = 1_000;
    private static final int TERMS = 1_000;
    private static final int POSTS = 20_000;
    private static final int ROUNDS = 5;
    private static final int POST_CHARS = 280;
    private static final String LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private KeywordTiming() {}

    public static void main(String[] args) {
        boolean shared = args.length > 0 && args[0].equals("shared");
        var random = new SplittableRandom(1);
        var lists = new ArrayList<KeywordList<Integer>>();
        for (int id = 0; id < LISTS; id++) {
            var source = shared ? new SplittableRandom(id % 20) : random;
            lists.add(new KeywordList<>(
                    id, source.ints(TERMS, 4, 10).mapToObj(n -> term(source, n)).toList()));
        }
        long before = usedBytes();
        long start = System.nanoTime();
        var automaton = KeywordAutomaton.compile(lists);
        long compiled = System.nanoTime() - start;
        long bytes = usedBytes() - before;
        System.out.printf("compile %d ms, automaton %d MB beside the lists%n", compiled / 1_000_000, bytes >> 20);
        var posts = posts(random);
        var best = new long[posts.size()];
        Arrays.fill(best, Long.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            time(automaton, posts, best);
        }
        System.out.printf("each post's best round: CPU %s%n", quantiles(best));
    }

    /// @param best each post's shortest time so far: what its words cost when no neighbour emptied the caches
    private static void time(KeywordAutomaton<Integer> automaton, List<String> posts, long[] best) {
        var cpu = new long[posts.size()];
        var wall = new long[posts.size()];
        long hits = 0;
        long tokens = 0;
        long folding = THREADS.getCurrentThreadCpuTime();
        for (var post : posts) {
            tokens += Folding.fold(post).tokens().size();
        }
        folding = THREADS.getCurrentThreadCpuTime() - folding;
        for (int i = 0; i < cpu.length; i++) {
            long passed = System.nanoTime();
            long start = THREADS.getCurrentThreadCpuTime();
            hits += automaton.match(Folding.fold(posts.get(i))).byList().size();
            cpu[i] = THREADS.getCurrentThreadCpuTime() - start;
            wall[i] = System.nanoTime() - passed;
            best[i] = Math.min(best[i], cpu[i]);
        }
        System.out.printf("fold alone: mean %.1f us CPU, %d tokens; ", folding / 1e3 / cpu.length, tokens / cpu.length);
        System.out.printf(
                "per post: CPU %s; wall %s; %.2f lists matched%n",
                quantiles(cpu), quantiles(wall), (double) hits / cpu.length);
    }

    private static String quantiles(long[] nanos) {
        Arrays.sort(nanos);
        return String.format(
                "p50 %.1f us, p99 %.1f us, p99.9 %.1f us",
                nanos[nanos.length / 2] / 1e3,
                nanos[nanos.length * 99 / 100] / 1e3,
                nanos[nanos.length * 999 / 1_000] / 1e3);
    }

    private static List<String> posts(SplittableRandom random) {
        var posts = new ArrayList<String>();
        for (int i = 0; i < POSTS; i++) {
            var post = new StringBuilder();
            while (post.length() < POST_CHARS) {
                if (random.nextInt(3) == 0) {
                    post.append(random.nextBoolean() ? "ال" : "و");
                }
                post.append(term(random, 3 + random.nextInt(5))).append(random.nextInt(9) == 0 ? "، " : " ");
            }
            posts.add(post.substring(0, POST_CHARS));
        }
        return posts;
    }

    private static String term(SplittableRandom random, int length) {
        var word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
