package mizan.server.pages;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import mizan.core.suitability.PostVerdict;
import mizan.core.suitability.Ratings;
import mizan.core.suitability.Tier;
import mizan.core.suitability.Topic;
import mizan.core.suitability.linear.LinearRater;
import mizan.server.app.Engine;
import mizan.server.console.page.Reviews;
import mizan.server.console.page.Risk;
import mizan.server.console.page.Text;
import mizan.server.http.Call;
import mizan.server.terms.ReviewQueue;

/// Reads the posts that wait for a person, and takes a person's verdict from the page's form.
final class ReviewView {
    private static final int SHOWN = 20;
    /// Who reviewed, as long as the console does not know its people by name.
    private static final String REVIEWER = "console";

    private final Engine engine;

    ReviewView(Engine engine) {
        this.engine = engine;
    }

    Reviews read(Optional<String> saved) {
        return new Reviews(
                engine.posts().openCount(),
                engine.time().instant(),
                new ReviewQueue(engine)
                        .first(SHOWN).stream().map(ReviewView::waiting).toList(),
                saved.flatMap(ReviewView::saved));
    }

    private static Optional<Reviews.Saved> saved(String code) {
        return Arrays.stream(Reviews.Saved.values())
                .filter(s -> s.name().equals(code))
                .findFirst();
    }

    private static Reviews.Waiting waiting(ReviewQueue.Waiting waiting) {
        var open = waiting.open();
        var post = open.post();
        return new Reviews.Waiting(
                post.id(),
                post.commitment(),
                post.authors().isEmpty() ? "" : post.authors().getFirst(),
                new Text(post.text(), post.language().orElse("")),
                post.takenAt(),
                Reviews.Question.valueOf(open.question().name()),
                open.report(),
                post.verdict().map(ReviewView::risk).orElse(Risk.UNRATED),
                post.ratings().standing().stream().map(ReviewView::said).toList(),
                waiting.reach(),
                waiting.doubt(),
                waiting.worth());
    }

    private static Risk risk(PostVerdict verdict) {
        return Risk.valueOf(verdict.tier().name());
    }

    private static Reviews.Said said(PostVerdict verdict) {
        return new Reviews.Said(
                verdict.rater(),
                verdict.raterVersion(),
                risk(verdict),
                verdict.topics().stream().sorted().map(Topic::code).toList(),
                verdict.evidence(),
                LinearRater.reading(verdict).map(r -> new Reviews.Likely(r.probability(), r.known())));
    }

    /// A person who lowers the risk clears the topics as well; one who raises it keeps those that machines
    /// found.
    Reviews.Saved take(Call call) {
        var form = call.form();
        var post = engine.posts().find(form.getOrDefault("post", ""));
        var tier = Arrays.stream(Tier.values())
                .filter(t -> t.name().equals(form.getOrDefault("tier", "")))
                .findFirst();
        var why = form.getOrDefault("reason", "").strip();
        if (post.isEmpty() || tier.isEmpty() || why.isEmpty()) {
            return Reviews.Saved.INCOMPLETE;
        }
        var topics = tier.get() == Tier.SAFE
                ? Set.<Topic>of()
                : post.get().verdict().map(PostVerdict::topics).orElse(Set.of());
        var verdict = new PostVerdict(
                tier.get(), topics, Ratings.REVIEW, REVIEWER, engine.time().instant(), Optional.of(why));
        return engine.posts()
                        .add(post.get().id(), form.getOrDefault("commitment", ""), verdict)
                        .isPresent()
                ? Reviews.Saved.KEPT
                : Reviews.Saved.EDITED;
    }
}
