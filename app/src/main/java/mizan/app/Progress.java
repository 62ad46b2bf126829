package mizan.app;

import java.util.Locale;

/// What a command says while it works: one line a step; on a terminal a bar with the time left.
final class Progress {
    private final boolean quiet;
    private final boolean terminal = isTerminal();
    private final long began = System.nanoTime();

    Progress(boolean quiet) {
        this.quiet = quiet;
    }

    @SuppressWarnings("SystemConsoleNull") // It may still be null where the console module is missing.
    private static boolean isTerminal() {
        var console = System.console();
        return console != null
                && console.isTerminal()
                && System.getenv("CI") == null
                && System.getenv("NO_COLOR") == null;
    }

    void line(String text) {
        if (!quiet) {
            System.out.println(text);
        }
    }

    void done(String text) {
        line(String.format(Locale.ROOT, "  ✓ %-70s %5.1f s", text, (System.nanoTime() - began) / 1e9));
    }

    void bar(String what, int step, int steps) {
        if (quiet) {
            return;
        }
        if (!terminal) {
            if (step == steps || step % 5 == 0) {
                line("  ▸ " + what + ": " + step + " of " + steps);
            }
            return;
        }
        int full = 24 * step / steps;
        System.out.print("\r  ▸ " + what + "   " + "█".repeat(full) + "░".repeat(24 - full) + "  week " + step + " of "
                + steps + (step == steps ? "\n" : "   "));
        System.out.flush();
    }
}
