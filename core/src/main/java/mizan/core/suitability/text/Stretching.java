package mizan.core.suitability.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Letters held for emphasis: `waaar`, `كلللب`.
///
/// A word is stretched when a letter stands in it three times in a row. Each of its repeated letters then
/// counts once or twice, because words have doubled letters of their own: `kiiilll` is "kill".
final class Stretching {
    static final int STRETCHED = 3;
    /// With more repeated letters all are taken once, or all twice.
    private static final int MAX_FREE_RUNS = 4;

    private Stretching() {}

    static void addShortened(String word, Set<String> found) {
        if (!isStretched(word)) {
            return;
        }
        var runs = repeats(word);
        if (runs.size() > MAX_FREE_RUNS) {
            found.add(shortened(word, 0));
            found.add(shortened(word, -1));
            return;
        }
        for (int twice = 0; twice < 1 << runs.size(); twice++) {
            found.add(shortened(word, twice));
        }
    }

    private static boolean isStretched(String word) {
        int run = 1;
        for (int i = 1; i < word.length(); i++) {
            run = word.charAt(i) == word.charAt(i - 1) ? run + 1 : 1;
            // Digits are not stretched: 1000 is not 10.
            if (run >= STRETCHED && Character.isLetter(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /// Where letters begin that stand twice or more in a row.
    private static List<Integer> repeats(String word) {
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < word.length(); i = endOfRun(word, i)) {
            if (endOfRun(word, i) - i >= 2 && Character.isLetter(word.charAt(i))) {
                starts.add(i);
            }
        }
        return starts;
    }

    private static int endOfRun(String word, int from) {
        int to = from + 1;
        while (to < word.length() && word.charAt(to) == word.charAt(from)) {
            to++;
        }
        return to;
    }

    /// @param twice one bit for each repeated letter, the first lowest: whether it is kept twice
    private static String shortened(String word, int twice) {
        var out = new StringBuilder(word.length());
        int left = twice;
        for (int i = 0; i < word.length(); ) {
            int to = endOfRun(word, i);
            if (to - i >= 2 && Character.isLetter(word.charAt(i))) {
                out.append(word, i, i + 1 + (left & 1));
                left >>= 1;
            } else {
                out.append(word, i, to);
            }
            i = to;
        }
        return out.toString();
    }
}
