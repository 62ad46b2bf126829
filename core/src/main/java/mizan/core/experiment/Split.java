package mizan.core.experiment;

import java.util.List;

/// Who is in which arm: by a hash of the unit's key, so that the same key is always in the same arm and nothing has to
/// be remembered. Another salt is another, independent split.
///
/// @param salt the experiment's name; 1 to 100 characters
/// @param shares each arm's share of all units, each above 0; what they leave of 1 is in no arm
public record Split(String salt, List<Double> shares) {
    /// In no arm.
    public static final int NONE = -1;

    public Split {
        shares = List.copyOf(shares);
        if (salt.isEmpty() || salt.length() > 100) {
            throw new IllegalArgumentException("an experiment's salt has 1 to 100 characters");
        }
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (shares.isEmpty() || shares.stream().anyMatch(s -> !(s > 0)) || sum > 1 + 1e-9) {
            throw new IllegalArgumentException("shares are above 0 and add up to at most 1");
        }
    }

    public static Split halves(String salt) {
        return new Split(salt, List.of(0.5, 0.5));
    }

    /// The arm of this unit (a viewer's pseudonymous key, a campaign, an hour), or [#NONE].
    public int arm(String unit) {
        double at = (hash(unit) >>> 11) * 0x1p-53;
        double end = 0;
        for (int arm = 0; arm < shares.size(); arm++) {
            end += shares.get(arm);
            if (at < end) {
                return arm;
            }
        }
        return NONE;
    }

    /// FNV-1a over salt and unit, with the finaliser of splitmix64: neighbouring keys fall independently.
    private long hash(String unit) {
        long hash = fnv(fnv(0xCBF29CE484222325L, salt) * 31 + 7, unit);
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return hash ^ (hash >>> 31);
    }

    private static long fnv(long hash, String text) {
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }
}
