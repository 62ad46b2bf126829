package mizan.server.reading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.http.ProblemCode;

/// One ActivityStreams object that is a post.
///
/// Where the fields come from: Mastodon's https://docs.joinmastodon.org/spec/activitypub/, PeerTube's
/// https://docs.joinpeertube.org/api/activitypub, FEP-e232 and FEP-044f for quotes
/// (https://fediverse.codeberg.page/fep/),
/// FEP-1b12 for communities, and the servers' own documentation.
final class ActivityObject {
    private static final Set<String> GROUPS = Set.of("Group", "Organization");
    /// Of these, `summary` is what an author puts before the post as a warning; of the others it is an abstract.
    private static final Set<String> WARNED = Set.of("Note", "Question", "Image", "Audio");

    private static final List<String> QUOTES = List.of("quote", "quoteUrl", "quoteUri", "_misskey_quote");
    private static final int MAX_TAG = 60;

    private final Place object;
    private final String type;
    private final Envelope around;

    private ActivityObject(Place object, String type, Envelope around) {
        this.object = object;
        this.type = type;
        this.around = around;
    }

    static Reading read(Place object, String type, Envelope around) {
        return new ActivityObject(object, type, around).read();
    }

    private Reading read() {
        var id = object.requiredId("id");
        var authors = authors();
        if (id.isEmpty() || authors.isEmpty()) {
            return object.findings().broken();
        }
        var recipients = Recipients.of(object, around);
        if (recipients.audience() != Audience.EVERYBODY) {
            return new Reading.NotPublic(id.get(), recipients.audience(), recipients.pointer());
        }
        var media = media();
        var body = body(media);
        var words = words(body.text());
        if (!object.findings().sound()) {
            return object.findings().broken();
        }
        return new Reading.Post(new ReadPost(
                id.get(),
                authors,
                community(),
                words,
                related(id.get()),
                body.with(media),
                links(body),
                topics(),
                Set.of(),
                object.at("published").time(),
                object.at("updated").time(),
                object.findings().tolerated()));
    }

    /// People before groups: a PeerTube video is by an account and in a channel, a Lemmy page by a person.
    private List<String> authors() {
        var people = object.at("attributedTo").each().stream()
                .filter(a -> !isGroup(a))
                .flatMap(a -> a.id().stream())
                .toList();
        var all = people.isEmpty() ? object.at("attributedTo").ids().toList() : people;
        if (!all.isEmpty()) {
            return all.stream().distinct().limit(20).toList();
        }
        var actor = object.at("actor").id().or(around::actor);
        if (actor.isPresent()) {
            object.at("attributedTo").tolerate("missing; the actor is taken for the author");
        } else {
            object.at("attributedTo")
                    .refuse(
                            object.at("attributedTo").given() ? ProblemCode.INVALID_VALUE : ProblemCode.REQUIRED,
                            "an author's id");
        }
        return actor.stream().toList();
    }

    private static boolean isGroup(Place actor) {
        return actor.at("type").text().filter(GROUPS::contains).isPresent();
    }

    private Optional<String> community() {
        var named = object.at("audience").ids().filter(id -> !Recipients.isEverybody(id));
        var groups = object.at("attributedTo").each().stream()
                .filter(ActivityObject::isGroup)
                .flatMap(g -> g.id().stream());
        return Stream.concat(named, Stream.concat(groups, around.community().stream()))
                .filter(c -> c.length() <= 200)
                .findFirst();
    }

    /// Titles, words, the answers of a poll, where an event is, what the pictures show.
    private HtmlText body(List<Media> media) {
        var parts = new ArrayList<HtmlText>();
        texts("name").forEach(t -> parts.add(HtmlText.of(t)));
        if (!summaryWarns()) {
            texts("summary").forEach(t -> parts.add(HtmlText.of(t)));
        }
        parts.addAll(content(object));
        Stream.of("oneOf", "anyOf")
                .flatMap(poll -> object.at(poll).each().stream())
                .flatMap(answer -> answer.at("name").text().stream())
                .forEach(answer -> parts.add(HtmlText.plain(answer)));
        object.at("location").at("name").text().ifPresent(place -> parts.add(HtmlText.plain(place)));
        media.forEach(m -> m.description().ifPresent(d -> parts.add(HtmlText.plain(d))));
        return HtmlText.joined(parts);
    }

    /// `content` and `contentMap` may differ, and a reader sees the one in their language: all are read.
    private static List<HtmlText> content(Place object) {
        var contents = new ArrayList<String>();
        if (object.at("content").given() && !object.at("content").node().isString()) {
            object.at("content").refuse(ProblemCode.WRONG_TYPE, "a text");
        }
        object.at("content").text().ifPresent(contents::add);
        object.at("contentMap").members().forEach(m -> m.text().ifPresent(contents::add));
        if (!contents.isEmpty()) {
            var html = object.at("mediaType")
                    .text()
                    .map(t -> t.startsWith("text/html"))
                    .orElse(true);
            return contents.stream()
                    .distinct()
                    .map(c -> html ? HtmlText.of(c) : HtmlText.plain(c))
                    .toList();
        }
        // Without any content, what it was written as is the last resort.
        return object.at("source").at("content").text().map(HtmlText::plain).stream()
                .toList();
    }

    private List<String> texts(String name) {
        return Stream.concat(
                        object.at(name).text().stream(),
                        object.at(name + "Map").members().stream().flatMap(m -> m.text().stream()))
                .distinct()
                .toList();
    }

