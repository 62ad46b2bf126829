package mizan.server.reading;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.JsonNode;

/// Reads posts of the AT protocol, where everything is public: as a record with its address
/// (`com.atproto.repo.getRecord`), as an app's view of a post (`app.bsky.feed.defs#postView`), or as an event
/// of a Jetstream. The fields are those of the lexicon `app.bsky.feed.post`
/// (https://atproto.com/lexicons/app-bsky-feed).
final class AtprotoReader {
    static final String POST = "app.bsky.feed.post";
    private static final String REPOST = "app.bsky.feed.repost";
    private static final int MAX_TEXT_BYTES = 3_000;
    private static final Pattern ADDRESS =
            Pattern.compile("at://(did:[a-z0-9]+:[A-Za-z0-9._:%-]+)/([A-Za-z0-9.-]+)/([\\w.~:-]+)");
    /// Labels that ask to hide or cover a post, whatever it shows.
    private static final Set<String> COVERING = Set.of("!hide", "!warn", "!takedown");

    private AtprotoReader() {}

    /// Whether this looks like something of the AT protocol.
    static boolean knows(JsonNode json) {
        return record(json).path("$type").asString("").startsWith("app.bsky.")
                || json.has("commit")
                || json.path("post").path("uri").asString("").startsWith("at://")
                || json.path("uri").asString("").startsWith("at://");
    }

    static Reading read(JsonNode json, String pointer) {
        var place = new Place(json, pointer, new Findings());
        if (!json.isObject()) {
            place.refuse(ProblemCode.WRONG_TYPE, "an object");
            return place.findings().broken();
        }
        if (json.path("post").isObject()) { // app.bsky.feed.defs#feedViewPost: a post and why it is shown
            return record(place.at("post"));
        }
        return json.has("kind") || json.has("commit") ? event(place) : record(place);
    }

    /// One event of a Jetstream (https://github.com/bluesky-social/jetstream).
    private static Reading event(Place event) {
        var commit = event.at("commit");
        if (!commit.given()) {
            return new Reading.NoPost(
                    event.at("kind").text().orElse("event"), event.at("kind").pointer());
        }
        var did = event.requiredId("did");
        var collection = commit.at("collection").text().orElse("");
        var key = commit.requiredId("rkey");
        if (did.isEmpty() || key.isEmpty()) {
            return event.findings().broken();
        }
        if (!collection.equals(POST) && !collection.equals(REPOST)) {
            return new Reading.NoPost(collection, commit.at("collection").pointer());
        }
        var uri = "at://" + did.get() + "/" + collection + "/" + key.get();
        if (commit.at("operation").text().filter("delete"::equals).isPresent()) {
            var micros = event.at("time_us").node().asLong(0);
            return new Reading.Gone(
                    uri, did, micros > 0 ? Optional.of(Instant.EPOCH.plusNanos(micros * 1_000)) : Optional.empty());
        }
        return record(event, uri, commit.at("record"));
    }

    private static Reading record(Place thing) {
        var uri = thing.requiredId("uri");
        return uri.isPresent()
                ? record(thing, uri.get(), new Place(record(thing.node()), pointerOfRecord(thing), thing.findings()))
                : thing.findings().broken();
    }

    private static JsonNode record(JsonNode json) {
        for (var name : List.of("record", "value")) {
            if (json.path(name).isObject()) {
                return json.path(name);
            }
        }
        return json.path("commit").path("record").isObject()
                ? json.path("commit").path("record")
                : json;
    }

    private static String pointerOfRecord(Place thing) {
        return thing.node().path("record").isObject()
                ? thing.pointer() + "/record"
                : thing.node().path("value").isObject() ? thing.pointer() + "/value" : thing.pointer();
    }

    private static Reading record(Place thing, String uri, Place record) {
        var author = authorOf(uri);
        if (author.isEmpty()) {
            thing.at("uri").refuse(ProblemCode.INVALID_VALUE, "at://did/collection/key");
            return thing.findings().broken();
        }
        var type = record.at("$type").text();
        if (type.isEmpty()) {
            record.at("$type").refuse(ProblemCode.REQUIRED);
            return thing.findings().broken();
        }
        return switch (type.get()) {
            case POST -> post(thing, uri, author.get(), record);
            case REPOST -> repost(uri, author.get(), record);
            default -> new Reading.NoPost(type.get(), record.at("$type").pointer());
        };
    }

