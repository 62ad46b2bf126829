package mizan.server.api;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.campaign.AdvertiserId;
import mizan.core.desk.BoycottAlarm;
import mizan.core.desk.Forecast;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.pages.DeskFigures;
import mizan.server.reading.pull.Outbound;
import mizan.server.reading.pull.Outbound.Unreachable;
import mizan.server.reporting.Desk;
import mizan.server.reporting.KeptSignal;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The revenue desk over the API: news and its signals, notes, alarm, forecast, win-back, mail and shares.
///
/// For the platform's own keys alone: what it notes of an advertiser is not for advertisers.
public final class DeskRoutes {
    private static final int MAX_TEXT = 65_536;
    private static final int MOST_DAYS = 90;
    private final Function<Call, Engine> engines;
    private final GuardedBook book;
    private final Outbound outbound;

    public DeskRoutes(Function<Call, Engine> engines, GuardedBook book, Outbound outbound) {
        this.engines = engines;
        this.book = book;
        this.outbound = outbound;
    }

    public List<Route> routes() {
        return List.of(
                write("/v1/desk/readings", "readNews", this::read, "NewsText", "NewsReading", 201)
                        .summary("Read news for what it says of advertisers; each signal waits for a person"),
                look("/v1/desk/signals", "listSignals", this::signals, "SignalList")
                        .query("state", "advertiser")
                        .summary("Signals, newest first"),
                write("/v1/desk/signals/{id}/confirm", "confirmSignal", c -> decide(c, true), "Why", "Signal", 200)
                        .summary("Say that a signal is right; from then on the desk shows it"),
                write("/v1/desk/signals/{id}/reject", "rejectSignal", c -> decide(c, false), "Why", "Signal", 200)
                        .summary("Say that a signal is wrong"),
                write("/v1/desk/platform-names", "namePlatform", this::name, "PlatformNames", "PlatformNames", 200)
                        .summary("Set by what names the press calls the platform"),
                look("/v1/desk/advertisers/{id}", "getDeskAdvertiser", this::advertiser, "DeskAdvertiser")
                        .summary("Owner, next action, notes and confirmed signals of an advertiser"),
                write(
                                "/v1/desk/advertisers/{id}/notes",
                                "noteAdvertiser",
                                this::note,
                                "DeskNote",
                                "DeskAdvertiser",
                                201)
                        .summary("Write a note, name the owner, or set what is to be done next"),
                write(
                                "/v1/desk/advertisers/{id}/win-back",
                                "offerWinBack",
                                this::winBack,
                                "WinBack",
                                "WinBackOffer",
                                201)
                        .summary("Draft strict terms and a paused pilot campaign for an advertiser that stopped"),
                look("/v1/desk/alarm", "getBoycottAlarm", this::alarm, "BoycottAlarm")
                        .summary("Whether more advertisers stopped in seven days than chance explains, and why"),
                look("/v1/desk/forecast", "getForecast", this::forecast, "Forecast")
                        .summary("Revenue of the coming four weeks, with the error of past forecasts"),
                write("/v1/desk/weekly-mail", "writeWeeklyMail", this::mail, "MailWish", "Mail", 201)
                        .summary("Write the weekly mail in Arabic or English into the spool"),
                write("/v1/desk/shares", "shareDesk", this::share, "ShareWish", "Share", 201)
                        .summary("Make a link that lets its holder read the desk until it ends or is taken back"),
                look("/v1/desk/shares", "listShares", this::shares, "ShareList").summary("Links that were made"),
                write("/v1/desk/shares/{id}/revoke", "revokeShare", this::revoke, "Why", "Share", 200)
                        .summary("Take a link back"));
    }

    private static Route look(String path, String operation, Route.Handler handler, String answer) {
        return Route.get(path, operation, inside(handler))
                .needs(Scope.BOOK_READ)
                .answers(200, answer);
    }

    private static Route write(
            String path, String operation, Route.Handler handler, String takes, String answer, int status) {
        return Route.post(path, operation, inside(handler))
                .needs(Scope.BOOK_WRITE)
                .takes(takes)
                .answers(status, answer);
    }

