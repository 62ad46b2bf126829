package mizan.bench.rater;

import java.util.List;

/// A model that comes with Mizan. It may be trained only on a set whose licence allows that: see
/// docs/science/rater-model-card.md.
///
/// @param trainedOn the set's folder
/// @param training what did best on sets of the language that it was not trained on
/// @param doubt the share of inoffensive texts that its band of doubt may hold up; see `mizan rater doubt`
record ShippedModel(String language, String version, String trainedOn, Training training, double doubt) {
    static final List<ShippedModel> ALL = List.of(
            new ShippedModel("ar", "linear-ar-2", "ar-mpold", new Training(4, true), 0.30),
            new ShippedModel("en", "linear-en-2", "en-davidson", new Training(64, false), 0.15));

    String file() {
        return "linear-" + language + ".bin";
    }
}
