package mizan.app;

import java.net.BindException;
import java.util.logging.Level;
import java.util.logging.Logger;
import mizan.bench.BenchCommand;
import mizan.bench.rater.RaterCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `mizan <command>`. Exit codes: 0 ok, 1 refused, 2 a problem was found, 64 wrong usage.
@Command(
        name = "mizan",
        mixinStandardHelpOptions = true,
        version = "Mizan " + Main.VERSION,
        description = "An advertising platform for feeds that brands can check.",
        subcommands = {
            DemoCommand.class,
            StartCommand.class,
            ConnectCommand.class,
            DoctorCommand.class,
            MigrateCommand.class,
            VerifyCommand.class,
            PackCommand.class,
            MirrorCommand.class,
            WitnessCommand.class,
            ReplayCommand.class,
            BenchCommand.class,
            RaterCommand.class,
            VersionCommand.class
        })
public final class Main {
    static final int REFUSED = 1;
    static final int PROBLEM = 2;
    static final int USAGE = 64;
    static final String VERSION = "0.1.0";

    /// Held, because the level of a logger that nobody holds is forgotten.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    Main() {}

    public static void main(String[] arguments) {
        // The web server tells of its own start; people want to hear of ours.
        HELIDON.setLevel(Level.WARNING);
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        var line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((e, _, _) -> {
            System.err.println("mizan: " + inWords(e));
            return REFUSED;
        });
        usageExit(line);
        if (arguments.length == 0) {
            line.usage(System.out);
            return USAGE;
        }
        return line.execute(arguments);
    }

    /// What happened and what to do next. A port that is taken is the one that everybody meets.
    private static String inWords(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "The port is in use or not allowed (" + cause.getMessage()
                        + "). Next: stop the other program, or choose another port with --port; 0 takes any free one.";
            }
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static void usageExit(CommandLine line) {
        line.getCommandSpec().exitCodeOnInvalidInput(USAGE);
        line.getSubcommands().values().forEach(Main::usageExit);
    }
}
