package mizan.server.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.JsonNode;

/// Reads JSON Feed 1.1 and 1.0 (https://www.jsonfeed.org/version/1.1/). A feed is published, so its items are
/// public.
final class JsonFeedReader {
    private static final String VERSION = "https://jsonfeed.org/version/";

    private JsonFeedReader() {}

    /// Whether this says that it is a JSON feed.
    static boolean knows(JsonNode json) {
        return json.path("version").asString("").contains("jsonfeed.org/version/");
    }

    static List<Reading> read(JsonNode json) {
        var feed = new Place(json, "", new Findings());
        if (!knows(json)) {
            feed.at("version").refuse(ProblemCode.INVALID_VALUE, VERSION + "1.1");
        }
        if (!json.path("items").isArray()) {
            feed.at("items").refuse(feed.at("items").given() ? ProblemCode.WRONG_TYPE : ProblemCode.REQUIRED, "a list");
        }
        if (!feed.findings().sound()) {
            return List.of(feed.findings().broken());
        }
        var about = Feed.of(feed);
        var readings = new ArrayList<Reading>();
        for (int i = 0; i < Math.min(json.path("items").size(), PostReaders.MAX_ITEMS); i++) {
            readings.add(item(about, new Place(json.path("items").get(i), "/items/" + i, new Findings())));
        }
        return readings;
    }

    /// What holds for all items that do not say otherwise.
    private record Feed(List<String> authors, Optional<String> address, Optional<String> language) {
        static Feed of(Place feed) {
            return new Feed(
                    JsonFeedReader.authors(feed),
                    Stream.of("home_page_url", "feed_url")
                            .flatMap(n -> feed.at(n).address().stream())
                            .findFirst(),
                    feed.at("language").text());
        }
    }

    /// Version 1.1 has a list of authors, 1.0 had one.
    private static List<String> authors(Place of) {
        return Stream.of("authors", "author")
                .flatMap(n -> of.at(n).each().stream())
                .flatMap(a -> a.at("url").text().or(() -> a.at("name").text()).stream())
                .filter(a -> a.length() <= Place.MAX_ID)
                .distinct()
                .toList();
    }

    private static Reading item(Feed feed, Place item) {
        var id = id(item);
        var own = authors(item);
        var authors = !own.isEmpty()
                ? own
                : feed.authors().isEmpty() ? feed.address().stream().toList() : feed.authors();
        if (authors.isEmpty()) {
            item.at("authors").refuse(ProblemCode.REQUIRED);
        }
        if (id.isEmpty() || authors.isEmpty()) {
            return item.findings().broken();
        }
        var media = media(item);
        var parts = new ArrayList<HtmlText>();
        Stream.of("title", "summary").forEach(n -> item.at(n).text().ifPresent(t -> parts.add(HtmlText.plain(t))));
        item.at("content_html").text().ifPresent(t -> parts.add(HtmlText.of(t)));
        item.at("content_text").text().ifPresent(t -> parts.add(HtmlText.plain(t)));
        media.forEach(m -> m.description().ifPresent(d -> parts.add(HtmlText.plain(d))));
        var body = HtmlText.joined(parts);
        return new Reading.Post(new ReadPost(
                id.get(),
                authors,
                Optional.empty(),
                Language.words(
                        body.text(),
                        Optional.empty(),
                        false,
                        item.at("language").text().or(feed::language),
                        item),
                ReadPost.Related.NONE,
                body.with(media),
                Stream.concat(item.at("external_url").address().stream(), body.links().stream())
                        .distinct()
                        .toList(),
                item.at("tags").each().stream()
                        .flatMap(t -> t.text().stream())
                        .filter(t -> t.length() <= 60)
                        .limit(50)
                        .collect(Collectors.toSet()),
                Set.of(),
                item.at("date_published").time(),
                item.at("date_modified").time(),
                item.findings().tolerated()));
    }

    /// Ids are texts; readers must take a number for the text of its digits, says the specification.
    private static Optional<String> id(Place item) {
        if (item.at("id").node().isNumber()) {
            item.at("id").tolerate("a number, not a text");
            return Optional.of(item.at("id").node().asString());
        }
        if (!item.at("id").given() && item.at("url").address().isPresent()) {
            item.at("id").tolerate("missing; the address is taken for the id");
            return item.at("url").id();
        }
        return item.requiredId("id");
    }

    private static List<Media> media(Place item) {
        var found = new ArrayList<Media>();
        for (var name : List.of("image", "banner_image")) {
            item.at(name)
                    .address()
                    .ifPresent(a -> found.add(
                            new Media(Media.Kind.PICTURE, Optional.empty(), Optional.of(a), Optional.empty())));
        }
        for (var attached : item.at("attachments").each()) {
            var type = attached.at("mime_type").text();
            found.add(new Media(
                    Media.Kind.of(type, ""),
                    type,
                    attached.at("url").address(),
                    attached.at("title").text()));
        }
        return found.stream().limit(Media.MAX).toList();
    }
}
