package mizan.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `mizan mirror`: the verifier's own command, which runs without Mizan too.
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        description =
                "Copy a log into a folder, or bring the copy up to date; refused when the log does not continue it.")
final class MirrorCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "URL", description = "the log's address, such as https://feed.example/log")
    private String url = "";

    @Parameters(index = "1", paramLabel = "FOLDER", description = "where the copy is")
    private String folder = "";

    @Override
    public Integer call() throws InterruptedException {
        return mizan.verifier.Main.run("mirror", url, folder);
    }
}
