package mizan.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.core.suitability.PostContent;
import mizan.server.app.Engine;
import mizan.server.findings.Findings;
import mizan.server.http.Idempotency;
import mizan.server.lift.Conversion;
import mizan.server.lift.Lift;
import mizan.server.people.Person;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Role;
import mizan.server.people.Session;
import mizan.server.people.Sessions;
import mizan.server.picture.Pictures;
import mizan.server.picture.redraw.Redraw;
import mizan.server.picture.redraw.Redrawn;
import mizan.server.picture.redraw.SamplePictures;
import mizan.server.rating.IncomingPost;
import mizan.server.rating.Posts;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/retention.md` says is what happens: each table has its row, and what has a span is gone after it.
class RetentionTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Path TABLE = Path.of("../docs/retention.md");
    private static final Path SCRIPTS = Path.of("src/main/resources/mizan/store");

    /// Tables that a later script of their file takes over.
    private static final Set<String> DROPPED = Set.of("`findings.db` beside");

    @TempDir
    Path folder;

    private Instant now = START;
    private final InstantSource time = () -> now;

    @Test
    void givenEveryTableOfEveryStoreInAnyEngine_whenLookedFor_thenItHasOneRowForItsFile() throws Exception {
        var rows = rows();
        int tables = 0;
        try (var scripts = Files.walk(SCRIPTS)) {
            for (var script : scripts.filter(s -> s.toString().endsWith(".sql")).toList()) {
                var path = SCRIPTS.relativize(script);
                var file = "`" + path.getName(path.getNameCount() - 2) + ".db`";
                for (var made : Pattern.compile("CREATE TABLE (\\w+)")
                        .matcher(Files.readString(script))
                        .results()
                        .toList()) {
                    if (DROPPED.contains(file + " " + made.group(1))) {
                        continue;
                    }
                    tables++;
                    long found = rows.stream()
                            .filter(row ->
                                    row.get(0).contains(file) && row.get(1).equals("`" + made.group(1) + "`"))
                            .count();
                    assertEquals(1, found, file + " " + made.group(1));
                }
            }
        }
        assertTrue(tables > 35, "found only " + tables + " tables");
    }

    @Test
    void givenTheSpansOfTheTable_whenComparedWithTheCode_thenTheyAreTheSame() throws Exception {
        var rows = rows();
        Map.of(
                        "`post`", Posts.KEPT,
                        "`verdict`", Posts.KEPT,
                        "`opening`", Posts.KEPT,
                        "`decided_beside`", Findings.WINDOW,
                        "`last_change`", Findings.WINDOW,
                        "`met`", Lift.KEPT,
                        "`done`", Lift.KEPT,
                        "`picture`", Pictures.KEPT,
                        "`answer`", Idempotency.KEPT,
                        "`session`", Session.LONGEST)
                .forEach((table, span) -> {
                    var kept = rows.stream()
                            .filter(row -> row.get(1).equals(table))
                            .findFirst()
                            .orElseThrow()
                            .get(4);
                    var said = span.compareTo(Duration.ofDays(1)) > 0
                            ? span.toDays() + " days"
                            : span.toHours() + " hours";
                    assertTrue(kept.startsWith(said), table + " is kept " + said + ", the table says " + kept);
                });
    }

    @Test
    void givenAConversion_whenHalfAYearHasPassed_thenItIsForgottenAndNotSooner() throws Exception {
        try (var engine = engine()) {
            engine.lift()
                    .take(List.of(new Conversion(
                            new AdvertiserId(SortableId.of(AdvertiserId.PREFIX, 0, 0, 0)), "c1", "v", "buy", now)));
            pass(engine, Lift.KEPT);
            assertEquals(1, count("lift.db", "done"));
            pass(engine, Duration.ofMinutes(2));
            assertEquals(0, count("lift.db", "done"));
        }
    }

    @Test
    void givenAPictureThatNoCreativeNames_whenAMonthHasPassed_thenItAndItsFileAreGoneAndNotSooner() throws Exception {
        try (var engine = engine()) {
            engine.tick();
            var name = engine.pictures()
                    .keep((Redrawn.Picture) Redraw.of(SamplePictures.png(100, 100)))
                    .name();
            pass(engine, Pictures.KEPT);
            assertEquals(1, count("pictures.db", "picture"));
            assertTrue(Files.exists(folder.resolve("pictures").resolve(name)));
            pass(engine, Duration.ofHours(2));
            assertEquals(0, count("pictures.db", "picture"));
            assertTrue(Files.notExists(folder.resolve("pictures").resolve(name)));
        }
    }

    @Test
    void givenAPostWithItsWords_whenNinetyDaysHavePassed_thenItIsForgottenAndNotSooner() throws Exception {
        try (var engine = engine()) {
            engine.posts().take(post());
            engine.tick();
            assertEquals(1, count("posts.db", "post"));
            pass(engine, Posts.KEPT.minusHours(2));
            assertEquals(1, count("posts.db", "post"));
            pass(engine, Duration.ofDays(1));
            assertEquals(0, count("posts.db", "post"));
        }
    }

    @Test
    void givenAnAdBesideAPost_whenAWeekHasPassed_thenItIsForgottenWhereItStoodAndNotSooner() throws Exception {
        try (var engine = engine()) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("findings.db"));
                    var insert = connection.prepareStatement(
                            "INSERT INTO decided_beside VALUES ('p', 0, x'0000000000000000', ?)")) {
                insert.setLong(1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
                insert.executeUpdate();
            }
            pass(engine, Findings.WINDOW);
            assertEquals(1, count("findings.db", "decided_beside"));
            pass(engine, Duration.ofHours(1));
            assertEquals(0, count("findings.db", "decided_beside"));
        }
    }

    @Test
    void givenASessionThatNobodyUses_whenSomebodyElseSignsInLater_thenItsAddressIsForgotten() {
        var store = new RememberedPeople();
        var sessions = new Sessions(store, time, new SplittableRandom(1));
        var person = new Person(
                "per_x",
                "X",
                "x@a.example",
                Role.OWNER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                now,
                Optional.empty());
        sessions.begin(person, "192.0.2.1");
        now = now.plus(Session.LONGEST);
        sessions.begin(person, "192.0.2.2");
        assertEquals(
                Set.of("192.0.2.2"),
                Set.copyOf(store.sessions().stream().map(Session::from).toList()));
    }

    private static IncomingPost post() {
        return new IncomingPost(
                "p1",
                List.of("author"),
                Optional.of("en"),
                Optional.empty(),
                Set.of(),
                PostContent.of("Fresh bread from the oven this morning."),
                true);
    }

    private Engine engine() {
        return Engine.embedded(folder, LeaseRules.STANDARD, time, new SplittableRandom(1));
    }

    private void pass(Engine engine, Duration span) {
        now = now.plus(span);
        engine.tick();
    }

    private long count(String file, String table) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return row.getLong(1);
        }
    }

    /// The cells of each row, without its border.
    private static List<List<String>> rows() throws Exception {
        var rows = new ArrayList<List<String>>();
        for (var line : Files.readAllLines(TABLE)) {
            if (line.startsWith("| `")) {
                rows.add(List.of(line.substring(2, line.length() - 2).split(" \\| ")));
            }
        }
        return rows;
    }
}
