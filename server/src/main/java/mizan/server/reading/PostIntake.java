package mizan.server.reading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mizan.core.suitability.PostContent;
import mizan.core.suitability.text.Folding;
import mizan.server.http.Fields;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.rating.IncomingPost;
import mizan.server.rating.KnownPost;
import mizan.server.rating.PostReader;
import mizan.server.rating.Posts;
import tools.jackson.databind.node.ObjectNode;

/// Takes posts in any form into those that are known: new ones and edits are kept and rated, deleted ones
/// erased, all others named with the reason.
public final class PostIntake {
    /// Of one post; far more than any thread that a reader sees.
    private static final int MAX_AUTHORS = 50;

    private static final int MAX_TEXT = Folding.MAX_CHARS + 1;

    private final Posts posts;

    public PostIntake(Posts posts) {
        this.posts = posts;
    }

    /// One of the posts that were sent: in our form, or in one that others define.
    public sealed interface Sent {
        record Ours(IncomingPost post) implements Sent {}

        record Theirs(Reading reading) implements Sent {}
    }

    /// What became of it.
    public sealed interface Taken {
        /// @param read what was read of it, where it came in a form that others define
        record Kept(KnownPost post, Optional<ReadPost> read) implements Taken {}

        /// @param known whether it had words to erase
        record Erased(String id, boolean known) implements Taken {}

        record Refused(Problem problem) implements Taken {}
    }