    /// The person in an address is part of it: who quotes or answers names the author with the post.
    static Optional<String> authorOf(String uri) {
        var matcher = ADDRESS.matcher(uri);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Reading repost(String uri, String author, Place record) {
        var original = record.at("subject").at("uri").id();
        if (original.isEmpty()) {
            record.at("subject").at("uri").refuse(ProblemCode.REQUIRED);
            return record.findings().broken();
        }
        return new Reading.Post(new ReadPost(
                uri,
                List.of(author),
                Optional.empty(),
                new ReadPost.Words("", Optional.empty(), false, Optional.empty(), Optional.empty()),
                new ReadPost.Related(List.of(), List.of(), List.of(original.get()), authors(List.of(original.get()))),
                List.of(),
                List.of(),
                Set.of(),
                Set.of(),
                record.at("createdAt").time(),
                Optional.empty(),
                record.findings().tolerated()));
    }

    private static Reading post(Place thing, String uri, String author, Place record) {
        var text = record.at("text");
        if (!text.node().isString()) {
            text.refuse(text.given() ? ProblemCode.WRONG_TYPE : ProblemCode.REQUIRED, "a text");
        } else if (text.node().stringValue().getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
            text.refuse(ProblemCode.TOO_LONG, MAX_TEXT_BYTES + " bytes");
        }
        if (!record.findings().sound()) {
            return record.findings().broken();
        }
        var embed = new Embed(record.at("embed"));
        var parts = new ArrayList<HtmlText>();
        text.text().ifPresent(t -> parts.add(HtmlText.plain(t)));
        parts.addAll(embed.words());
        embed.media().forEach(m -> m.description().ifPresent(d -> parts.add(HtmlText.plain(d))));
        var links = new LinkedHashSet<String>();
        var facets = features(record);
        facets.forEach(f -> f.at("uri").address().ifPresent(links::add));
        embed.link().ifPresent(links::add);
        var labels = labels(thing, record);
        var answers = Stream.of("parent", "root")
                .flatMap(n -> record.at("reply").at(n).at("uri").id().stream())
                .distinct()
                .toList();
        return new Reading.Post(new ReadPost(
                uri,
                List.of(author),
                Optional.empty(),
                Language.words(
                        HtmlText.joined(parts).text(),
                        Optional.empty(),
                        labels.stream().anyMatch(COVERING::contains),
                        record.at("langs").each().stream()
                                .flatMap(l -> l.text().stream())
                                .findFirst(),
                        record),
                new ReadPost.Related(
                        answers,
                        embed.quotes(),
                        List.of(),
                        authors(Stream.concat(answers.stream(), embed.quotes().stream())
                                .toList())),
                embed.media(),
                List.copyOf(links),
                topics(record, facets),
                labels,
                record.at("createdAt").time(),
                Optional.empty(),
                record.findings().tolerated()));
    }

    private static List<Place> features(Place record) {
        return record.at("facets").each().stream()
                .flatMap(f -> f.at("features").each().stream())
                .toList();
    }

    private static Set<String> authors(List<String> uris) {
        return uris.stream().flatMap(u -> authorOf(u).stream()).collect(Collectors.toSet());
    }

    private static Set<String> topics(Place record, List<Place> facets) {
        var inText = facets.stream().flatMap(f -> f.at("tag").text().stream());
        var beside = record.at("tags").each().stream().flatMap(t -> t.text().stream());
        return Stream.concat(inText, beside)
                .filter(t -> t.length() <= 60)
                .limit(50)
                .collect(Collectors.toSet());
    }

    /// What the author says of the post, and what labelers say of it and of the author. A negation takes back
    /// what the same labeler said before (https://atproto.com/specs/label).
    private static Set<String> labels(Place thing, Place record) {
        var said = new LinkedHashSet<String>();
        record.at("labels").at("values").each().forEach(l -> l.at("val").text().ifPresent(said::add));
        for (var labels : List.of(thing.at("labels"), thing.at("author").at("labels"))) {
            var standing = new LinkedHashSet<List<String>>();
            for (var label : labels.each()) {
                var key = List.of(
                        label.at("src").text().orElse(""),
                        label.at("val").text().orElse(""));
                if (label.at("neg").isTrue()) {
                    standing.remove(key);
                } else {
                    standing.add(key);
                }
            }
            standing.stream().map(List::getLast).filter(l -> !l.isEmpty()).forEach(said::add);
        }
        return said.stream().filter(l -> l.length() <= 60).limit(60).collect(Collectors.toSet());
    }

    /// What a post carries: pictures, a film, a page that it links to, a post that it quotes, or a post and
    /// media.
    private record Embed(Place embed) {
        private Place mediaPart() {
            return embed.at("media").given() ? embed.at("media") : embed;
        }

        List<Media> media() {
            var found = new ArrayList<Media>();
            for (var image : mediaPart().at("images").each()) {
                var type = image.at("image").at("mimeType").text();
                found.add(new Media(
                        Media.Kind.of(type, "Image"),
                        type,
                        Optional.empty(),
                        image.at("alt").text()));
            }
            if (mediaPart().at("video").given()) {
                var type = mediaPart().at("video").at("mimeType").text();
                found.add(new Media(
                        Media.Kind.of(type, "Video"),
                        type,
                        Optional.empty(),
                        mediaPart().at("alt").text()));
            }
            // The app sends moving pictures as a link to where they are kept.
            link().filter(l -> l.contains(".gif"))
                    .ifPresent(l -> found.add(new Media(
                            Media.Kind.ANIMATION,
                            Optional.of("image/gif"),
                            Optional.of(l),
                            external().at("description").text())));
            return found.stream().limit(Media.MAX).toList();
        }

        private Place external() {
            return mediaPart().at("external");
        }

        Optional<String> link() {
            return external().at("uri").address();
        }

        List<HtmlText> words() {
            return Stream.of("title", "description")
                    .flatMap(n -> external().at(n).text().stream())
                    .map(HtmlText::plain)
                    .toList();
        }

        /// `record` is the reference itself, or holds it where media come too.
        List<String> quotes() {
            var reference =
                    embed.at("record").at("record").given() ? embed.at("record").at("record") : embed.at("record");
            return reference.at("uri").id().filter(u -> u.contains("/" + POST + "/")).stream()
                    .toList();
        }
    }
}
