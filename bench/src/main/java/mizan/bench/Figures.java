package mizan.bench;

import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How a benchmark prints: one line a figure, or one JSON object.
final class Figures {
    @Option(names = "--json", description = "figures as one JSON object")
    private boolean json;

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// With one digit behind the point, which is all that a shared machine supports.
    static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }

    void print(ObjectNode figures) {
        if (json) {
            System.out.println(figures);
        } else {
            figures.properties()
                    .forEach(f -> System.out.println("  " + f.getKey() + "  "
                            + (f.getValue().isContainer()
                                    ? f.getValue().toString()
                                    : f.getValue().asString())));
        }
    }
}
