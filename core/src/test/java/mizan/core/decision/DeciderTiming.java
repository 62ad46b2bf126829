package mizan.core.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mizan.core.campaign.Book;
import mizan.core.campaign.Books;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Feeds;

/// How long one decision takes, by hand: `main` with the test class path. Not a test, because a busy machine
/// would fail it.
final class DeciderTiming {
    private DeciderTiming() {}

    public static void main(String[] args) {
        int groups = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int posts = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        var book = Books.random(7, groups);
        var snapshot = Snapshot.compile(book);
        var requests = requests(book, posts);
        var live = new RandomLive(7);
        long[] nanos = new long[0];
        long matched = 0;
        for (int round = 0; round < 4; round++) {
            nanos = new long[requests.size()];
            matched = 0;
            for (int i = 0; i < requests.size(); i++) {
                long start = System.nanoTime();
                var decision = Decider.decide(requests.get(i), snapshot, live, Books.NOW, i);
                nanos[i] = System.nanoTime() - start;
                matched += decision.facts().size();
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%d ad groups, %d posts, %d matched on average: mean %.0f us, p50 %.0f us, p99 %.0f us, max %.0f us%n",
                snapshot.entries().size(),
                posts,
                matched / requests.size(),
                Arrays.stream(nanos).average().orElseThrow() / 1e3,
                nanos[nanos.length / 2] / 1e3,
                nanos[nanos.length * 99 / 100] / 1e3,
                nanos[nanos.length - 1] / 1e3);
    }

    private static List<FeedRequest> requests(Book book, int posts) {
        var requests = new ArrayList<FeedRequest>();
        for (long seed = 0; seed < 3_000; seed++) {
            requests.add(Feeds.random(seed, book, posts));
        }
        return requests;
    }
}
