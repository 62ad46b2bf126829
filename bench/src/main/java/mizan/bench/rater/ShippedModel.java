package mizan.bench.rater;

import java.util.List;

/// A model that comes with Mizan. It may be trained only on a set whose licence allows that: see
/// docs/science/rater-model-card.md.
///
/// @param trainedOn the set's folder
/// @param training what did best on sets of the language that it was not trained on
record ShippedModel(String language, String version, String trainedOn, Training training) {
    static final List<ShippedModel> ALL = List.of(
            new ShippedModel("ar", "linear-ar-1", "ar-mpold", new Training(4, true)),
            new ShippedModel("en", "linear-en-1", "en-davidson", new Training(64, false)));

    String file() {
        return "linear-" + language + ".bin";
    }
}
