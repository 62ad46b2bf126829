package mizan.server.serve;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Book;
import mizan.core.targeting.Criterion;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;

/// The keywords that ad groups ask for or refuse, each found in a post by the rules of suitability keywords:
/// whole words with their inflections.
///
/// A decision keeps only the keywords it needs, those that somebody booked, and never the words of a post.
public final class TargetedKeywords {
    private final MapPSet<String> keywords;
    private final KeywordLayers<String> lists;

    private TargetedKeywords(MapPSet<String> keywords, KeywordLayers<String> lists) {
        this.keywords = keywords;
        this.lists = lists;
    }

    static TargetedKeywords none() {
        return new TargetedKeywords(HashTreePSet.empty(), KeywordLayers.of(java.util.Map.of()));
    }

    /// Those of the next book. The same object when no keyword came: one that went does no harm.
    TargetedKeywords next(Book book, Set<AdGroupId> touched) {
        var fresh = touched.stream()
                .flatMap(id -> Optional.ofNullable(book.adGroups().get(id)).stream())
                .flatMap(TargetedKeywords::keywords)
                .filter(keyword -> !keywords.contains(keyword))
                .collect(Collectors.toSet());
        if (fresh.isEmpty()) {
            return this;
        }
        var changed = new HashMap<String, List<String>>();
        fresh.forEach(keyword -> changed.put(keyword, List.of(keyword)));
        return new TargetedKeywords(keywords.plusAll(fresh), lists.with(changed));
    }

    private static Stream<String> keywords(AdGroup group) {
        return Stream.concat(
                group.targeting().wants(Criterion.KEYWORD).stream(),
                group.targeting().excludes(Criterion.KEYWORD).stream());
    }

    Optional<KeywordLayers.Merged<String>> tidied() {
        return lists.tidied();
    }

    TargetedKeywords taking(KeywordLayers.Merged<String> merged) {
        return new TargetedKeywords(keywords, lists.taking(merged));
    }

    /// Those that the text holds.
    Set<String> in(String post, String commitment, KeywordLayers.LazyText text) {
        return lists.of(post, commitment, text).byList().keySet();
    }
}
