package mizan.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mizan.core.campaign.AdId;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.PublicRate;
import mizan.server.http.Route;
import mizan.server.proof.ProofStore;
import mizan.server.proof.Sealing;
import mizan.server.repository.AdRecord;
import mizan.server.repository.Repository;
import mizan.server.repository.Search;
import mizan.server.repository.State;
import tools.jackson.databind.node.JsonNodeFactory;

/// The public ad repository for programs (DSA art. 39): for anybody, without a key, at a rate that every address has.
public final class RepositoryRoutes {
    private static final int PAGE = 50;
    private static final int LONGEST = 200;
    private final Engine engine;
    private final PublicRate rate;

    /// @param engine whose ads are the public ones
    public RepositoryRoutes(Engine engine, InstantSource time) {
        this.engine = engine;
        this.rate = new PublicRate(time);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/public/ads", "searchAds", this::search)
                        .everybody()
                        .answers(200, "AdRecordList")
                        .query(
                                "q",
                                "advertiser",
                                "payer",
                                "country",
                                "language",
                                "state",
                                "from",
                                "to",
                                "targeting",
                                "after",
                                "limit")
                        .summary("Ads that were shown here, newest first, by any of these together"),
                Route.get("/v1/public/ads/{id}", "getAdRecord", this::one)
                        .everybody()
                        .answers(200, "AdRecord")
                        .summary("One ad: its content, on whose behalf, who paid, when, whom it was aimed at and"
                                + " reached"),
                Route.get("/v1/public/ads/{id}/proof", "getAdRecordProof", this::proof)
                        .everybody()
                        .summary("That the record's facts are in the public log: C2SP tlog-proof, with the facts as"
                                + " extra"));
    }

    private Repository repository(Call call) {
        rate.take(call);
        return engine.repository()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private Answer search(Call call) {
        var repository = repository(call);
        var search = of(call);
        int limit = (int) number(call, "limit", PAGE, PAGE);
        long below = number(call, "after", Long.MAX_VALUE, Long.MAX_VALUE);
        var found = repository.store().search(search, below, limit + 1);
        var json = JsonNodeFactory.instance.objectNode();
        var data = json.putArray("data");
        found.stream().limit(limit).map(AdRecord::json).forEach(data::add);
        long count = repository.store().count(search, Search.MOST_FOUND + 1);
        json.put("found", Math.min(count, Search.MOST_FOUND)).put("found_more", count > Search.MOST_FOUND);
        json.put("has_more", found.size() > limit);
        if (found.size() > limit) {
            json.put("next_after", Long.toString(found.get(limit - 1).number()));
        } else {
            json.putNull("next_after");
        }
        return open(Answer.json(200, json));
    }

    private static Search of(Call call) {
        return new Search(
                text(call, "q").orElse(""),
                text(call, "advertiser"),
                text(call, "payer"),
                text(call, "country"),
                text(call, "language"),
                text(call, "state").stream()
                        .flatMap(s -> Stream.of(s.split(",")))
                        .map(RepositoryRoutes::state)
                        .toList(),
                text(call, "from").map(t -> day(t, "from")),
                text(call, "to").map(t -> day(t, "to")),
                text(call, "targeting").map(t -> List.of(t.split(","))).orElse(List.of()));
    }

    private static Optional<String> text(Call call, String name) {
        var text = call.query(name).map(String::strip).filter(t -> !t.isEmpty());
        if (text.filter(t -> t.length() > LONGEST).isPresent()) {
            throw Problem.of(ProblemCode.TOO_LONG, Integer.toString(LONGEST))
                    .at(name)
                    .refused();
        }
        return text;
    }

    private static State state(String code) {
        return Stream.of(State.values())
                .filter(s -> s.code().equals(code))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.INVALID_VALUE, "running, ended, removed")
                        .at("state")
                        .refused());
    }

    /// Days are UTC; `to` is the first that is not asked for.
    private static Instant day(String text, String name) {
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
        } catch (DateTimeParseException _) {
            // Told below.
        }
        throw Problem.of(ProblemCode.INVALID_VALUE, "a day such as 2026-03-01")
                .at(name)
                .refused();
    }

    private static long number(Call call, String name, long most, long otherwise) {
        var text = call.query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[1-9][0-9]{0,17}") || Long.parseLong(text.get()) > most) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "1 to " + most).at(name).refused();
        }
        return Long.parseLong(text.get());
    }

    private Answer one(Call call) {
        return open(Answer.json(200, record(call).json()));
    }

    private AdRecord record(Call call) {
        var repository = repository(call);
        return Optional.of(call.param("id"))
                .filter(id -> SortableId.hasForm(AdId.PREFIX, id))
                .flatMap(repository.store()::find)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private Answer proof(Call call) {
        var record = record(call);
        var sealing = engine.sealing()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        try {
            var text = sealing.proofOfAd(record.id()).map(proof -> withText(sealing, record, proof));
            return open(Answer.bytes(
                    200,
                    "text/plain; charset=utf-8",
                    text.orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused())
                            .getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withText(Sealing sealing, AdRecord record, String proof) {
        var stored = record.sealed().stream()
                .mapToObj(sealing.store()::at)
                .flatMap(Optional::stream)
                .findFirst()
                .filter(s -> s.text().isPresent())
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        return proof.replaceFirst("\n", "\nextra " + extra(stored) + "\n");
    }

    private static String extra(ProofStore.Stored stored) {
        var text = stored.salt() + " " + new String(stored.text().orElseThrow(), StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Pages of anybody may read it.
    private static Answer open(Answer answer) {
        return answer.with("access-control-allow-origin", "*");
    }
}
