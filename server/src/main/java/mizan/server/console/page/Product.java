package mizan.server.console.page;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What is advertised: a code of the IAB Ad Product Taxonomy 2.0, which numbers each kind of product and after it
/// all that belongs to it.
public final class Product {
    private static final NavigableSet<Integer> KINDS = new TreeSet<>(List.of(
            1000, 1001, 1002, 1008, 1010, 1049, 1058, 1075, 1082, 1088, 1097, 1123, 1259, 1262, 1263, 1291, 1295, 1315,
            1328, 1335, 1355, 1361, 1368, 1371, 1378, 1396, 1416, 1419, 1443, 1448, 1452, 1460, 1467, 1473, 1474, 1482,
            1487, 1494, 1510, 1519, 1524, 1529, 1544, 1551, 1576));
    private static final int LAST = 1582;

    private Product() {}

    /// The code whose name is shown for another: its own, or that of its kind.
    ///
    /// @param named whether a code has a name of its own
    /// @return empty when it is none of the taxonomy's
    public static Optional<String> shown(String code, Predicate<String> named) {
        if (!code.matches("1[0-9]{3}") || Integer.parseInt(code) > LAST) {
            return Optional.empty();
        }
        return Optional.of(named.test(code) ? code : String.valueOf(KINDS.floor(Integer.parseInt(code))));
    }
}
