package mizan.server.booking;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mizan.core.suitability.SharedList;
import mizan.core.suitability.Terms;
import mizan.server.http.ApiKeys;
import mizan.server.http.Fields;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Shared lists as files: JSON with a name, a version, the entries, and a hash that tells whether it is the
/// list of that version.
public final class SharedLists {
    /// Lists that one set of terms may take.
    private static final int MAX = 20;

    static final String FORMAT = "mizan-list/1";

    private SharedLists() {}

    /// The entries of terms as a list for others.
    public static ObjectNode export(Terms terms) {
        var whole = terms.whole();
        var version = Integer.toString(terms.version());
        var hash = hash(terms.name(), version, whole.keywords(), whole.authors(), whole.communities());
        return json(
                new SharedList(terms.name(), version, hash, whole.keywords(), whole.authors(), whole.communities()));
    }

    static void write(ArrayNode array, List<SharedList> lists) {
        lists.forEach(list -> array.add(json(list)));
    }

    private static ObjectNode json(SharedList list) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("name", list.name());
        json.put("version", list.version());
        json.put("sha256", list.sha256());
        list.keywords().forEach(json.putArray("keywords")::add);
        new TreeSet<>(list.authors()).forEach(json.putArray("authors")::add);
        new TreeSet<>(list.communities()).forEach(json.putArray("communities")::add);
        return json;
    }

    /// The lists that terms hold, each refused when it is not what its hash says.
    static List<SharedList> read(Fields terms) {
        var lists = new ArrayList<SharedList>();
        for (var f : terms.objects("lists", MAX)) {
            if (!f.text("format", 20).equals(FORMAT)) {
                f.error("format", ProblemCode.INVALID_VALUE, FORMAT);
            }
            var list = new SharedList(
                    f.text("name", 120),
                    f.text("version", 40),
                    f.text("sha256", 64),
                    BookJson.keywords(f),
                    f.texts("authors", Terms.MAX_LIST, 200),
                    f.texts("communities", Terms.MAX_LIST, 200));
            var hash = hash(list.name(), list.version(), list.keywords(), list.authors(), list.communities());
            if (f.sound() && !hash.equals(list.sha256())) {
                f.error("sha256", ProblemCode.INVALID_VALUE, hash + ", which is what these entries have");
            }
            lists.add(list);
        }
        return lists;
    }

    /// Refuses terms whose lists together hold more than a list may.
    static boolean fit(Fields fields, Terms terms) {
        boolean fits = terms.keywords().size()
                                + terms.lists().stream()
                                        .mapToInt(l -> l.keywords().size())
                                        .sum()
                        <= Terms.MAX_LIST
                && terms.authors().size()
                                + terms.lists().stream()
                                        .mapToInt(l -> l.authors().size())
                                        .sum()
                        <= Terms.MAX_LIST
                && terms.communities().size()
                                + terms.lists().stream()
                                        .mapToInt(l -> l.communities().size())
                                        .sum()
                        <= Terms.MAX_LIST;
        if (!fits) {
            fields.error("lists", ProblemCode.LIMIT_EXCEEDED, Terms.MAX_LIST + " entries of a kind in all");
        }
        return fits;
    }

    private static String hash(
            String name, String version, List<String> keywords, Set<String> authors, Set<String> communities) {
        return ApiKeys.hash(SharedList.canonical(name, version, keywords, authors, communities));
    }
}
