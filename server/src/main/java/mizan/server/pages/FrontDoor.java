package mizan.server.pages;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Reception;
import mizan.server.http.Route;
import mizan.server.http.Trace;
import mizan.server.oidc.SignIns;
import mizan.server.people.Devices;
import mizan.server.people.Person;
import mizan.server.people.Role;
import mizan.server.people.Session;
import mizan.server.people.Workspace;

/// Knows who is signed in, by the cookie of their session.
///
/// The cookie is `__Host-`, `Secure`, `HttpOnly` and `SameSite=Lax`: no script reads it, no subdomain sets it, no page
/// of
/// others posts with it. `Lax`, because links from a mail have to open. On an origin without TLS that is not this
/// machine, browsers keep no such cookie; there it has a plain name.
public final class FrontDoor implements Reception {
    private final Workspace workspace;
    private final Mode mode;
    private final Optional<Principal> visitor;
    private final Duration fresh;
    private final boolean secure;
    private Optional<PageRoutes> pages = Optional.empty();

    private FrontDoor(Workspace workspace, Mode mode, Optional<Principal> visitor, Duration fresh) {
        this.fresh = fresh;
        this.workspace = workspace;
        this.mode = mode;
        this.visitor = visitor;
        var origin = URI.create(workspace.origin());
        this.secure = origin.getScheme().equals("https")
                || origin.getHost().equals("localhost")
                || origin.getHost().startsWith("127.");
    }

    /// The console is for those who signed in or hold an API key.
    ///
    /// @param mode whose data people see
    public static FrontDoor closed(Workspace workspace, Mode mode) {
        return new FrontDoor(workspace, mode, Optional.empty(), Session.CONFIRMED);
    }

    /// Asks again who sits there before a way in is made or taken away, when it was last shown longer ago than this.
    public FrontDoor askingAfter(Duration longest) {
        return new FrontDoor(workspace, mode, visitor, longest);
    }

    /// Whoever reaches the port may look at the pages, as in the demo; to change something, they come in.
    public static FrontDoor open(Workspace workspace, Mode mode) {
        var visitor = new Principal("visitor", mode, Role.AUDITOR.scopes(), Optional.empty());
        return new FrontDoor(workspace, mode, Optional.of(visitor), Session.CONFIRMED);
    }

    void answersWith(PageRoutes routes) {
        pages = Optional.of(routes);
    }

    private String cookie() {
        return secure ? "__Host-mizan" : "mizan_session";
    }

    private String wayCookie() {
        return secure ? "__Host-mizan-way" : "mizan_way";
    }

    /// Sends a browser to a provider of sign-ins, with what it is known by when it comes back.
    Answer away(Answer answer, String way) {
        return answer.withCookie(cookie(wayCookie(), way, SignIns.LIFE));
    }

    Optional<String> wayBack(Call call) {
        return Cookies.of(call, wayCookie());
    }

    Answer backAgain(Answer answer) {
        return answer.withCookie(cookie(wayCookie(), "", Duration.ZERO));
    }

    private String deviceCookie() {
        return secure ? "__Host-mizan-device" : "mizan_device";
    }

    @Override
    public Optional<Visit> visit(Route route, Function<String, Optional<String>> headers) {
        return session(headers)
                .flatMap(s -> person(s).map(p -> new Visit(p.principal(mode), s.csrf())))
                .or(() -> visitor.filter(_ -> !route.path().startsWith("/v1/")).map(v -> new Visit(v, "")));
    }

    private Optional<Person> person(Session session) {
        return workspace.people().find(session.person()).filter(Person::isIn);
    }

    Optional<Session> session(Call call) {
        return session(call.headers());
    }

    private Optional<Session> session(Function<String, Optional<String>> headers) {
        return Cookies.of(headers, cookie()).flatMap(workspace.sessions()::find);
    }

    /// Who asks for a page, where they are known.
    Optional<Person> person(Call call) {
        return call.caller().flatMap(p -> workspace.people().find(p.keyId()));
    }

    /// Begins a session and gives the browser its secret; one that it had is ended.
    Answer admit(Call call, Person person, Answer answer) {
        session(call).ifPresent(s -> workspace.sessions().end(s.hash()));
        var greeting = workspace.devices().greet(person, Cookies.of(call, deviceCookie()));
        if (greeting.isNew()) {
            var about = new Trace(person.id(), person.advertiser(), Optional.empty(), Optional.empty());
            workspace.audit().add(call, person.id(), "signInOnNewDevice", Optional.of(about));
        }
        var secret = workspace.sessions().begin(person, call.from());
        return answer.withCookie(cookie(cookie(), secret, Session.LONGEST))
                .withCookie(cookie(deviceCookie(), greeting.cookie(), Devices.KEPT));
    }

    /// Ends the session of a browser.
    Answer dismiss(Call call, Answer answer) {
        session(call).ifPresent(s -> workspace.sessions().end(s.hash()));
        return answer.withCookie(cookie(cookie(), "", Duration.ZERO));
    }

    private String cookie(String name, String secret, Duration life) {
        return name + "=" + secret + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + life.toSeconds()
                + (secure ? "; Secure" : "");
    }

    @Override
    public Optional<Answer> confirm(Call call) {
        var session = session(call);
        var person = person(call);
        if (session.isEmpty()
                || person.isEmpty()
                || session.get().isConfirmed(workspace.people().now(), fresh)) {
            return Optional.empty();
        }
        if (call.route().body() != Route.Body.FORM) {
            throw Problem.of(ProblemCode.CONFIRMATION_REQUIRED).refused();
        }
        return pages.orElseThrow().confirm(call, session.get(), person.get());
    }

    @Override
    public boolean isOurs(String origin) {
        return origin.equals(workspace.origin()) || (secure && isThisMachine(origin));
    }

    /// `localhost` and `127.0.0.1` are the same machine to its user.
    private boolean isThisMachine(String origin) {
        var ours = URI.create(workspace.origin());
        return ours.getHost().equals("localhost")
                && origin.equals(ours.getScheme() + "://127.0.0.1" + (ours.getPort() < 0 ? "" : ":" + ours.getPort()));
    }

    @Override
    public Answer refused(Call call, Problem problem) {
        return pages.orElseThrow(problem::refused).refused(call, problem);
    }

    @Override
    public void done(Call call, Answer answer) {
        workspace.audit().done(call, answer);
    }
}
