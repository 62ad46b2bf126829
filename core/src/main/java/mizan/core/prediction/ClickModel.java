package mizan.core.prediction;

import java.util.Arrays;

/// Logistic regression over hashed features, learned one row at a time: FTRL-proximal (McMahan et al., "Ad Click
/// Prediction: a View from the Trenches", KDD 2013).
///
/// A row has an offset, the log odds that are believed without it, so that an unknown feature changes nothing.
/// One thread learns; any number read, and see each weight before or after a row, never half of it.
public final class ClickModel {
    public static final int BITS = 20;
    public static final int SIZE = 1 << BITS;

    private static final int LEAF_BITS = 10;
    private static final int LEAF = 1 << LEAF_BITS;
    /// Read where nothing was learned; never written.
    private static final Leaf EMPTY = new Leaf();

    private final Rates rates;
    private final Leaf[] leaves = new Leaf[SIZE / LEAF];

    /// How fast and how willingly weights move, as in the paper.
    ///
    /// @param alpha step of a fresh weight
    /// @param beta how many gradients keep it fresh
    /// @param l1 evidence below which a weight stays 0
    /// @param l2 pull towards 0
    public record Rates(double alpha, double beta, double l1, double l2) {
        /// Half the step that is usual: with twenty features in every row, 0.1 leaves rates of one in a
        /// hundred off by a quarter of themselves.
        public static final Rates STANDARD = new Rates(0.05, 1, 0, 1);
    }

    public ClickModel(Rates rates) {
        this.rates = rates;
        Arrays.fill(leaves, EMPTY);
    }

    /// A part of the table, made when something in it is learned: most engines use little of it.
    private static final class Leaf {
        final double[] z = new double[LEAF];
        final double[] n = new double[LEAF];
        /// What readers see. A float is written in one piece on every machine, a double is not promised to be.
        final float[] weights = new float[LEAF];
    }

    /// The log odds that these features add.
    ///
    /// @param places of [Features#place]
    public double margin(int[] places) {
        double sum = 0;
        for (int place : places) {
            sum += leaves[place >>> LEAF_BITS].weights[place & (LEAF - 1)];
        }
        return sum;
    }

    /// One row: what was believed with its offset, against what happened.
    public void learn(int[] places, double offset, boolean clicked) {
        double gradient = probability(offset + margin(places)) - (clicked ? 1 : 0);
        for (int place : places) {
            learn(place, gradient);
        }
    }

    private void learn(int place, double gradient) {
        var leaf = own(place >>> LEAF_BITS);
        int i = place & (LEAF - 1);
        double n = leaf.n[i] + gradient * gradient;
        double sigma = (Math.sqrt(n) - Math.sqrt(leaf.n[i])) / rates.alpha();
        leaf.z[i] += gradient - sigma * leaf.weights[i];
        leaf.n[i] = n;
        leaf.weights[i] = weight(leaf.z[i], n);
    }

    private float weight(double z, double n) {
        if (Math.abs(z) <= rates.l1()) {
            return 0;
        }
        return (float)
                (-(z - Math.signum(z) * rates.l1()) / ((rates.beta() + Math.sqrt(n)) / rates.alpha() + rates.l2()));
    }

    @SuppressWarnings("ReferenceEquality") // There is one EMPTY, and it must not be written to.
    private Leaf own(int leaf) {
        if (leaves[leaf] == EMPTY) {
            leaves[leaf] = new Leaf();
        }
        return leaves[leaf];
    }

    /// What is kept of one place: the two sums that a weight is made of.
    public interface Learned {
        void at(int place, double z, double n);
    }

    /// Every place that was learned, in order.
    public void each(Learned visitor) {
        for (int l = 0; l < leaves.length; l++) {
            for (int i = 0; i < LEAF; i++) {
                if (leaves[l].n[i] > 0) {
                    visitor.at(l << LEAF_BITS | i, leaves[l].z[i], leaves[l].n[i]);
                }
            }
        }
    }

    /// Puts back what [#each] told.
    public void restore(int place, double z, double n) {
        var leaf = own(place >>> LEAF_BITS);
        int i = place & (LEAF - 1);
        leaf.z[i] = z;
        leaf.n[i] = n;
        leaf.weights[i] = weight(z, n);
    }

    /// From log odds, kept away from 0 and 1 so that no row teaches without end.
    public static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-Math.clamp(logOdds, -20, 20)));
    }

    public static double logOdds(double probability) {
        double inside = Math.clamp(probability, 1e-9, 1 - 1e-9);
        return Math.log(inside / (1 - inside));
    }
}
