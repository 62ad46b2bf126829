package mizan.server.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import mizan.log.LogStore;
import mizan.log.Sha256;
import mizan.server.http.StrictJson;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The whole repository as files, made once a night: JSON lines, gzip, their SHA-256 sums, and a note by the log's key
/// over these. Who wants all ads takes this, and does not ask the search for page after page.
///
/// A night's folder is public when [#INDEX] names it, which is written last: nobody ever reads half of one. Each
/// [#step] writes one file, so that new ads need not wait for the dump. Only the newest night's is kept, and that is
/// withdrawn when an ad is taken down: no copy tells what the repository itself may not tell any more.
public final class Dump {
    public static final String INDEX = "dumps/index.json";
    public static final String SUMS = "SHA256SUMS";
    public static final String NOTE = "note";

    /// When the community sleeps, in UTC; a server that was off then makes it when it is on again.
    private static final LocalTime NIGHT = LocalTime.of(1, 0);

    /// Some MB of JSON, which a server can answer from memory.
    private static final int ADS_A_FILE = 5_000;

    private final LogStore files;
    private final RepositoryStore store;
    private final UnaryOperator<String> signer;
    private Optional<Making> making = Optional.empty();

    /// A dump that is not public yet.
    private static final class Making {
        private final LocalDate day;
        private final StringBuilder sums = new StringBuilder();
        private int written;
        private long ads;
        private long below = Long.MAX_VALUE;

        Making(LocalDate day) {
            this.day = day;
        }

        String folder() {
            return Dump.folder(day.toString());
        }
    }

    /// @param signer makes a signed note of a text
    public Dump(LogStore files, RepositoryStore store, UnaryOperator<String> signer) {
        this.files = files;
        this.store = store;
        this.signer = signer;
    }

    /// Writes one file of the night's dump, or its end, if one is due.
    void step(Instant now) {
        try {
            if (making.isEmpty() && isDue(day(now))) {
                // What a crash left of it is no part of it.
                files.deleteFolder(folder(day(now).toString()));
                making = Optional.of(new Making(day(now)));
            }
            if (making.isPresent() && !writeFile(making.get())) {
                publish(making.get());
                making = Optional.empty();
            }
        } catch (IOException e) {
            making = Optional.empty();
            throw new UncheckedIOException("the ad repository's dump was not made", e);
        }
    }

    /// Takes back what is public or being made: it tells of an ad what may not be told any more. The next
    /// [#step] begins the same night's anew. The files go before the index, so that a crash leaves none that
    /// nobody looks for.
    void withdraw() throws IOException {
        if (making.isPresent()) {
            files.deleteFolder(making.get().folder());
            making = Optional.empty();
        }
        var days = days(index());
        if (!days.isEmpty()) {
            for (var day : days) {
                files.deleteFolder(folder(day));
            }
            files.write(INDEX, StrictJson.bytes(none()));
            files.force();
        }
    }

    /// The day whose night has come.
    private static LocalDate day(Instant now) {
        return now.atOffset(ZoneOffset.UTC).minusHours(NIGHT.getHour()).toLocalDate();
    }

    private boolean isDue(LocalDate day) throws IOException {
        var made = days(index());
        boolean anything = store.since().isPresent() || !made.isEmpty();
        return anything && made.stream().allMatch(before -> before.compareTo(day.toString()) < 0);
    }

    /// Newest ads first; what comes meanwhile is in the next night's. Answers whether there was a file to write.
    private boolean writeFile(Making dump) throws IOException {
        var page = store.search(Search.ALL, dump.below, ADS_A_FILE);
        if (page.isEmpty()) {
            return false;
        }
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed, 1 << 16)) {
            for (var ad : page) {
                out.write((ad.json() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        dump.written++;
        dump.ads += page.size();
        dump.below = page.getLast().number();
        var name = "ads-%04d.jsonl.gz".formatted(dump.written);
        files.write(dump.folder() + "/" + name, packed.toByteArray());
        dump.sums
                .append(Sha256.hex(packed.toByteArray()))
                .append("  ")
                .append(name)
                .append('\n');
        return true;
    }

    private void publish(Making dump) throws IOException {
        files.write(dump.folder() + "/" + SUMS, dump.sums.toString().getBytes(StandardCharsets.UTF_8));
        var note = signer.apply("mizan ad repository dump\n" + dump.day + "\n" + dump.ads + " ads\n" + dump.sums);
        files.write(dump.folder() + "/" + NOTE, note.getBytes(StandardCharsets.UTF_8));
        var before = days(index());
        var index = JsonNodeFactory.instance.objectNode();
        var newest = index.putArray("data")
                .addObject()
                .put("day", dump.day.toString())
                .put("ads", dump.ads);
        var names = newest.putArray("files").add(NOTE).add(SUMS);
        dump.sums.toString().lines().forEach(line -> names.add(line.substring(line.lastIndexOf(' ') + 1)));
        files.force();
        files.write(INDEX, StrictJson.bytes(index));
        files.force();
        for (var old : before) {
            files.deleteFolder(folder(old));
        }
    }

    /// What there is: the newest night's, or nothing before the first and while one is made anew.
    public ObjectNode index() throws IOException {
        return files.read(INDEX)
                .map(bytes -> StrictJson.own(new String(bytes, StandardCharsets.UTF_8)))
                .orElseGet(Dump::none);
    }

    private static ObjectNode none() {
        var none = JsonNodeFactory.instance.objectNode();
        none.putArray("data");
        return none;
    }

    private static List<String> days(ObjectNode index) {
        return index.path("data")
                .valueStream()
                .map(dump -> dump.path("day").asString())
                .toList();
    }

    private static String folder(String day) {
        return "dumps/" + day;
    }

    /// A file of a night's dump; empty when there is none, or not yet.
    public Optional<byte[]> file(String day, String name) throws IOException {
        boolean named = index().path("data")
                .valueStream()
                .filter(dump -> dump.path("day").asString().equals(day))
                .flatMap(dump -> dump.path("files").valueStream())
                .anyMatch(file -> file.asString().equals(name));
        return named ? files.read(folder(day) + "/" + name) : Optional.empty();
    }
}
