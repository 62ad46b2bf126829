package mizan.bench.predict;

import java.util.LinkedHashMap;
import java.util.Map;

/// What one experiment showed.
///
/// @param id such as `C1`
/// @param target in words
/// @param met whether the measured figures meet it
/// @param measured figures by name
/// @param baseline figures of what it is compared with, from the same run
public record Finding(
        String id, String target, boolean met, Map<String, Object> measured, Map<String, Object> baseline) {

    /// Figures in the order they are named.
    static Map<String, Object> figures(Object... namesAndValues) {
        var figures = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            figures.put((String) namesAndValues[i], rounded(namesAndValues[i + 1]));
        }
        return figures;
    }

    private static Object rounded(Object value) {
        return value instanceof Double d ? Math.round(d * 10_000) / 10_000.0 : value;
    }
}
