package mizan.server.pages;

import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.app.Engine;
import mizan.server.console.Console;
import mizan.server.console.page.Frame;
import mizan.server.console.page.Notice;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Scope;
import mizan.server.people.Person;
import mizan.server.proof.Sealing;

/// What every page needs around its content: the reader's language, their rights, and how HTML is answered.
final class PageShell {
    private static final String KEPT = "; Path=/; SameSite=Lax; Max-Age=31536000";
    private final Engine engine;
    private final Community community;
    private final FrontDoor door;
    private final boolean testMode;
    private final ZoneId zone;
    private final Console console;

    PageShell(Engine engine, Community community, FrontDoor door, boolean testMode, ZoneId zone, Console console) {
        this.engine = engine;
        this.community = community;
        this.door = door;
        this.testMode = testMode;
        this.zone = zone;
        this.console = console;
    }

    Console console() {
        return console;
    }

    static Lang lang(Call call) {
        return call.query("lang")
                .flatMap(Lang::of)
                .or(() -> Cookies.of(call, "lang").flatMap(Lang::of))
                .orElse(call.language().equals("ar") ? Lang.AR : Lang.EN);
    }

    Words words(Call call) {
        var digits = chosen(call, "digits").filter("arab"::equals).isPresent() ? Digits.ARABIC_INDIC : Digits.LATIN;
        var words = Words.of(lang(call), lang(call) == Lang.AR ? digits : Digits.LATIN, zone);
        return chosen(call, "calendar").filter("hijri"::equals).isPresent() ? words.withHijri() : words;
    }

    /// What a link of this page chose, or one before.
    private static Optional<String> chosen(Call call, String name) {
        return call.query(name).or(() -> Cookies.of(call, name));
    }

    /// A language, digits or a calendar that was chosen by a link stays chosen.
    Answer html(Call call, int status, String html) {
        var answer = Answer.html(status, html).with("content-security-policy", Console.CONTENT_SECURITY_POLICY);
        return call.query("lang")
                .flatMap(Lang::of)
                .map(lang -> answer.with("set-cookie", "lang=" + lang.tag() + KEPT))
                .or(() -> Stream.of("digits", "calendar")
                        .flatMap(name -> call.query(name).filter(v -> v.matches("[a-z]{1,10}")).stream()
                                .map(v -> answer.with("set-cookie", name + '=' + v + KEPT)))
                        .findFirst())
                .orElse(answer);
    }

    Answer notice(Call call, int status, Notice notice) {
        return html(call, status, console.notice(frame(call), words(call), notice));
    }

    Answer missing(Call call) {
        return notice(call, 404, new Notice.Failure(404, call.requestId()));
    }

    /// Back to a page, which then says what was done.
    ///
    /// @param said one of the keys `said.*`, without the prefix
    static Answer done(String path, String said) {
        return Answer.redirect(303, path + "?said=" + said);
    }

    Frame frame(Call call) {
        var theme =
                switch (call.query("theme").or(() -> Cookies.of(call, "theme")).orElse("")) {
                    case "dark" -> Frame.Theme.DARK;
                    case "light" -> Frame.Theme.LIGHT;
                    default -> Frame.Theme.AUTO;
                };
        var words = words(call);
        return new Frame(
                call.address(),
                call.query(),
                theme,
                community.name(lang(call)),
                testMode,
                door.person(call).map(p -> person(p, words)),
                count(call, true),
                count(call, false),
                seal(),
                rights(call),
                call.query("said").map(s -> "said." + s).filter(words::has),
                call.csrf(),
                call.requestId());
    }

    /// Who is signed in.
    Optional<Person> person(Call call) {
        return door.person(call);
    }

    private Optional<Frame.Seal> seal() {
        return engine.sealing()
                .flatMap(Sealing::newest)
                .map(newest -> new Frame.Seal(newest.at(), newest.root().substring(0, 8)));
    }

    private static Frame.Person person(Person person, Words words) {
        var parts = person.name().strip().split("\\s+");
        var initials = new StringBuilder();
        for (int i = 0; i < Math.min(2, parts.length); i++) {
            initials.appendCodePoint(parts[i].codePointAt(0));
        }
        return new Frame.Person(
                person.name(),
                initials.toString(),
                words.text("role." + person.role().text()));
    }

    private OptionalInt count(Call call, boolean advertisers) {
        var book = engine.booking().book();
        var bound = call.caller().flatMap(p -> p.advertiser());
        if (bound.isPresent()) {
            return advertisers
                    ? OptionalInt.empty()
                    : OptionalInt.of((int) book.campaigns().values().stream()
                            .filter(c -> c.advertiser().value().equals(bound.get()))
                            .count());
        }
        return OptionalInt.of(
                advertisers ? book.advertisers().size() : book.campaigns().size());
    }

    private static Set<String> rights(Call call) {
        return call.caller().stream()
                .flatMap(p -> p.scopes().stream().filter(p::may))
                .map(Scope::text)
                .collect(Collectors.toUnmodifiableSet());
    }
}
