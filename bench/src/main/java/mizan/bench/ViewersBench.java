package mizan.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import mizan.server.accounting.Tokens;
import mizan.server.viewers.SecretFile;
import mizan.server.viewers.Viewers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What it costs to name a viewer, before and after others were erased, and what erasing them costs.
@Command(
        name = "viewers",
        mixinStandardHelpOptions = true,
        description = "Naming viewers by a secret that can forget single ones, in CPU time of the thread.")
final class ViewersBench implements Callable<Integer> {
    private static final int ROUNDS = 5;

    @Option(names = "--names", description = "named in each round (default: ${DEFAULT-VALUE})")
    private int names = 100_000;

    @Option(names = "--erased", description = "erased at once (default: ${DEFAULT-VALUE})")
    private int erased = 10_000;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("mizan-viewers");
        var file = folder.resolve("viewers.key");
        var viewers = new Viewers(new SecretFile(file), Tokens.KeyRing.key(new byte[32]));
        var figures = Figures.object();
        figures.put("micros_a_name", Figures.tenth(naming(viewers)));
        var keys = new ArrayList<String>();
        for (int i = 0; i < erased; i++) {
            keys.add("erased " + i);
        }
        long began = cpu();
        viewers.forget(keys);
        figures.put("erased", erased).put("millis_to_erase_them", Figures.tenth((cpu() - began) / 1e6));
        figures.put("micros_a_name_then", Figures.tenth(naming(viewers)));
        figures.put("file_bytes", Files.size(file));
        output.print(figures);
        for (var left : List.of(file, folder)) {
            Files.delete(left);
        }
        return 0;
    }

    /// The median of some rounds.
    private double naming(Viewers viewers) {
        var rounds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long began = cpu();
            for (int i = 0; i < names; i++) {
                viewers.name("viewer " + i);
            }
            rounds[round] = (cpu() - began) / 1e3 / names;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
