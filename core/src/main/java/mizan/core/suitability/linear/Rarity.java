package mizan.core.suitability.linear;

import java.util.List;

/// How rare each place was in the texts that a model learned from: a rare word says more than a common one.
///
/// @param sixteenths one for each place: its inverse document frequency `1 + ln(texts / texts with it)` in
///     sixteenths, as an unsigned byte; 0 when it was never met, which says nothing
@SuppressWarnings("ArrayRecordComponent") // Read by the model and the trainer; nobody compares it.
public record Rarity(byte[] sixteenths) {
    public Rarity {
        if (sixteenths.length != TextFeatures.SIZE) {
            throw new IllegalArgumentException("one rarity for each place: " + sixteenths.length);
        }
    }

    public static Rarity of(List<TextFeatures> texts) {
        var with = new int[TextFeatures.SIZE];
        for (var text : texts) {
            for (int place : text.places()) {
                with[place]++;
            }
        }
        var rarity = new byte[TextFeatures.SIZE];
        for (int i = 0; i < rarity.length; i++) {
            if (with[i] > 0) {
                long value = Math.round(16 * (1 + Math.log((double) texts.size() / with[i])));
                rarity[i] = (byte) Math.min(255, value);
            }
        }
        return new Rarity(rarity);
    }

    /// What one place of a text is worth, before the text's length is taken out.
    float of(int place) {
        return (sixteenths[place] & 0xFF) / 16f;
    }

    /// The values of a text's places, together of length 1, so that a long text weighs no more than a short.
    public float[] weigh(TextFeatures text) {
        var values = new float[text.places().length];
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = of(text.places()[i]);
            squares += values[i] * values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = squares == 0 ? 0 : (float) (values[i] / Math.sqrt(squares));
        }
        return values;
    }

    /// Which share of the text's different words was met before, [0, 1]; 0 for a text without words.
    public double known(TextFeatures text) {
        int words = 0;
        int met = 0;
        for (int place : text.places()) {
            if (place < TextFeatures.WORDS) {
                words++;
                met += sixteenths[place] == 0 ? 0 : 1;
            }
        }
        return words == 0 ? 0 : (double) met / words;
    }
}