    /// Reads JSON in any form.
    ///
    /// @param at JSON pointer to it in the body
    /// @throws mizan.server.http.Refused when it is in our form and wrong
    public static List<Sent> sent(ObjectNode json, Optional<PostFormat> said, String at) {
        var format = said.filter(f -> f != PostFormat.JSON).or(() -> PostReaders.recognised(json));
        if (format.filter(PostFormat.FEED::equals).isPresent()) {
            throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "application/rss+xml or application/atom+xml")
                    .refused();
        }
        if (format.isPresent()) {
            return PostReaders.read(format.get(), json, at).stream()
                    .<Sent>map(Sent.Theirs::new)
                    .toList();
        }
        var fields = Fields.of(json, at);
        var post = PostReader.read(fields);
        fields.done();
        return List.of(new Sent.Ours(post));
    }

    /// A post that is sent with the feed it stands in. There it stands, whether an ad may stand beside it or
    /// not, so one that is not for everybody is taken without its words.
    ///
    /// @throws mizan.server.http.Refused when it cannot be read
    public IncomingPost inFeed(ObjectNode json, String at) {
        var one = sent(json, Optional.empty(), at);
        if (one.size() != 1) {
            throw Problem.of(ProblemCode.WRONG_TYPE, "one post").at(at).refused();
        }
        return switch (one.getFirst()) {
            case Sent.Ours(var post) -> post;
            case Sent.Theirs(Reading.Post(var post)) -> incoming(post);
            case Sent.Theirs(Reading.NotPublic hidden) -> withoutWords(hidden.id());
            case Sent.Theirs(Reading.Gone gone) -> withoutWords(gone.id());
            case Sent.Theirs(var reading) -> throw problem(reading).refused();
        };
    }

    private static IncomingPost withoutWords(String id) {
        var nothing = new PostContent(Optional.empty(), Optional.empty(), false, Set.of());
        return new IncomingPost(id, List.of(), Optional.empty(), Optional.empty(), Set.of(), nothing, false);
    }

    /// Takes all of them in their order, and returns when they would survive a power cut.
    public List<Taken> take(List<Sent> sent) {
        var taken = new ArrayList<Taken>();
        var waiting = new ArrayList<Sent>();
        for (var one : sent) {
            switch (one) {
                case Sent.Ours _ -> waiting.add(one);
                case Sent.Theirs(Reading.Post(var post)) -> {
                    if (refersToOneOf(waiting, post)) {
                        keep(waiting, taken);
                    }
                    waiting.add(one);
                }
                case Sent.Theirs(Reading.Gone gone) -> {
                    keep(waiting, taken);
                    taken.add(new Taken.Erased(gone.id(), posts.erase(List.of(gone.id())) > 0));
                }
                case Sent.Theirs(var reading) -> {
                    keep(waiting, taken);
                    taken.add(new Taken.Refused(problem(reading)));
                }
            }
        }
        keep(waiting, taken);
        return taken;
    }

    /// What it quotes or passes on must be known before it.
    private static boolean refersToOneOf(List<Sent> waiting, ReadPost post) {
        var related = post.related();
        return waiting.stream()
                .map(PostIntake::id)
                .anyMatch(id -> related.reposts().contains(id)
                        || related.quotes().contains(id)
                        || related.answers().contains(id));
    }

    private static String id(Sent waiting) {
        return switch (waiting) {
            case Sent.Ours(var post) -> post.id();
            case Sent.Theirs(Reading.Post(var post)) -> post.id();
            case Sent.Theirs(var reading) -> throw new IllegalStateException(reading + " is no post to keep");
        };
    }

    /// Posts that came together are written together.
    private void keep(List<Sent> waiting, List<Taken> taken) {
        if (waiting.isEmpty()) {
            return;
        }
        var known = posts.keep(waiting.stream().map(this::incoming).toList());
        for (int i = 0; i < known.size(); i++) {
            var read = waiting.get(i) instanceof Sent.Theirs(Reading.Post(var post))
                    ? Optional.of(post)
                    : Optional.<ReadPost>empty();
            taken.add(new Taken.Kept(known.get(i), read));
        }
        waiting.clear();
    }

    private IncomingPost incoming(Sent sent) {
        return switch (sent) {
            case Sent.Ours(var post) -> post;
            case Sent.Theirs(Reading.Post(var post)) -> incoming(post);
            case Sent.Theirs(var reading) -> throw new IllegalStateException(reading + " is no post to keep");
        };
    }

    /// What is known of the posts that it answers, quotes or passes on comes with it: their authors, and the
    /// words of one that is passed on by its address alone.
    private IncomingPost incoming(ReadPost post) {
        var words = post.words();
        var originals = known(post.related().reposts());
        var text = words.text().isBlank()
                ? originals.stream().map(KnownPost::text).collect(Collectors.joining("\n"))
                : words.text();
        var content = new PostContent(
                Optional.of(cut(text)).filter(t -> !t.isBlank()), words.warning(), words.sensitive(), post.labels());
        return new IncomingPost(
                post.id(), authors(post, originals), words.declared(), post.community(), post.topics(), content, true);
    }

    private List<String> authors(ReadPost post, List<KnownPost> originals) {
        var authors = new LinkedHashSet<>(post.authors());
        authors.addAll(post.related().authors());
        originals.forEach(o -> authors.addAll(o.authors()));
        known(post.related().quotes()).forEach(q -> authors.addAll(q.authors()));
        known(post.related().answers()).forEach(a -> authors.addAll(a.authors()));
        return authors.stream().limit(MAX_AUTHORS).toList();
    }

    private List<KnownPost> known(List<String> ids) {
        return ids.stream()
                .limit(MAX_AUTHORS)
                .flatMap(id -> posts.find(id).stream())
                .toList();
    }

    /// One character more than is ever read, so that raters and lists see that there was more, and keep away.
    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    static Problem problem(Reading reading) {
        return switch (reading) {
            case Reading.Broken(var errors) -> Problem.of(errors);
            case Reading.NotPublic hidden ->
                Problem.of(ProblemCode.NOT_PUBLIC, hidden.audience().words()).at(hidden.at());
            case Reading.NoPost(var type, var at) ->
                Problem.of(ProblemCode.NO_POST, type.substring(0, Math.min(type.length(), 60)))
                        .at(at);
            case Reading.Post _, Reading.Gone _ -> throw new IllegalStateException("there is nothing wrong with it");
        };
    }
}
