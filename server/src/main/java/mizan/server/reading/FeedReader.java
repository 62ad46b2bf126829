package mizan.server.reading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.http.ProblemCode;

/// Reads RSS 2.0, 1.0 and 0.9x, and Atom (RFC 4287), with what feeds of pictures and podcasts add (Media RSS,
/// iTunes, Dublin Core). A feed is published, so its items are public.
final class FeedReader {
    private static final Set<String> ROOTS = Set.of("rss", "rdf", "feed", "entry", "item");

    private FeedReader() {}

    static List<Reading> read(byte[] xml) {
        var findings = new Findings();
        var root = XmlPlace.parse(xml, findings);
        if (root.isEmpty()) {
            return List.of(findings.broken());
        }
        var name = root.get().name();
        if (!ROOTS.contains(name)) {
            findings.refuse(root.get().path(), ProblemCode.INVALID_VALUE, "rss, rdf:RDF, feed or entry");
            return List.of(findings.broken());
        }
        var feed = root.get().first("channel").orElse(root.get());
        var about = new About(authors(feed), address(feed), feed.language());
        var readings = new ArrayList<Reading>();
        for (var item : items(root.get(), feed)) {
            readings.add(item(item, about));
        }
        return readings;
    }

    private static List<XmlPlace> items(XmlPlace root, XmlPlace feed) {
        if (root.name().equals("entry") || root.name().equals("item")) {
            return List.of(root);
        }
        var inside = feed.all("item", "entry");
        // RSS 1.0 has the items beside the channel.
        return (inside.isEmpty() ? root.all("item") : inside)
                .stream().limit(PostReaders.MAX_ITEMS).toList();
    }

    /// What holds for all items that do not say otherwise.
    private record About(List<String> authors, Optional<String> address, Optional<String> language) {}

    private static Reading item(XmlPlace shared, About feed) {
        var item = shared.withOwnFindings();
        var id = item.text("guid", "id").or(() -> address(item)).map(String::strip);
        if (id.isEmpty() || id.get().length() > Place.MAX_ID) {
            item.refuse(
                    "guid", id.isEmpty() ? ProblemCode.REQUIRED : ProblemCode.TOO_LONG, Place.MAX_ID + " characters");
        }
        var own = authors(item);
        var authors = !own.isEmpty()
                ? own
                : feed.authors().isEmpty() ? feed.address().stream().toList() : feed.authors();
        if (authors.isEmpty()) {
            item.refuse("author", ProblemCode.REQUIRED);
        }
        if (!item.findings().sound()) {
            return item.findings().broken();
        }
        var media = media(item);
        var body = body(item, media);
        var answers = item.all("in-reply-to").stream() // RFC 4685
                .flatMap(r -> r.attribute("ref").stream())
                .toList();
        return new Reading.Post(new ReadPost(
                id.get(),
                authors,
                Optional.empty(),
                Language.words(
                        body.text(), Optional.empty(), false, item.language().or(feed::language), item.noted()),
                new ReadPost.Related(answers, List.of(), List.of(), Set.of()),
                body.with(media),
                links(item, body),
                topics(item),
                labels(item),
                item.time("pubdate", "published", "date", "issued"),
                item.time("updated", "modified"),
                item.findings().tolerated()));
    }

    /// Title and words; the longer of description and content holds the shorter in most feeds, but not in all.
    private static HtmlText body(XmlPlace item, List<Media> media) {
        var parts = new ArrayList<HtmlText>();
        for (var name : List.of("title", "description", "summary", "encoded", "content")) {
            item.all(name).stream().filter(e -> !e.isMedia()).forEach(e -> parts.add(e.html()));
        }
        media.forEach(m -> m.description().ifPresent(d -> parts.add(HtmlText.plain(d))));
        return HtmlText.joined(parts);
    }

    private static List<String> authors(XmlPlace of) {
        var found = new LinkedHashSet<String>();
        for (var author : of.all("author", "creator", "managingeditor")) {
            author.text("uri").or(() -> author.text("name")).or(author::ownText).ifPresent(found::add);
        }
        return found.stream().filter(a -> a.length() <= Place.MAX_ID).limit(20).toList();
    }

    /// Where the item is seen.
    private static Optional<String> address(XmlPlace of) {
        return of.all("link").stream()
                .filter(l -> l.attribute("rel").orElse("alternate").equals("alternate"))
                .flatMap(l -> l.attribute("href").or(l::ownText).stream())
                .map(String::strip)
                .filter(HtmlText::isWebAddress)
                .findFirst();
    }

    private static List<String> links(XmlPlace item, HtmlText body) {
        var related = item.all("link").stream()
                .filter(l -> l.attribute("rel")
                        .filter(r -> r.equals("related") || r.equals("via"))
                        .isPresent())
                .flatMap(l -> l.attribute("href").stream());
        return Stream.concat(related, body.links().stream())
                .filter(HtmlText::isWebAddress)
                .distinct()
                .toList();
    }

    private static List<Media> media(XmlPlace item) {
        var found = new ArrayList<Media>();
        var groups = item.all("group");
        Stream.concat(Stream.of(item), groups.stream())
                .flatMap(in -> in.all("enclosure", "link", "content", "thumbnail").stream())
                .filter(e -> e.isMedia()
                        || e.name().equals("enclosure")
                        || e.attribute("rel").filter("enclosure"::equals).isPresent())
                .forEach(e -> {
                    var address =
                            e.attribute("url").or(() -> e.attribute("href")).filter(HtmlText::isWebAddress);
                    var said = e.name().equals("thumbnail")
                            ? "Image"
                            : capital(e.attribute("medium").orElse(""));
                    found.add(new Media(
                            Media.Kind.of(e.attribute("type"), said),
                            e.attribute("type"),
                            address,
                            description(e).or(() -> description(item))));
                });
        return found.stream().distinct().limit(Media.MAX).toList();
    }

    private static Optional<String> description(XmlPlace of) {
        return of.all("description", "title").stream()
                .filter(XmlPlace::isMedia)
                .flatMap(d -> d.ownText().stream())
                .findFirst();
    }

    private static String capital(String medium) {
        return medium.isEmpty() ? "" : medium.substring(0, 1).toUpperCase(Locale.ROOT) + medium.substring(1);
    }

    private static Set<String> topics(XmlPlace item) {
        return item.all("category", "subject").stream()
                .flatMap(c -> c.attribute("term").or(c::ownText).stream())
                .map(String::strip)
                .filter(t -> !t.isEmpty() && t.length() <= 60)
                .limit(50)
                .collect(Collectors.toSet());
    }

    /// `media:rating` adult and `itunes:explicit` are what feeds say of themselves.
    private static Set<String> labels(XmlPlace item) {
        boolean adult = item.text("rating")
                .filter(r -> r.strip().equalsIgnoreCase("adult"))
                .isPresent();
        boolean explicit = item.text("explicit")
                .map(e -> e.strip().toLowerCase(Locale.ROOT))
                .filter(e -> e.equals("true") || e.equals("yes") || e.equals("explicit"))
                .isPresent();
        return Stream.concat(
                        adult ? Stream.of("adult") : Stream.empty(), explicit ? Stream.of("mature") : Stream.empty())
                .collect(Collectors.toSet());
    }
}
