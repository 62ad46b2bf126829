package mizan.server.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import mizan.server.app.Engine;
import mizan.server.console.page.Outcome;
import mizan.server.console.page.TrustPage;
import mizan.server.transparency.Trust;
import mizan.server.transparency.TrustFigures;

/// The trust page, from figures that were counted before.
final class TrustView {
    private final Engine engine;

    TrustView(Engine engine) {
        this.engine = engine;
    }

    /// Empty in the first moments of a server, and without a public log.
    Optional<TrustPage> read() {
        return engine.trust().flatMap(trust -> trust.newest().map(figures -> page(trust, figures)));
    }

    private static TrustPage page(Trust trust, TrustFigures figures) {
        try {
            return new TrustPage(
                    figures.at(),
                    figures.from(),
                    figures.to().minusDays(1),
                    figures.load().ofHundredPosts(),
                    figures.load().pages(),
                    Stream.of(Outcome.values())
                            .filter(o -> o != Outcome.WON)
                            .map(o -> new TrustPage.Drop(o, figures.drops().getOrDefault(o.code(), 0L)))
                            .filter(drop -> drop.times() > 0)
                            .sorted(Comparator.comparingLong(TrustPage.Drop::times)
                                    .reversed())
                            .toList(),
                    figures.violations(),
                    figures.foundLater(),
                    figures.invalid(),
                    figures.credits().entrySet().stream()
                            .map(e -> new TrustPage.Credit(e.getKey(), e.getValue()))
                            .sorted(Comparator.comparing(TrustPage.Credit::currency))
                            .toList(),
                    figures.money().overspendMicros(),
                    figures.money().holds(),
                    figures.seal().map(s -> new TrustPage.Seal(s.log(), s.size(), s.witnesses(), s.stopped())),
                    trust.months());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
