package mizan.app;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a command says while it works: on a terminal, check marks with times and a bar; without one, or with
/// `CI` or `NO_COLOR` set, plain lines without escape codes; with `--json`, one object a line.
final class Transcript {
    private static final int WIDTH = 66;
    private static final int CELLS = 24;
    private static final String ERASE_LINE = "\r\033[K";

    /// How it speaks.
    enum Form {
        TERMINAL,
        PLAIN,
        JSON,
        /// Only the result is printed, by its command.
        SILENT
    }

    private final Form form;
    private final PrintStream out;
    private final long began;

    /// @param began [System#nanoTime] that times are counted from
    Transcript(Form form, PrintStream out, long began) {
        this.form = form;
        this.out = out;
        this.began = began;
    }

    /// A terminal where nobody asked for plain text.
    @SuppressWarnings("SystemConsoleNull") // It may still be null where the console module is missing.
    static boolean onTerminal(Map<String, String> environment) {
        var console = System.console();
        return console != null
                && console.isTerminal()
                && !environment.containsKey("CI")
                && !environment.containsKey("NO_COLOR")
                && !"dumb".equals(environment.get("TERM"));
    }

    boolean terminal() {
        return form == Form.TERMINAL;
    }

    /// A line for people only.
    void line(String text) {
        if (form == Form.TERMINAL || form == Form.PLAIN) {
            out.println(text);
        }
    }

    /// A step that is done, with the time since the start.
    void done(String step, String text) {
        line(String.format(Locale.ROOT, "  ✓ %-" + WIDTH + "s %5.1f s", text, seconds()));
        event("step", json().put("step", step).put("text", text).put("seconds", tenths()));
    }

    /// How far it is: a bar where it can be drawn again, else a line now and then.
    void bar(String what, int step, int steps, String rest) {
        switch (form) {
            case TERMINAL -> {
                int full = CELLS * step / steps;
                out.print(ERASE_LINE + "  ▸ " + what + "   " + "█".repeat(full) + "░".repeat(CELLS - full) + "  " + rest
                        + (step == steps ? "\n" : ""));
                out.flush();
            }
            case PLAIN -> {
                if (step == steps || step % 5 == 0) {
                    out.println("  ▸ " + what + ": " + rest);
                }
            }
            case JSON, SILENT -> {}
        }
    }

    /// Something for programs only.
    void event(String name, ObjectNode fields) {
        if (form == Form.JSON) {
            var event = json().put("event", name);
            event.setAll(fields);
            out.println(event);
        }
    }

    static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /// The seconds with one decimal, for programs.
    double tenths() {
        return Math.round(seconds() * 10) / 10.0;
    }
}
