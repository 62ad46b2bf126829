package mizan.core.suitability.linear;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import mizan.core.suitability.text.FoldedText;
import mizan.core.suitability.text.Token;

/// A logistic regression over [TextFeatures], small enough to ship: two bytes a place.
///
/// @param version names these weights in every verdict, such as `linear-ar-2`
/// @param weights one for each place: a byte `b` stands for `b * |b| * step`, so that the few heavy words
///     and the many light letters both keep their share
/// @param step what a weight of 1 is worth
/// @param slope and `intercept` turn a score into a probability (Platt scaling, fitted on texts that the
///     weights were not fitted on)
/// @param clean a text whose probability is below this is let through as clean; chosen by the share of bad
///     texts that slip through, see the model card
/// @param bad a text whose probability is at least this is called bad
@SuppressWarnings("ArrayRecordComponent") // Weights are read once and shared; nobody compares models.
public record LinearModel(
        String version,
        Rarity rarity,
        byte[] weights,
        float step,
        float slope,
        float intercept,
        float clean,
        float bad) {
    /// First bytes of a stored model, with the number of its format.
    private static final byte[] MAGIC = "MZLM1\n".getBytes(StandardCharsets.US_ASCII);

    private static final int MAX_VERSION = 60;
    private static final int TABLES = 2 * TextFeatures.SIZE;

    public LinearModel {
        if (weights.length != TextFeatures.SIZE) {
            throw new IllegalArgumentException("a model has " + TextFeatures.SIZE + " weights, not " + weights.length);
        }
        if (!(clean > 0 && clean <= bad && bad < 1)) {
            throw new IllegalArgumentException("thresholds rise within (0, 1): " + clean + ", " + bad);
        }
    }

    /// What the model makes of one text.
    ///
    /// @param probability that a person would call it offensive, (0, 1), were offensive and other texts
    ///     equally common
    /// @param known which share of its words the model has met before, [0, 1]; an unseen dialect shows here
    public record Reading(double probability, double known) {
        /// How little it says, [0, 1]: 1 when both are as likely, or when no word is known.
        public double doubt() {
            return Math.max(1 - Math.abs(2 * probability - 1), 1 - known);
        }
    }

    public Reading read(FoldedText text) {
        return read(TextFeatures.of(text));
    }

    public Reading read(TextFeatures features) {
        double sum = 0;
        double squares = 0;
        for (int place : features.places()) {
            float value = rarity.of(place);
            sum += weight(place) * value;
            squares += value * value;
        }
        double score = squares == 0 ? 0 : step * sum / Math.sqrt(squares);
        return new Reading(1 / (1 + Math.exp(-(slope * score + intercept))), rarity.known(features));
    }

    private int weight(int place) {
        return weights[place] * Math.abs(weights[place]);
    }

    /// The token that adds most to the score, by its word and its letters; empty when none adds anything.
    public Optional<Token> heaviest(FoldedText text) {
        Optional<Token> heaviest = Optional.empty();
        double most = 0;
        for (var token : text.tokens()) {
            double adds = 0;
            for (int place : TextFeatures.of(List.of(token)).places()) {
                adds += weight(place) * rarity.of(place);
            }
            if (adds > most) {
                most = adds;
                heaviest = Optional.of(token);
            }
        }
        return heaviest;
    }

    /// The stored form: magic, length and text of the version, five floats, weights and rarities deflated
    /// together, CRC-32 over all of it before; big endian.
    public byte[] bytes() {
        var name = version.getBytes(StandardCharsets.UTF_8);
        var tables = deflated();
        var out = ByteBuffer.allocate(MAGIC.length + 1 + name.length + 5 * Float.BYTES + tables.length + Long.BYTES);
        out.put(MAGIC).put((byte) name.length).put(name);
        out.putFloat(step).putFloat(slope).putFloat(intercept).putFloat(clean).putFloat(bad);
        out.put(tables);
        out.putLong(checksum(out.array(), out.position()));
        return out.array();
    }

    private byte[] deflated() {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(ByteBuffer.allocate(TABLES)
                .put(weights)
                .put(rarity.sixteenths())
                .array());
        deflater.finish();
        // Deflating never grows its input by more than a few bytes in each block.
        var packed = new byte[TABLES + TABLES / 100 + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    /// @throws IllegalArgumentException when it is not a whole, undamaged model
    public static LinearModel of(byte[] stored) {
        if (stored.length < MAGIC.length + 1 || !Arrays.equals(stored, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("not a linear model: its first bytes are not MZLM1");
        }
        var in = ByteBuffer.wrap(stored);
        int name = in.position(MAGIC.length).get();
        int tables = stored.length - (MAGIC.length + 1 + name + 5 * Float.BYTES + Long.BYTES);
        if (name < 1 || name > MAX_VERSION || tables < 1) {
            throw new IllegalArgumentException("a linear model cut short: " + stored.length + " bytes");
        }
        if (in.getLong(stored.length - Long.BYTES) != checksum(stored, stored.length - Long.BYTES)) {
            throw new IllegalArgumentException("a damaged linear model: its checksum differs");
        }
        var version = new byte[name];
        in.get(version);
        float step = in.getFloat();
        float slope = in.getFloat();
        float intercept = in.getFloat();
        float clean = in.getFloat();
        float bad = in.getFloat();
        var inflated = inflated(stored, in.position(), tables);
        return new LinearModel(
                new String(version, StandardCharsets.UTF_8),
                new Rarity(Arrays.copyOfRange(inflated, TextFeatures.SIZE, TABLES)),
                Arrays.copyOf(inflated, TextFeatures.SIZE),
                step,
                slope,
                intercept,
                clean,
                bad);
    }

    private static byte[] inflated(byte[] stored, int from, int length) {
        var inflater = new Inflater();
        try {
            inflater.setInput(stored, from, length);
            var tables = new byte[TABLES];
            int read = inflater.inflate(tables);
            if (read != TABLES || inflater.inflate(new byte[1]) != 0) {
                throw new IllegalArgumentException("a linear model with tables of another size");
            }
            return tables;
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a linear model whose tables cannot be read", e);
        } finally {
            inflater.end();
        }
    }

    private static long checksum(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }
}
