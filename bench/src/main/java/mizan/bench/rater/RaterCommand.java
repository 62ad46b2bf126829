package mizan.bench.rater;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mizan rater train`, `measure`, `doubt` and `together`.
@Command(
        name = "rater",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "train|measure|doubt|together",
        description = "Train the built-in linear rater, or measure it on labelled sets.",
        subcommands = {RaterCommand.Train.class, MeasureCommand.class, DoubtCommand.class, TogetherCommand.class})
public final class RaterCommand {
    @Command(name = "train", mixinStandardHelpOptions = true, description = "Fit the shipped model of each language.")
    static final class Train implements Callable<Integer> {
        @Option(names = "--data", required = true, description = "folder of labelled sets, one folder each")
        private Path data = Path.of(".");

        @Option(names = "--out", required = true, description = "folder to write linear-ar.bin, linear-en.bin to")
        private Path out = Path.of(".");

        @Override
        public Integer call() throws IOException {
            Files.createDirectories(out);
            for (var shipped : ShippedModel.ALL) {
                var rows = LabelledSets.read(data, List.of(shipped.trainedOn()));
                var model = shipped.training().fit(shipped.version(), rows, shipped.doubt());
                var file = out.resolve(shipped.file());
                Files.write(file, model.bytes());
                System.out.println(file + "  " + rows.size() + " texts, " + Files.size(file) + " bytes, clean below "
                        + model.clean() + ", bad from " + model.bad());
            }
            return 0;
        }
    }
}
