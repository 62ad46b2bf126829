package mizan.verifier;

import java.io.IOException;
import java.util.stream.Collectors;

/// The result in words, or as one JSON object.
final class Telling {
    private final Findings findings;
    private final String target;

    Telling(Findings findings, String target) {
        this.findings = findings;
        this.target = target;
    }

    void to(Appendable out, boolean json) throws IOException {
        out.append(json ? json() : words());
    }

    private String words() {
        var text = new StringBuilder();
        for (var check : Findings.Check.values()) {
            long failed = findings.failed(check);
            long held = findings.held(check, 0);
            var sign = failed > 0 ? "✗" : held > 0 ? "✓" : "·";
            text.append("  ").append(sign).append(' ').append(check.promise);
            if (failed > 0) {
                text.append(": ")
                        .append(failed)
                        .append(" of ")
                        .append(failed + held)
                        .append(" do not hold");
            } else if (held > 0) {
                text.append(": ").append(held);
            } else {
                text.append(": not checked");
            }
            text.append('\n');
            findings.notes(check)
                    .forEach(n -> text.append("      ").append(visible(n)).append('\n'));
            findings.faults().stream()
                    .filter(f -> f.check() == check)
                    .forEach(f -> text.append("      ✗ ")
                            .append(visible(f.where()))
                            .append(": ")
                            .append(visible(f.what()))
                            .append('\n'));
        }
        return text.append(findings.holds() ? "Everything that was checked holds.\n" : "NOT everything holds.\n")
                .toString();
    }

    private String json() {
        var checks = new java.util.StringJoiner(",", "[", "]");
        for (var check : Findings.Check.values()) {
            checks.add("{\"check\":" + quoted(name(check)) + ",\"held\":" + findings.held(check, 0) + ",\"failed\":"
                    + findings.failed(check) + ",\"notes\":["
                    + findings.notes(check).stream().map(Telling::quoted).collect(Collectors.joining(",")) + "]}");
        }
        var faults = findings.faults().stream()
                .map(f -> "{\"check\":" + quoted(name(f.check())) + ",\"where\":" + quoted(f.where()) + ",\"what\":"
                        + quoted(f.what()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"target\":" + quoted(target) + ",\"holds\":" + findings.holds() + ",\"checks\":" + checks
                + ",\"faults\":" + faults + "}\n";
    }

    private static String name(Findings.Check check) {
        return check.name().toLowerCase(java.util.Locale.ROOT);
    }

    /// What a text of others could do to a terminal, or to the order in which a line is read, is shown and not done.
    private static String visible(String text) {
        var visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean does = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            visible.append(does ? String.format("\\u%04x", c) : Character.toString(c));
        });
        return visible.toString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ' || (c >= 0x7f && c < 0xa0) || Character.isSurrogate((char) c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
