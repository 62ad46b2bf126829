package mizan.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import mizan.bench.predict.Experiments;
import mizan.bench.predict.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Prediction, reach, caps and experiments: target, measured, baseline.
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "Click prediction (C1-C6), reach and caps (R1-R3), experiments (E1-E4).",
            "C1, C2 and C4 need public logs that Mizan does not ship; without them they are left out."
        })
final class PredictBench implements Callable<Integer> {
    @Option(names = "--data", description = "a folder with the public logs, searched by content")
    private List<Path> data = new ArrayList<>();

    @Option(
            names = "--test",
            description = "files or folders kept aside, searched by content; else a part of the training data is")
    private List<Path> test = new ArrayList<>();

    @Option(names = "--only", split = ",", description = "such as C1,R3")
    private List<String> only = new ArrayList<>();

    @Option(names = "--seeds", defaultValue = "3", description = "runs of each simulation (${DEFAULT-VALUE})")
    private int seeds;

    @Mixin
    private Figures output = new Figures();

    @Override
    public Integer call() throws Exception {
        var figures = Figures.object();
        for (var finding : new Experiments(data, test, only, seeds).run()) {
            figures.set(finding.id(), json(finding));
        }
        output.print(figures);
        return 0;
    }

    private static ObjectNode json(Finding finding) {
        var json = Figures.object().put("target", finding.target()).put("met", finding.met());
        json.set("measured", json(finding.measured()));
        json.set("baseline", json(finding.baseline()));
        return json;
    }

    private static ObjectNode json(Map<String, Object> figures) {
        var json = Figures.object();
        figures.forEach(json::putPOJO);
        return json;
    }
}
