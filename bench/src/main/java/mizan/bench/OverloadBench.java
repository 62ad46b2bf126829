package mizan.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Twice as many decisions as the server can make, for a while: what it still makes, how soon it refuses the rest,
/// and how soon everything is as it was. The load generator takes its part of the same processors.
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description = "Twice the most that can be decided, over HTTP: what is still answered, and what comes after.")
final class OverloadBench implements Callable<Integer> {
    private static final int AFTER = 10;

    @Option(names = "--ad-groups", defaultValue = "1000", description = "active ad groups (${DEFAULT-VALUE})")
    private int adGroups;

    @Option(names = "--connections", defaultValue = "256", description = "that press (${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--times", defaultValue = "2", description = "of the most it can do (${DEFAULT-VALUE})")
    private double times;

    @Option(names = "--warm-up", defaultValue = "12", description = "seconds (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--seconds", defaultValue = "15", description = "of overload (${DEFAULT-VALUE})")
    private int seconds;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        try (var server = new Child(BenchServer.class, Integer.toString(adGroups))) {
            int port = Integer.parseInt(server.line());
            var calm = new Load(port, 16, new FeedRequests().decisions(20_000, 0));
            var pressing = calm.pressing(connections);
            calm.closed(Duration.ofSeconds(warmUp));
            double most = calm.closed(Duration.ofSeconds(5)).perSecond();
            var before = pressing.open(Duration.ofSeconds(4), most / 2);
            var under = pressing.open(Duration.ofSeconds(seconds), times * most);
            output.print(Figures.object()
                    .put("ad_groups", adGroups)
                    .put("max_per_second", Math.round(most))
                    .put("offered_per_second", Math.round(times * most))
                    .put("sent_per_second", Math.round(sentPerSecond(under)))
                    .put("goodput_per_second", Math.round(under.perSecond()))
                    .put("goodput_to_max", Math.round(1_000 * under.perSecond() / most) / 1_000.0)
                    .put("p99_accepted_us", Math.round(under.micros(99)))
                    .put("refused_share", Math.round(1_000 * refusedShare(under)) / 1_000.0)
                    .put("p50_refusal_us", Math.round(under.refusals().getValueAtPercentile(50) / 1e3))
                    .put("p99_refusal_us", Math.round(under.refusals().getValueAtPercentile(99) / 1e3))
                    .put("p99_before_us", Math.round(before.micros(99)))
                    .put("refused_before", before.refusals().getTotalCount())
                    .put("seconds_until_as_before", secondsUntilAsBefore(pressing, most / 2, before)));
        }
        return 0;
    }

    /// @return -1 when it was not within ten seconds
    private static int secondsUntilAsBefore(Load load, double perSecond, Load.Result before) {
        for (int second = 1; second <= AFTER; second++) {
            var after = load.open(Duration.ofSeconds(1), perSecond);
            if (after.refusals().getTotalCount() == 0 && after.micros(99) <= 2 * before.micros(99)) {
                return second;
            }
        }
        return -1;
    }

    private static double sentPerSecond(Load.Result result) {
        return (result.answers() + result.refusals().getTotalCount()) / result.seconds();
    }

    private static double refusedShare(Load.Result result) {
        double refused = result.refusals().getTotalCount();
        return refused / (refused + result.answers());
    }
}
