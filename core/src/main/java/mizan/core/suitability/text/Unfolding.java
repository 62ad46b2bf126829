package mizan.core.suitability.text;

import java.util.Optional;

/// Finds where folded letters stand in the text as it was written.
///
/// Folding drops, joins and expands letters and keeps no map, for few posts ever need one. Words and the
/// spaces between them fold by themselves: words before the span are folded again only to be counted, and
/// within a word the place is found by halving. What is found is folded once more and compared.
public final class Unfolding {
    private Unfolding() {}

    /// @param start a char of the folded text, the first of the span
    /// @param end the char after its last
    /// @return empty when these letters were not written in a row, as in text whose direction is overridden
    public static Optional<Span> span(String raw, FoldedText folded, int start, int end) {
        int from = -1;
        int before = 0;
        for (int word = 0; word < raw.length(); ) {
            int next = endOfWord(raw, word);
            int length = length(raw, word, next);
            if (from < 0 && start < before + length) {
                from = firstPrefix(raw, word, next, start - before + 1) - 1;
            }
            if (from >= 0 && end <= before + length) {
                return checked(
                        raw,
                        from,
                        firstPrefix(raw, word, next, end - before),
                        folded.text().substring(start, end));
            }
            before += length;
            word = next;
        }
        return Optional.empty();
    }

    private static int endOfWord(String raw, int from) {
        int end = from + 1;
        while (end < raw.length() && !isSpace(raw.charAt(from)) && !isSpace(raw.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n';
    }

    /// Where the shortest beginning of a word ends that folds to so many letters.
    private static int firstPrefix(String raw, int word, int next, int letters) {
        int low = word + 1;
        int high = next;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (length(raw, word, middle) >= letters) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// A ligature that stands for several words is found whole.
    private static Optional<Span> checked(String raw, int from, int to, String letters) {
        var span = new Span(splitsPair(raw, from) ? from - 1 : from, splitsPair(raw, to) ? to + 1 : to);
        var again = Folding.fold(raw.substring(span.start(), span.end())).text();
        return again.contains(letters) ? Optional.of(span) : Optional.empty();
    }

    private static boolean splitsPair(String raw, int at) {
        return at > 0 && at < raw.length() && Character.isSurrogatePair(raw.charAt(at - 1), raw.charAt(at));
    }

    private static int length(String raw, int from, int to) {
        return Folding.fold(raw.substring(from, to)).text().length();
    }
}
