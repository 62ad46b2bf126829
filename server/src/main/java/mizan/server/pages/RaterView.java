package mizan.server.pages;

import java.time.Instant;
import java.util.Optional;
import mizan.server.app.Engine;
import mizan.server.console.page.RaterList;
import mizan.server.console.page.RaterList.State;
import mizan.server.console.words.Lang;
import mizan.server.raters.OutsideRaters.Standing;

/// Reads who judges posts, and how raters elsewhere have done.
final class RaterView {
    private final Engine engine;

    RaterView(Engine engine) {
        this.engine = engine;
    }

    RaterList read(Lang lang) {
        var now = engine.time().instant();
        var outside = engine.outsideRaters();
        return new RaterList(
                now,
                engine.posts().builtInRaters().stream()
                        .map(r -> new RaterList.BuiltIn(r.name(), r.version()))
                        .toList(),
                outside.standing().stream()
                        .map(s -> outside(s, outside.waiting(s.rater()), now, lang))
                        .toList());
    }

    private static RaterList.Outside outside(Standing standing, long waiting, Instant now, Lang lang) {
        var rater = standing.rater();
        var figures = standing.figures();
        return new RaterList.Outside(
                rater.name(),
                rater.url().getHost(),
                state(standing, now),
                Optional.of(standing.waitUntil()).filter(now::isBefore),
                rater.languages().stream()
                        .sorted()
                        .map(tag -> Reading.language(tag, lang))
                        .toList(),
                rater.deadline(),
                waiting,
                new RaterList.Counts(figures.answers(), figures.failures(), figures.late()),
                standing.last().map(a -> new RaterList.Last(a.at(), a.version(), a.took())),
                standing.trouble().map(t -> new RaterList.Trouble(t.at(), t.what())));
    }

    private static State state(Standing standing, Instant now) {
        if (standing.open(now)) {
            return State.LEFT_ALONE;
        }
        if (standing.failing()) {
            return State.FAILING;
        }
        return standing.last().isPresent() ? State.ANSWERS : State.UNASKED;
    }
}
