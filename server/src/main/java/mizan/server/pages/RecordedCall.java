package mizan.server.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.DecisionRecord;
import mizan.server.console.page.Feed;

/// A decision written as the call that asks for it and the answer that it gets, shortened for reading.
record RecordedCall(DecisionRecord record) {
    private static final int POSTS = 3;

    Feed.Call call() {
        return new Feed.Call("POST /v1/decisions", request(), response());
    }

    private String request() {
        var viewer = new ArrayList<String>();
        record.viewer().key().ifPresent(key -> viewer.add("\"key\": \"" + key + '"'));
        record.viewer().country().ifPresent(country -> viewer.add("\"country\": \"" + country + '"'));
        record.viewer().language().ifPresent(language -> viewer.add("\"language\": \"" + language + '"'));
        var posts = record.posts().stream()
                .limit(POSTS)
                .map(FeedPost::id)
                .map(id -> '"' + id + '"')
                .collect(Collectors.joining(", "));
        var more = record.posts().size() > POSTS ? ", …" : "";
        return "{ \"placement\": \"home\",\n  \"viewer\": { " + String.join(",\n              ", viewer)
                + " },\n  \"posts\": [" + posts + more + "] }";
    }

    private String response() {
        Map<Integer, String> slots = new TreeMap<>(Comparator.naturalOrder());
        record.impressions()
                .forEach(i -> slots.put(
                        i.afterPost(), "\"ad\": {\n        \"id\": \"" + i.ad() + "\",\n        \"token\": \"…\" }"));
        record.empty()
                .forEach(e -> slots.put(
                        e.afterPost(),
                        "\"ad\": null,\n      \"reason\": \""
                                + e.reason().name().toLowerCase(Locale.ROOT) + '"'));
        return "{ \"id\": \"" + record.id() + "\",\n  \"slots\": [\n"
                + slots.entrySet().stream()
                        .map(s -> "    { \"after_post\": " + s.getKey() + ", " + s.getValue() + " }")
                        .collect(Collectors.joining(",\n"))
                + " ] }";
    }
}
