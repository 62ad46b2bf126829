package mizan.server.operations;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import mizan.server.app.Engine;
import mizan.server.http.Mode;
import mizan.server.http.Traffic;
import mizan.server.http.Watch;
import mizan.server.raters.OutsideRaters.Standing;
import mizan.server.repository.Repository;

/// Figures in Prometheus' text format. Labels are modes, operations and classes of statuses: never an advertiser, a
/// reader or anything that a request says.
public final class Metrics implements Watch {
    /// Seconds; a decision should be in the first few, an event waits for the disk.
    private static final double[] BOUNDS = {.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("mizan_http_requests_total")
            .help("Requests answered, by operation and class of status.")
            .labelNames("operation", "status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("mizan_http_request_seconds")
            .help("Time from a request to its answer being ready.")
            .labelNames("operation")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .register(registry);

    private final Counter refused = Counter.builder()
            .name("mizan_http_refused_total")
            .help("Requests that found no place among others of their kind: overload.")
            .labelNames("traffic")
            .register(registry);

    public Metrics(Map<Mode, Engine> engines) {
        JvmMetrics.builder().register(registry);
        counter(
                engines,
                "mizan_journal_written_bytes_total",
                "Bytes appended to the journal.",
                e -> e.journal().end());
        counter(
                engines,
                "mizan_journal_durable_bytes_total",
                "Bytes that would survive a power cut.",
                e -> e.journal().durableEnd());
        counter(
                engines,
                "mizan_journal_folded_bytes_total",
                "Bytes whose facts are in the ledger.",
                e -> e.accountant().position());
        counter(
                engines,
                "mizan_terms_broken_total",
                "Ads found beside a post that their terms exclude, since the start. Anything but 0 is a bug.",
                Engine::brokenTerms);
        gauge(
                engines,
                "mizan_journal_stopped",
                "1 when the journal refuses writes for good.",
                e -> e.journal().stopped().isPresent() ? 1 : 0);
        gauge(
                engines,
                "mizan_overspend_micros",
                "The most that any budget was ever exceeded by. Anything but 0 is a bug.",
                e -> e.accountant().largestOverspend());
        gauge(
                engines,
                "mizan_repository_behind_seconds",
                "Since when the oldest ad was shown that a search of the public repository does not find, or whose"
                        + " showing is not on record.",
                e -> e.repository()
                                .map(Repository::behind)
                                .orElse(Duration.ZERO)
                                .toMillis()
                        / 1e3);
        gauge(
                engines,
                "mizan_clock_behind_seconds",
                "How far the machine's clock is behind what it has been. Meanwhile the time of serving stands still.",
                e -> e.clockBehind().toMillis() / 1e3);
        gauge(
                engines,
                "mizan_book_revision",
                "Changes of the book so far.",
                e -> e.booking().book().revision());
        gauge(
                engines,
                "mizan_campaigns",
                "Campaigns in the book.",
                e -> e.booking().book().campaigns().size());
        gauge(
                engines,
                "mizan_ad_groups",
                "Ad groups in the book.",
                e -> e.booking().book().adGroups().size());
        raters(engines);
    }

    /// Outside raters by the names that the operator gave them.
    private void raters(Map<Mode, Engine> engines) {
        raterGauge(
                engines,
                "mizan_rater_posts_waiting",
                "Posts unrated until this rater answers.",
                (engine, rater) -> engine.outsideRaters().waiting(rater.rater()));
        raterGauge(
                engines,
                "mizan_rater_left_alone",
                "1 while it is not asked because it failed too often in a row.",
                (engine, rater) -> rater.open(engine.time().instant()) ? 1 : 0);
        raterCounter(
                engines,
                "mizan_rater_verdicts_total",
                "Verdicts taken, since the start.",
                r -> r.figures().answers());
        raterCounter(
                engines,
                "mizan_rater_failures_total",
                "Questions without a sound answer, since the start.",
                r -> r.figures().failures());
        raterCounter(
                engines,
                "mizan_rater_late_total",
                "Questions without an answer within the deadline, since the start.",
                r -> r.figures().late());
    }

    private void raterGauge(
            Map<Mode, Engine> engines, String name, String help, ToDoubleBiFunction<Engine, Standing> read) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("mode", "rater")
                .callback(to -> engines.forEach((mode, engine) -> engine.outsideRaters()
                        .standing()
                        .forEach(r -> to.call(
                                read.applyAsDouble(engine, r),
                                text(mode),
                                r.rater().name()))))
                .register(registry);
    }

    private void raterCounter(Map<Mode, Engine> engines, String name, String help, ToDoubleFunction<Standing> read) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("mode", "rater")
                .callback(to -> engines.forEach((mode, engine) -> engine.outsideRaters()
                        .standing()
                        .forEach(r -> to.call(
                                read.applyAsDouble(r), text(mode), r.rater().name()))))
                .register(registry);
    }

    private void counter(Map<Mode, Engine> engines, String name, String help, ToDoubleFunction<Engine> read) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("mode")
                .callback(to -> engines.forEach((mode, engine) -> to.call(read.applyAsDouble(engine), text(mode))))
                .register(registry);
    }

    private void gauge(Map<Mode, Engine> engines, String name, String help, ToDoubleFunction<Engine> read) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("mode")
                .callback(to -> engines.forEach((mode, engine) -> to.call(read.applyAsDouble(engine), text(mode))))
                .register(registry);
    }

    private static String text(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void refused(Traffic traffic) {
        refused.labelValues(traffic.name().toLowerCase(Locale.ROOT)).inc();
    }

    @Override
    public void answered(String operation, int status, long nanos) {
        requests.labelValues(operation, status / 100 + "xx").inc();
        seconds.labelValues(operation).observe(nanos / 1e9);
    }

    /// The figures of now.
    public byte[] text() {
        var bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
