package mizan.server.reading;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mizan.server.http.ProblemCode;

/// Somebody passes on a post of somebody else. Readers see the other's words under both names.
final class Repost {
    private final Place activity;
    private final Optional<String> id;
    private final Optional<String> actor;
    private final Optional<String> original;
    private final Recipients recipients;
    private final Optional<Instant> published;

    private Repost(Place activity) {
        this.activity = activity;
        id = activity.requiredId("id");
        actor = activity.requiredId("actor");
        original = activity.at("object").ids().findFirst();
        if (original.isEmpty()) {
            activity.at("object").refuse(ProblemCode.REQUIRED);
        }
        recipients = Recipients.of(activity, Envelope.NONE);
        published = activity.at("published").time();
    }

    static Repost of(Place activity) {
        return new Repost(activity);
    }

    boolean sound() {
        return activity.findings().sound() && recipients.audience() == Audience.EVERYBODY;
    }

    /// Without the words of the original, which is named but was not sent.
    Reading alone() {
        if (id.isEmpty() || actor.isEmpty() || original.isEmpty()) {
            return activity.findings().broken();
        }
        if (recipients.audience() != Audience.EVERYBODY) {
            return new Reading.NotPublic(id.get(), recipients.audience(), recipients.pointer());
        }
        return new Reading.Post(new ReadPost(
                id.get(),
                List.of(actor.get()),
                Optional.empty(),
                new ReadPost.Words("", Optional.empty(), false, Optional.empty(), Optional.empty()),
                new ReadPost.Related(List.of(), List.of(), List.of(original.get()), Set.of()),
                List.of(),
                List.of(),
                Set.of(),
                Set.of(),
                published,
                Optional.empty(),
                activity.findings().tolerated()));
    }

    Reading of(ReadPost post) {
        var others = new LinkedHashSet<>(post.authors());
        others.addAll(post.related().authors());
        var related =
                new ReadPost.Related(post.related().answers(), post.related().quotes(), List.of(post.id()), others);
        return new Reading.Post(new ReadPost(
                id.orElseThrow(),
                List.of(actor.orElseThrow()),
                post.community(),
                post.words(),
                related,
                post.media(),
                post.links(),
                post.topics(),
                post.labels(),
                published,
                post.updated(),
                activity.findings().tolerated()));
    }
}