    /// To an advertiser's key there is no desk.
    private static Route.Handler inside(Route.Handler handler) {
        return call -> {
            if (call.principal().advertiser().isPresent()) {
                throw missing();
            }
            return handler.handle(call);
        };
    }

    private static RuntimeException missing() {
        return Problem.of(ProblemCode.NOT_FOUND).refused();
    }

    private Answer read(Call call) {
        var fields = call.fields();
        var text = fields.optionalText("text", MAX_TEXT);
        var url = fields.optionalText("url", 2_000).map(u -> address(u, fields));
        var source = fields.optionalText("source", 500);
        var published = fields.parsed("published", 10, LocalDate::parse);
        if (fields.sound() && text.isEmpty() == url.isEmpty()) {
            fields.error("text", ProblemCode.INVALID_VALUE, "a text, or the address of one");
        }
        fields.done();
        var engine = engines.apply(call);
        var today = LocalDate.ofInstant(engine.time().instant(), ZoneOffset.UTC);
        var items = text.map(t -> List.of(new NewsSource.Item(t, source.orElse(""), published)))
                .orElseGet(() -> fetch(url.orElseThrow()));
        var json = JsonNodeFactory.instance.objectNode();
        var signals = json.putArray("signals");
        var aside = json.putArray("set_aside");
        boolean whole = true;
        for (var item : items) {
            var day = item.published().or(() -> published).orElse(today);
            var found = engine.desk()
                    .read(item.text(), item.source(), day, engine.booking().book(), List.of(), actor(call));
            found.signals().forEach(s -> signals.add(json(s)));
            found.reading()
                    .setAside()
                    .forEach(s -> aside.addObject()
                            .put("advertiser", s.advertiser().value())
                            .put("act", s.act().code())
                            .put("why", s.why().code())
                            .put("evidence", s.evidence()));
            whole &= found.reading().whole();
        }
        json.put("texts", items.size());
        json.put("whole", whole);
        return Answer.json(201, json);
    }

    private static URI address(String text, mizan.server.http.Fields fields) {
        try {
            var address = URI.create(text);
            if (Outbound.isCallable(address)) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // Reported below, with the addresses of another scheme.
        }
        fields.error("url", ProblemCode.INVALID_URL);
        return URI.create("https://example.invalid/");
    }

