package mizan.server.api;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.console.words.Lang;
import mizan.server.evidence.EvidencePack;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Trace;
import mizan.server.people.Workspace;
import tools.jackson.databind.node.JsonNodeFactory;

/// Gives evidence packs to those who may see an advertiser's audit log. That one was made is a line of that log.
public final class EvidenceDesk {
    /// Without days, the last ninety.
    private static final int USUAL_DAYS = 90;

    private final Workspace workspace;

    public EvidenceDesk(Workspace workspace) {
        this.workspace = workspace;
    }

    /// @param id of an advertiser; the query has the days and the language
    public Answer pack(Call call, Engine engine, String id) {
        var advertiser = visible(call.principal(), engine, id);
        var today = LocalDate.ofInstant(engine.time().instant(), advertiser.timeZone());
        var to = day(call, "to").orElse(today.plusDays(1));
        var from = day(call, "from").orElse(to.minusDays(USUAL_DAYS));
        if (!from.isBefore(to) || from.plusDays(EvidencePack.MAX_DAYS).isBefore(to)) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "1 to " + EvidencePack.MAX_DAYS + " days after `from`")
                    .at("to")
                    .refused();
        }
        var lang = call.query("lang").flatMap(Lang::of).orElse(call.language().equals("ar") ? Lang.AR : Lang.EN);
        var wish = new EvidencePack.Wish(advertiser, from, to, lang, call.principal());
        var sealing = engine.sealing()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        try {
            var zip = new EvidencePack(engine, sealing, workspace).write(wish);
            // Reading is no change, and so no line of the log by itself; who took this has to be known.
            workspace.audit().add(call, call.principal().keyId(), call.route().operation(), Optional.of(trace(wish)));
            return Answer.bytes(200, "application/zip", zip)
                    .with(
                            "content-disposition",
                            "attachment; filename=\"evidence-" + id + "-" + from + "-" + to + ".zip\"")
                    .with("cache-control", "private, no-store");
        } catch (IOException _) {
            throw Problem.of(ProblemCode.STATE_CONFLICT, "nothing is sealed yet")
                    .refused();
        }
    }

    private static Advertiser visible(Principal who, Engine engine, String id) {
        return Optional.of(id)
                .filter(i -> SortableId.hasForm(AdvertiserId.PREFIX, i))
                .filter(who::sees)
                .flatMap(i -> Optional.ofNullable(
                        engine.booking().book().advertisers().get(new AdvertiserId(i))))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private static Optional<LocalDate> day(Call call, String name) {
        try {
            return call.query(name).filter(t -> !t.isEmpty()).map(LocalDate::parse);
        } catch (DateTimeParseException _) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "a day such as 2026-03-01")
                    .at(name)
                    .refused();
        }
    }

    private static Trace trace(EvidencePack.Wish wish) {
        var after = JsonNodeFactory.instance
                .objectNode()
                .put("from", wish.from().toString())
                .put("to", wish.to().toString());
        var id = wish.advertiser().id().value();
        return new Trace(id, Optional.of(id), Optional.empty(), Optional.of(after));
    }
}
