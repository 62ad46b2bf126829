package mizan.server.reporting;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import mizan.core.prediction.BetaPrior;
import mizan.core.prediction.Calibration;
import mizan.core.prediction.ClickLearner;
import mizan.core.prediction.Features;

/// A click model as bytes: format and hashing scheme, the prior's strengths and counts, the weights' sums, the
/// calibration of each placement.
public final class ModelCodec {
    private static final int FORMAT = 1;

    private ModelCodec() {}

    public static byte[] write(ClickLearner learner) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(Features.SCHEME);
            prior(out, learner.prior());
            weights(out, learner);
            var calibrations = learner.calibration();
            out.writeInt(calibrations.size());
            for (var each : calibrations.entrySet()) {
                var state = each.getValue();
                out.writeUTF(each.getKey());
                out.writeDouble(state.shift());
                out.writeDouble(state.expected());
                out.writeDouble(state.clicks());
                out.writeBoolean(state.trusted());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array refused bytes", e);
        }
        return bytes.toByteArray();
    }

    private record Scope(BetaPrior.Level level, String key, String parent, double renders, double clicks) {}

    private static void prior(DataOutputStream out, BetaPrior prior) throws IOException {
        for (var level : BetaPrior.Level.values()) {
            out.writeDouble(prior.strength(level));
        }
        var scopes = new ArrayList<Scope>();
        prior.each((level, key, parent, renders, clicks) -> scopes.add(new Scope(level, key, parent, renders, clicks)));
        out.writeInt(scopes.size());
        for (var scope : scopes) {
            out.writeUTF(scope.level().name());
            out.writeUTF(scope.key());
            out.writeUTF(scope.parent());
            out.writeDouble(scope.renders());
            out.writeDouble(scope.clicks());
        }
    }

    private record Sums(int place, double z, double n) {}

    private static void weights(DataOutputStream out, ClickLearner learner) throws IOException {
        var all = new ArrayList<Sums>();
        learner.model().each((place, z, n) -> all.add(new Sums(place, z, n)));
        out.writeInt(all.size());
        for (var sums : all) {
            out.writeInt(sums.place());
            out.writeDouble(sums.z());
            out.writeDouble(sums.n());
        }
    }

    /// Puts a stored model into a learner that has learned nothing yet. Answers false, and changes nothing, when
    /// another
    /// format or another way of hashing made it: it is then learned anew.
    public static boolean restore(byte[] body, ClickLearner learner) {
        try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
            if (in.readInt() != FORMAT || in.readInt() != Features.SCHEME) {
                return false;
            }
            for (var level : BetaPrior.Level.values()) {
                learner.prior().restoreStrength(level, in.readDouble());
            }
            for (int left = in.readInt(); left > 0; left--) {
                learner.prior()
                        .restore(
                                BetaPrior.Level.valueOf(in.readUTF()),
                                in.readUTF(),
                                in.readUTF(),
                                in.readDouble(),
                                in.readDouble());
            }
            for (int left = in.readInt(); left > 0; left--) {
                learner.model().restore(in.readInt(), in.readDouble(), in.readDouble());
            }
            for (int left = in.readInt(); left > 0; left--) {
                learner.restoreCalibration(
                        in.readUTF(),
                        new Calibration.State(in.readDouble(), in.readDouble(), in.readDouble(), in.readBoolean()));
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("a model that its checksum vouches for ends early", e);
        }
    }
}
