package mizan.server.pages;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import mizan.server.app.Engine;
import mizan.server.console.words.Words;
import mizan.server.http.Scope;
import mizan.server.mail.Bilingual;
import mizan.server.mail.Outgoing;
import mizan.server.people.Person;
import mizan.server.people.Workspace;

/// The revenue desk's week by letter, once each Monday, to the people who asked for it and may still see the desk. Its
/// figures are those of the page: both are read by [DeskFigures].
public final class DeskLetters {
    /// The name of the preference.
    static final String WANTED = "desk.letter";

    static final String YES = "yes";

    /// After midnight: what came late on Sunday has been folded, and people find it when they begin.
    private static final Duration AFTER_MIDNIGHT = Duration.ofHours(4);

    private final Engine engine;
    private final Workspace workspace;
    private final Outgoing outgoing;

    public DeskLetters(Engine engine, Workspace workspace, Outgoing outgoing) {
        this.engine = engine;
        this.workspace = workspace;
        this.outgoing = outgoing;
    }

    /// Whether somebody can have it: they may see all advertisers, and sign in with an address.
    static boolean canHave(Person person) {
        return person.isIn()
                && person.advertiser().isEmpty()
                && person.role().scopes().contains(Scope.PLATFORM_READ)
                && person.login().contains("@");
    }

    static boolean wants(Workspace workspace, Person person) {
        return workspace.store().preference(person.id(), WANTED).equals(java.util.Optional.of(YES));
    }

    /// Sends what has not been sent of the last whole week.
    ///
    /// @return how many letters were taken
    public synchronized int step() {
        var monday =
                PageRoutes.weekOf(LocalDate.ofInstant(engine.time().instant().minus(AFTER_MIDNIGHT), ZoneOffset.UTC));
        int taken = 0;
        for (var person : workspace.store().people()) {
            if (canHave(person) && wants(workspace, person)) {
                taken += outgoing.send(
                                "desk " + monday + " " + person.id(),
                                () -> Bilingual.letter(person.login(), this::subject, this::text))
                        ? 1
                        : 0;
            }
        }
        return taken;
    }

    private String subject(Words words) {
        return new DeskFigures(engine).subject(words);
    }

    private String text(Words words) {
        return new DeskFigures(engine).text(words) + "\n" + workspace.origin() + "/desk?lang="
                + words.lang().tag() + "\n\n" + words.text("mail.desk.note", workspace.origin() + "/notifications");
    }
}