    private boolean summaryWarns() {
        return WARNED.contains(type) || object.at("sensitive").isTrue();
    }

    private ReadPost.Words words(String text) {
        var warning = summaryWarns()
                ? texts("summary").stream()
                        .map(t -> HtmlText.of(t).text())
                        .filter(t -> !t.isBlank())
                        .findFirst()
                : Optional.<String>empty();
        boolean marked = object.at("sensitive").isTrue()
                || object.at("attachment").each().stream()
                        .anyMatch(a -> a.at("sensitive").isTrue());
        return Language.words(text, warning, marked, declared(), object);
    }

    /// Mastodon names it in `contentMap`, Lemmy and PeerTube in `language`, which is a text or an object.
    private Optional<String> declared() {
        var inMap = object.at("contentMap").node().propertyNames().stream().findFirst();
        var language = object.at("language");
        return inMap.or(
                () -> language.node().isObject() ? language.at("identifier").text() : language.text());
    }

    private List<Media> media() {
        var found = new ArrayList<Media>();
        if (type.equals("Video") || type.equals("Audio")) {
            film().ifPresent(found::add);
        }
        if (type.equals("Image") || type.equals("Document")) {
            found.add(medium(object, type));
        }
        for (var name : List.of("attachment", "image")) {
            for (var attached : object.at(name).each()) {
                if (!attached.node().isString() && !attached.node().isObject()) {
                    continue;
                }
                var said = attached.at("type").text().orElse("Image");
                var isMedium = !said.equals("Link") && !said.equals("PropertyValue") && !said.equals("Note");
                if (isMedium || Media.Kind.of(attached.at("mediaType").text(), said) != Media.Kind.OTHER) {
                    found.add(medium(attached, said));
                }
            }
        }
        return found.stream().distinct().limit(Media.MAX).toList();
    }

    /// PeerTube lists one address a resolution, and the page where it is seen among them.
    private Optional<Media> film() {
        var kind = type.equals("Video") ? Media.Kind.FILM : Media.Kind.SOUND;
        return object.at("url").each().stream()
                .filter(u -> Media.Kind.of(u.at("mediaType").text(), "") == kind)
                .findFirst()
                .map(u -> new Media(
                        kind,
                        u.at("mediaType").text(),
                        u.at("href").address(),
                        object.at("name").text()));
    }

    private static Media medium(Place attached, String said) {
        if (attached.node().isString()) {
            return new Media(Media.Kind.PICTURE, Optional.empty(), attached.address(), Optional.empty());
        }
        var type = attached.at("mediaType").text();
        var address = Stream.of("url", "href")
                .map(attached::at)
                .flatMap(u -> u.each().stream())
                .flatMap(u -> (u.node().isObject() ? u.at("href") : u).address().stream())
                .findFirst();
        // Most describe a picture in `name`; Akkoma and Pixelfed also in `summary`, some in `content`.
        var description = Stream.of("name", "summary", "content")
                .flatMap(n -> attached.at(n).text().stream())
                .map(t -> HtmlText.of(t).text())
                .filter(t -> !t.isBlank())
                .findFirst();
        return new Media(Media.Kind.of(type, said), type, address, description);
    }

    private List<String> links(HtmlText body) {
        var links = new LinkedHashSet<String>();
        for (var attached : object.at("attachment").each()) {
            if (attached.at("type").text().filter("Link"::equals).isPresent()) { // Lemmy: what the page is about
                attached.at("href").address().ifPresent(links::add);
            }
        }
        links.addAll(body.links());
        return List.copyOf(links);
    }

    /// @param own id of this post: one that quotes or answers itself has nobody else's words
    private ReadPost.Related related(String own) {
        var authors = new LinkedHashSet<String>();
        var quotes = new LinkedHashSet<String>();
        for (var name : QUOTES) {
            for (var quoted : object.at(name).each()) {
                quoted.id().ifPresent(quotes::add);
                quoted.at("attributedTo").ids().forEach(authors::add);
            }
        }
        tags("Link")
                .filter(t -> t.at("mediaType")
                        .text()
                        .filter(ActivityObject::isActivity)
                        .isPresent())
                .forEach(t -> t.at("href").id().ifPresent(quotes::add));
        quotes.remove(own);
        var answers = object.at("inReplyTo").ids().filter(id -> !id.equals(own)).toList();
        object.at("inReplyTo").each().forEach(p -> p.at("attributedTo").ids().forEach(authors::add));
        if (!answers.isEmpty()) {
            // Whom an answer mentions wrote something above it in nearly every server's threads.
            tags("Mention").forEach(t -> t.at("href").id().ifPresent(authors::add));
        }
        return new ReadPost.Related(answers, List.copyOf(quotes), List.of(), authors);
    }

    private static boolean isActivity(String mediaType) {
        return mediaType.startsWith("application/activity+json")
                || (mediaType.startsWith("application/ld+json") && mediaType.contains("activitystreams"));
    }

    private Set<String> topics() {
        return tags("Hashtag")
                .flatMap(t -> t.at("name").text().stream())
                .map(t -> t.startsWith("#") ? t.substring(1) : t)
                .filter(t -> !t.isBlank() && t.length() <= MAX_TAG)
                .limit(50)
                .collect(Collectors.toSet());
    }

    private Stream<Place> tags(String wanted) {
        return object.at("tag").each().stream()
                .filter(t -> t.at("type").text().filter(wanted::equals).isPresent());
    }
}
