package mizan.server.openrtb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a seller means by the categories that it blocks, in the products that creatives are filed under (IAB Ad Product
/// Taxonomy 2.0). Blocking a category blocks all below it; where a code is finer than the table, all of its parent.
final class Categories {
    /// AdCOM list "Category Taxonomies": 1 Content 1.0, 2 Content 2.0, 5 Content 2.1, 6 Content 2.2, 7 Content 3.0,
    /// 9 Content 3.1. Ids of 2.x and 3.x mean the same where the table has them.
    private static final Set<Integer> CONTENT = Set.of(1, 2, 5, 6, 7, 9);

    private static final int AD_PRODUCT_2 = 8;
    private static final Categories INSTANCE = read();

    private final Map<String, Set<String>> products;

    private Categories(Map<String, Set<String>> products) {
        this.products = products;
    }

    static Categories builtIn() {
        return INSTANCE;
    }

    /// The products behind these codes; empty when the taxonomy is none that we know, so that nobody can say what the
    /// seller means.
    ///
    /// @param taxonomy AdCOM `cattax`
    Optional<Set<String>> products(int taxonomy, Collection<String> codes) {
        if (codes.isEmpty()) {
            return Optional.of(Set.of());
        }
        if (taxonomy != AD_PRODUCT_2 && !CONTENT.contains(taxonomy)) {
            return Optional.empty();
        }
        var found = new TreeSet<String>();
        for (var code : codes) {
            found.addAll(taxonomy == AD_PRODUCT_2 ? product(code) : content(code));
        }
        return Optional.of(found);
    }

    private Set<String> product(String id) {
        var below = new HashSet<>(products.getOrDefault("#" + id, Set.of()));
        below.add(id);
        return below;
    }

    private Set<String> content(String code) {
        var exact = products.get(code);
        int dash = code.lastIndexOf('-');
        return exact != null || dash < 0
                ? Optional.ofNullable(exact).orElse(Set.of())
                : products.getOrDefault(code.substring(0, dash), Set.of());
    }

    private static Categories read() {
        var products = new HashMap<String, Set<String>>();
        try (var in = Categories.class.getResourceAsStream("/mizan/openrtb/categories.txt")) {
            if (in == null) {
                throw new IllegalStateException("the table of categories is not in the program");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> line(line.split(" "), products));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Categories(products);
    }

    /// A range, by its first id under `#`, and the codes that mean it. A code means its whole tier above as well:
    /// who blocks IAB8 blocks what IAB8-5 means.
    private static void line(String[] words, Map<String, Set<String>> products) {
        var ends = words[0].split("-");
        var range = new HashSet<String>();
        for (int id = Integer.parseInt(ends[0]); id <= Integer.parseInt(ends[ends.length - 1]); id++) {
            range.add(Integer.toString(id));
        }
        products.computeIfAbsent("#" + ends[0], _ -> new HashSet<>()).addAll(range);
        for (var code : Arrays.asList(words).subList(1, words.length)) {
            products.computeIfAbsent(code, _ -> new HashSet<>()).addAll(range);
            int dash = code.indexOf('-');
            if (dash > 0) {
                products.computeIfAbsent(code.substring(0, dash), _ -> new HashSet<>())
                        .addAll(range);
            }
        }
        // Whoever names all sensitive topics names each of them.
        if (Arrays.stream(words).anyMatch(Neighbours.SENSITIVE::contains)) {
            products.computeIfAbsent("v9i3On", _ -> new HashSet<>()).addAll(range);
        }
    }
}
