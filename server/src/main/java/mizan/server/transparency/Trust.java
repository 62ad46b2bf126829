package mizan.server.transparency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mizan.log.LogStore;
import mizan.log.Sha256;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.JsonNodeFactory;

/// Counts what the trust page says, so that no reader's request has to, and keeps it for each month, signed.
public final class Trust {
    /// Days that the page is about, with today.
    static final int DAYS = 30;

    /// Months that a server which was off catches up with.
    private static final int MONTHS = 12;

    private static final Duration SHORTEST_REST = Duration.ofSeconds(30);
    /// Counting takes a hundredth of the time at most, however large the ledger is.
    private static final int REST_FOR_WORK = 100;

    private static final String INDEX = "trust/index.json";
    private final BiFunction<LocalDate, LocalDate, TrustFigures> count;
    private final LogStore files;
    private final UnaryOperator<String> signer;
    private final InstantSource time;
    private volatile Optional<TrustFigures> newest = Optional.empty();
    private Instant dueAt = Instant.MIN;
    private Optional<YearMonth> keptUpTo = Optional.empty();

    /// @param count counts from a day (UTC) until another
    /// @param files where months are kept
    /// @param signer makes a signed note of a text
    public Trust(
            BiFunction<LocalDate, LocalDate, TrustFigures> count,
            LogStore files,
            UnaryOperator<String> signer,
            InstantSource time) {
        this.count = count;
        this.files = files;
        this.signer = signer;
        this.time = time;
    }

    /// Counts again when it is due, and keeps the months that are over. For a thread that nobody waits for.
    public synchronized void step() {
        if (time.instant().isBefore(dueAt)) {
            return;
        }
        // By the machine's own count: the clock may be one that is moved.
        long began = System.nanoTime();
        var today = time.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        newest = Optional.of(count.apply(today.minusDays(DAYS - 1L), today.plusDays(1)));
        keepUpTo(YearMonth.from(today).minusMonths(1));
        var rest = Duration.ofNanos(System.nanoTime() - began).multipliedBy(REST_FOR_WORK);
        dueAt = time.instant().plus(rest.compareTo(SHORTEST_REST) > 0 ? rest : SHORTEST_REST);
    }

    private void keepUpTo(YearMonth last) {
        if (keptUpTo.filter(last::equals).isPresent()) {
            return;
        }
        try {
            for (int ago = MONTHS - 1; ago >= 0; ago--) {
                keep(last.minusMonths(ago));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a month of the trust page was not kept", e);
        }
        keptUpTo = Optional.of(last);
    }

    /// A month that is over, once and for good; later findings are in the months in which they were made. One
    /// without any ad is not kept.
    private void keep(YearMonth month) throws IOException {
        var before = months();
        if (before.contains(month.toString())) {
            return;
        }
        var figures = count.apply(month.atDay(1), month.plusMonths(1).atDay(1));
        if (figures.foundLater().trials() == 0) {
            return;
        }
        var bytes = StrictJson.bytes(figures.json());
        var name = month + ".json";
        var note = signer.apply("mizan trust page\n" + month + "\n" + Sha256.hex(bytes) + "  " + name + "\n");
        files.write("trust/" + name, bytes);
        files.write("trust/" + month + ".note", note.getBytes(StandardCharsets.UTF_8));
        files.force();
        var index = JsonNodeFactory.instance.objectNode();
        var data = index.putArray("data");
        Stream.concat(Stream.of(month.toString()), before.stream())
                .sorted((a, b) -> b.compareTo(a))
                .forEach(data::add);
        files.write(INDEX, StrictJson.bytes(index));
        files.force();
    }

    /// The figures of now; empty until they were counted.
    public Optional<TrustFigures> newest() {
        return newest;
    }

    /// Months that are kept, newest first.
    public List<String> months() throws IOException {
        return files.read(INDEX)
                .map(bytes -> StrictJson.own(new String(bytes, StandardCharsets.UTF_8)))
                .map(json -> json.path("data")
                        .valueStream()
                        .map(month -> month.asString())
                        .toList())
                .orElse(List.of());
    }

    /// A month's `2026-03.json` or `2026-03.note`; empty when there is none.
    public Optional<byte[]> file(String name) throws IOException {
        boolean kept = months().stream()
                .flatMap(m -> Stream.of(m + ".json", m + ".note"))
                .anyMatch(name::equals);
        return kept ? files.read("trust/" + name) : Optional.empty();
    }
}
