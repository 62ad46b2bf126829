package mizan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import mizan.server.app.Engine;
import mizan.server.serve.LeaseRules;
import mizan.sim.story.MovableClock;
import mizan.sim.story.Story;

/// An engine in a folder of its own with a few weeks of the demo's story in it: real decisions, charges and receipts.
record PlayedWeeks(Path folder, Engine engine, Story story) implements AutoCloseable {
    private static final Instant END = Instant.parse("2026-11-23T00:00:00Z");

    static PlayedWeeks play(int weeks) throws IOException {
        var folder = Files.createTempDirectory("mizan-bench");
        var start = END.minus(Duration.ofDays(7L * weeks));
        var clock = new MovableClock(start);
        var rules = new LeaseRules(Duration.ofDays(1), Duration.ofMinutes(15));
        var engine = Engine.embedded(folder, rules, clock, new SplittableRandom(7));
        var story = new Story(engine, clock, 7);
        story.begin(60, start, weeks);
        for (int week = 1; week <= weeks; week++) {
            story.playWeek(week, start.plus(Duration.ofDays(7L * (week - 1))));
        }
        engine.settle();
        return new PlayedWeeks(folder, engine, story);
    }

    @Override
    public void close() throws IOException {
        engine.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
