package mizan.core.targeting;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Finds the entries whose criteria a request meets, where every value is a small number. What is targeted
/// with words is compiled into it by [CompiledTargeting].
///
/// A block is not computed before it is asked for, and what is prepared for a request does not grow
/// with the number of entries. Immutable and safe to share. Reference: Whang et al., "Indexing Boolean
/// Expressions", VLDB 2009; posting lists are bitmaps here where they are long.
public final class BlockIndex {
    static final int BLOCK = TargetingIndex.BLOCK;
    static final int WORDS = TargetingIndex.WORDS;

    private final int size;
    private final Rows[] rows;
    /// Criteria, those first that most entries care about: they rule most others out.
    private final int[] order;

    /// One criterion of all entries.
    ///
    /// @param excludes whether an entry refuses requests with its values, rather than asking for any of them
    /// @param values by ordinal, the distinct numbers asked for or refused, from 0 up and dense; empty when
    ///     the entry does not care. Asked for twice while building
    public record Criterion(boolean excludes, IntFunction<int[]> values) {}

    public BlockIndex(int size, List<Criterion> criteria) {
        this.size = size;
        this.rows = criteria.stream().map(c -> new Rows(size, c)).toArray(Rows[]::new);
        this.order = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingInt(c -> rows[c].indifferentCount()))
                .mapToInt(c -> c)
                .toArray();
    }

    public int size() {
        return size;
    }

    /// Prepares one request's search. The answer belongs to one thread.
    ///
    /// @param offered for each criterion, in the order given, the distinct values that the request has;
    ///     numbers that no entry mentions do no harm
    public TargetingIndex.Runs matching(int[][] offered) {
        return new Search(size, rows, order, offered);
    }
}
