package mizan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The verifier, in a process of its own with a small heap, over a pack of as many receipts as one likes: differences,
/// time,
/// memory.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "A pack of many receipts, judged by the verifier in a process of its own: inclusion, prices, places, invoice.",
            "The receipts are those of a week of the demo, over and over, each with an id of its own."
        })
final class VerifyBench implements Callable<Integer> {
    @Option(names = "--receipts", defaultValue = "200000", description = "how many (${DEFAULT-VALUE})")
    private int receipts;

    @Option(names = "--heap", defaultValue = "128m", description = "the verifier's heap (${DEFAULT-VALUE})")
    private String heap = "128m";

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var pack = Files.createTempFile("mizan-pack", ".zip");
        try (var played = PlayedWeeks.play(1)) {
            var sealing = played.engine().sealing().orElseThrow();
            while (sealing.step()) {
                // Until every charge has its receipt.
            }
            var large = new LargePack(sealing.store(), receipts);
            var sums = large.write(pack);
            var told = verify(pack, large.key());
            var figures = Figures.object();
            figures.put("receipts", held(told.result(), "prices"));
            figures.put("holds", told.result().get("holds").asBoolean());
            figures.put("differences", failed(told.result()));
            sums.forEach((currency, micros) -> figures.put("invoice_micros_" + currency, micros));
            figures.put("pack_megabytes", Figures.tenth(Files.size(pack) / 1e6));
            figures.put("cpu_seconds", Figures.tenth(told.cpu().toMillis() / 1e3));
            figures.put("cpu_micros_a_receipt", Figures.tenth(told.cpu().toNanos() / 1e3 / receipts));
            figures.put("heap_limit", heap);
            figures.put("peak_resident_megabytes", told.residentKilobytes() / 1_024);
            figures.put("kibibytes_hashed_a_second", Math.round(LargePack.hashesASecond()));
            output.print(figures);
            return told.result().get("holds").asBoolean() && held(told.result(), "prices") == receipts ? 0 : 2;
        } finally {
            Files.delete(pack);
        }
    }

    private record Told(JsonNode result, Duration cpu, long residentKilobytes) {}

    private Told verify(Path pack, String key) throws IOException, InterruptedException {
        var out = Files.createTempFile("mizan-verify", ".json");
        var process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "mizan.verifier.Main",
                        "verify",
                        pack.toString(),
                        "--key",
                        key,
                        "--json"))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var cpu = Duration.ZERO;
        long resident = 0;
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            cpu = process.info().totalCpuDuration().orElse(cpu);
            resident = Math.max(resident, resident(process.pid()));
        }
        try {
            return new Told(JsonMapper.builder().build().readTree(Files.readString(out)), cpu, resident);
        } finally {
            Files.delete(out);
        }
    }

    /// The most that was resident so far; 0 where the system has no `/proc`.
    private static long resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException _) {
            return 0;
        }
    }

    private static long held(JsonNode result, String check) {
        for (var one : result.get("checks")) {
            if (one.get("check").asString().equals(check)) {
                return one.get("held").asLong();
            }
        }
        return 0;
    }

    private static long failed(JsonNode result) {
        long failed = 0;
        for (var one : result.get("checks")) {
            failed += one.get("failed").asLong();
        }
        return failed;
    }
}