    private List<NewsSource.Item> fetch(URI address) {
        try {
            return NewsSource.fetch(address, outbound);
        } catch (Unreachable e) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "an address that answers (" + e.getMessage() + ")")
                    .at("/url")
                    .refused();
        }
    }

    private Answer signals(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        engines.apply(call).desk().signals().stream()
                .filter(s ->
                        call.query("state").map(x -> x.equals(s.state().code())).orElse(true))
                .filter(s -> call.query("advertiser")
                        .map(x -> x.equals(s.signal().advertiser().value()))
                        .orElse(true))
                .forEach(s -> data.add(json(s)));
        json.put("has_more", false);
        return Answer.json(200, json);
    }

    private Answer decide(Call call, boolean right) {
        var fields = call.fields();
        var why = fields.optionalText("why", 500).orElse("");
        fields.done();
        var state = right ? KeptSignal.State.CONFIRMED : KeptSignal.State.REJECTED;
        return engines.apply(call)
                .desk()
                .decide(call.param("id"), state, actor(call), why)
                .map(s -> Answer.json(200, json(s)))
                .orElseThrow(DeskRoutes::missing);
    }

    private static ObjectNode json(KeptSignal signal) {
        var json = signal.json();
        json.put("id", signal.id());
        json.put("state", signal.state().code());
        json.put("read_at", signal.readAt().toString());
        json.put("decided_by", signal.decidedBy());
        json.put("why", signal.why());
        return json;
    }

    private Answer name(Call call) {
        var fields = call.fields();
        var names = List.copyOf(fields.texts("names", 40, 100));
        fields.done();
        engines.apply(call).desk().call(names, actor(call));
        var json = JsonNodeFactory.instance.objectNode();
        names.forEach(json.putArray("names")::add);
        return Answer.json(200, json);
    }

    private Answer advertiser(Call call) {
        var engine = engines.apply(call);
        return Answer.json(200, json(engine.desk(), known(call, engine)));
    }

    private static AdvertiserId known(Call call, Engine engine) {
        return DeskFigures.known(engine, call.param("id")).orElseThrow(DeskRoutes::missing);
    }

    private static ObjectNode json(Desk desk, AdvertiserId id) {
        var json = JsonNodeFactory.instance.objectNode().put("advertiser", id.value());
        json.put("owner", desk.owner(id.value()));
        desk.next(id.value()).ifPresent(n -> {
            var next = json.putObject("next_action").put("text", n.text());
            n.due().ifPresent(due -> next.put("due", due.toString()));
        });
        var notes = json.putArray("notes");
        desk.notes(id.value())
                .forEach(n -> notes.addObject()
                        .put("at", n.at().toString())
                        .put("actor", n.actor())
                        .put("text", n.text()));
        ArrayNode signals = json.putArray("signals");
        desk.confirmed(id.value()).forEach(s -> signals.add(json(s)));
        return json;
    }

    private Answer note(Call call) {
        var engine = engines.apply(call);
        var id = known(call, engine);
        var fields = call.fields();
        var text = fields.optionalText("note", 1_000);
        var owner = fields.optionalText("owner", 100);
        var next = fields.optionalText("next_action", 300);
        var due = fields.parsed("due", 10, LocalDate::parse);
        if (fields.sound() && text.isEmpty() && owner.isEmpty() && next.isEmpty()) {
            fields.error("note", ProblemCode.REQUIRED);
        }
        fields.done();
        text.ifPresent(t -> engine.desk().note(id, t, actor(call)));
        owner.ifPresent(o -> engine.desk().assign(id, o, actor(call)));
        next.ifPresent(n -> engine.desk().plan(id, new Desk.NextAction(n, due), actor(call)));
        return Answer.json(201, json(engine.desk(), id));
    }

    /// Terms, pilot and the places where the proof is, in one step. The pilot is paused: it spends nothing
    /// before the advertiser has signed and somebody resumes it.
    private Answer winBack(Call call) {
        var engine = engines.apply(call);
        var id = known(call, engine);
        var fields = call.fields();
        long pilot = fields.number("pilot_micros", 1, 1_000_000_000_000L);
        int days = (int) fields.optionalNumber("days", 1, MOST_DAYS).orElse(28);
        var why = fields.optionalText("why", 500).orElse("win-back offer");
        fields.done();
        var start = engine.time().instant();
        var terms = JsonNodeFactory.instance.objectNode();
        terms.put("advertiser", id.value()).put("name", "Win-back").put("preset", "STRICT");
        terms.put("signed_by", "not yet signed").put("signed_at", start.toString());
        return switch (book(call, engine, Kind.TERMS, terms, why)) {
            case GuardedBook.Outcome.Waits(var approval) -> ApprovalRoutes.waiting(approval, call);
            case GuardedBook.Outcome.Done(var signed, var _) -> pilot(call, engine, id, signed.id(), pilot, days, why);
        };
    }

    private Answer pilot(Call call, Engine engine, AdvertiserId id, String signed, long pilot, int days, String why) {
        var start = engine.time().instant();
        var campaign = JsonNodeFactory.instance.objectNode();
        campaign.put("advertiser", id.value()).put("entity_status", "PAUSED").put("suitability_terms", signed);
        campaign.putObject("name").put("en", "Pilot").put("ar", "حملة تجريبية");
        campaign.putObject("budget").put("total_micros", pilot).put("daily_micros", Math.ceilDiv(pilot, days));
        campaign.putObject("flight")
                .put("start", start.toString())
                .put("end", start.plus(Duration.ofDays(days)).toString());
        return switch (book(call, engine, Kind.CAMPAIGN, campaign, why)) {
            case GuardedBook.Outcome.Waits(var approval) -> {
                engine.desk().note(id, "Win-back offer waits for a second person: " + approval.id(), actor(call));
                yield ApprovalRoutes.waiting(approval, call);
            }
            case GuardedBook.Outcome.Done(var booked, var trace) -> {
                engine.desk().note(id, "Win-back offer: " + booked.id(), actor(call));
                var json = JsonNodeFactory.instance.objectNode().put("advertiser", id.value());
                json.put("suitability_terms", signed).put("campaign", booked.id());
                json.put("proof", "/campaigns?advertiser=" + id.value());
                yield Answer.json(201, json).tracing(trace);
            }
        };
    }

    private GuardedBook.Outcome book(Call call, Engine engine, Kind kind, ObjectNode fields, String why) {
        return book.change(
                call.principal(), engine, new Booking.Wish(kind, Optional.empty(), "create", fields), why, _ -> {});
    }

    private Answer alarm(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var alarm = new DeskFigures(engines.apply(call)).alarm();
        json.put("sounding", alarm.isPresent());
        json.put("limit", BoycottAlarm.LIMIT);
        alarm.ifPresent(a -> {
            a.paused().stream().sorted().forEach(json.putArray("paused")::add);
            json.put("usual", a.usual()).put("chance", a.chance()).put("sharing", a.sharing());
            a.common().ifPresent(c -> json.put("common", c));
        });
        return Answer.json(200, json);
    }

    private Answer forecast(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var weeks = json.putArray("weeks");
        var forecast = new DeskFigures(engines.apply(call)).forecast();
        forecast.ifPresent(f -> {
            f.weeks()
                    .forEach(w -> weeks.addObject()
                            .put("low_micros", w.low())
                            .put("likely_micros", w.likely())
                            .put("high_micros", w.high()));
            json.put("way", f.way().name().toLowerCase(java.util.Locale.ROOT));
            json.put("range", Forecast.RANGE).put("covered", f.covered()).put("tested", f.tested());
            json.put("mean_error", f.meanError()).put("last_week_error", f.lastWeekError());
        });
        return Answer.json(200, json);
    }

    private Answer mail(Call call) {
        var fields = call.fields();
        var lang = fields.parsed("language", 2, t -> Lang.of(t).orElseThrow(IllegalArgumentException::new));
        fields.done();
        var words = Words.of(lang.orElse(Lang.EN), Digits.LATIN, ZoneId.of("UTC"));
        var mail = new DeskFigures(engines.apply(call)).mail(words, actor(call));
        return Answer.json(
                201,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("at", mail.at().toString())
                        .put("language", mail.language())
                        .put("subject", mail.subject())
                        .put("text", mail.text()));
    }

    private Answer share(Call call) {
        var engine = engines.apply(call);
        var fields = call.fields();
        int days = (int) fields.number("days", 1, MOST_DAYS);
        fields.done();
        var until = engine.time().instant().plus(Duration.ofDays(days));
        var share = engine.desk().share(until, actor(call));
        var link = "/shared/desk/" + engine.shareLinks().sign(share);
        return Answer.json(201, json(share).put("link", link)).onceOnly(Answer.json(201, json(share)));
    }

    private Answer shares(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        engines.apply(call).desk().shares().forEach(s -> data.add(json(s)));
        json.put("has_more", false);
        return Answer.json(200, json);
    }

    private Answer revoke(Call call) {
        call.fields().optionalText("why", 500);
        return engines.apply(call)
                .desk()
                .revoke(call.param("id"), actor(call))
                .map(s -> Answer.json(200, json(s)))
                .orElseThrow(DeskRoutes::missing);
    }

    private static ObjectNode json(Desk.Share share) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", share.id())
                .put("until", share.until().toString())
                .put("revoked", share.revoked())
                .put("made_by", share.madeBy());
    }

    private static String actor(Call call) {
        return call.principal().keyId();
    }
}
