package mizan.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.out.println(
                "Mizan " + Main.VERSION + " on Java " + Runtime.version().feature());
        return 0;
    }
}
