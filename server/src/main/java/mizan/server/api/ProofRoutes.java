package mizan.server.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.core.receipt.ImpressionId;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.proof.Packs;
import mizan.server.proof.ProofStore;
import mizan.server.proof.Sealing;

/// The public log as static files, and what proves one's own impressions.
public final class ProofRoutes {
    /// `tile/level` and up to three groups of digits, the last of them perhaps with a partial tile's width behind it.
    private static final int DEEPEST = 4;

    private static final int MOST_DAYS = 366;
    private static final int MOST_SAMPLED = 1_000;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String SHORTLY = "public, max-age=2";

    private final Engine primary;
    private final Function<Call, Engine> engines;

    /// @param primary whose log is the public one
    public ProofRoutes(Engine primary, Function<Call, Engine> engines) {
        this.primary = primary;
        this.engines = engines;
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (var name : List.of("checkpoint", "keys", "policy")) {
            routes.add(Route.get("/log/" + name, "log_" + name, _ -> file(name, TEXT, SHORTLY))
                    .everybody());
        }
        for (int depth = 1; depth <= DEEPEST; depth++) {
            var names = IntStream.range(0, depth).mapToObj(i -> "n" + i).toList();
            var template = names.stream().map(n -> "{" + n + "}").collect(Collectors.joining("/"));
            routes.add(Route.get("/log/tile/{level}/" + template, "log_tile_" + depth, call -> tile(call, names))
                    .everybody());
        }
        routes.add(
                Route.get("/v1/impressions/{id}/proof", "getImpressionProof", this::proof)
                        .needs(Scope.BOOK_READ)
                        .summary(
                                "That an impression's receipt is in the public log: C2SP tlog-proof, with the receipt as extra"));
        routes.add(Route.get("/v1/campaigns/{id}/proof-pack", "getProofPack", this::pack)
                .needs(Scope.BOOK_READ)
                .query("from", "to", "since")
                .summary("Receipts, terms, invoice and proofs of a campaign as a zip file, for the verifier"));
        routes.add(Route.get("/v1/advertisers/{id}/proof-pack", "getAdvertiserProofPack", this::advertisersPack)
                .needs(Scope.BOOK_READ)
                .query("from", "to", "since")
                .summary("Receipts, credits, payments, invoice and proofs of an advertiser as a zip file"));
        routes.add(Route.get("/v1/proof-sample", "getProofSample", this::sample)
                .needs(Scope.PLATFORM_READ)
                .query("n", "seed", "since")
                .summary("Entries of the public log drawn by your seed, opened and proved, as a zip file"));
        return routes;
    }

    private Answer file(String name, String type, String caching) {
        try {
            var found = primary.sealing().isEmpty()
                    ? Optional.<byte[]>empty()
                    : primary.sealing().get().files().read(name);
            return Answer.bytes(
                            200,
                            type,
                            found.orElseThrow(
                                    () -> Problem.of(ProblemCode.NOT_FOUND).refused()))
                    .with("cache-control", caching)
                    .with("access-control-allow-origin", "*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Only names that a tile can have: nothing of a request reaches the file system otherwise.
    private Answer tile(Call call, List<String> names) {
        var path = "tile/" + call.param("level") + "/"
                + names.stream().map(call::param).collect(Collectors.joining("/"));
        if (!path.matches(
                "tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/)*[0-9]{3}(?:\\.p/[1-9][0-9]{0,2})?")) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        return file(path, "application/octet-stream", FOR_EVER);
    }

    private Sealing sealing(Call call) {
        return engines.apply(call)
                .sealing()
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private Answer proof(Call call) {
        var sealing = sealing(call);
        var id = Optional.of(call.param("id"))
                .filter(i -> SortableId.hasForm(ImpressionId.PREFIX, i))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        var index = sealing.store().index("receipt", id);
        var stored = index.isEmpty()
                ? Optional.<ProofStore.Stored>empty()
                : sealing.store().at(index.getAsLong());
        var receipt = stored.filter(s -> call.principal().sees(s.advertiser()))
                .filter(s -> s.text().isPresent())
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        try {
            var proof = sealing.proof(new ImpressionId(id))
                    .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
            var extra = receipt.salt() + " " + new String(receipt.text().orElseThrow(), StandardCharsets.UTF_8);
            var encoded = Base64.getEncoder().encodeToString(extra.getBytes(StandardCharsets.UTF_8));
            return Answer.bytes(
                    200,
                    TEXT,
                    proof.replaceFirst("\n", "\nextra " + encoded + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer pack(Call call) {
        var engine = engines.apply(call);
        var campaign = Optional.of(call.param("id"))
                .filter(i -> SortableId.hasForm(CampaignId.PREFIX, i))
                .map(i -> engine.booking().book().campaigns().get(new CampaignId(i)))
                .filter(c -> call.principal().sees(c.advertiser().value()))
                .map(c -> c.id().value())
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        return pack(call, ProofStore.Whose.campaign(campaign), campaign);
    }

    private Answer advertisersPack(Call call) {
        var advertiser = Optional.of(call.param("id"))
                .filter(i -> SortableId.hasForm(AdvertiserId.PREFIX, i))
                .filter(i -> engines.apply(call).booking().book().advertisers().containsKey(new AdvertiserId(i)))
                .filter(call.principal()::sees)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        return pack(call, ProofStore.Whose.advertiser(advertiser), advertiser);
    }

    private Answer pack(Call call, ProofStore.Whose whose, String name) {
        var tomorrow = LocalDate.ofInstant(engines.apply(call).time().instant(), ZoneOffset.UTC)
                .plusDays(1);
        var to = day(call, "to").orElse(tomorrow);
        var from = day(call, "from").orElse(to.minusDays(31));
        if (!from.isBefore(to) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "1 to " + MOST_DAYS + " days after `from`")
                    .at("to")
                    .refused();
        }
        var scope = new Packs.Scope(whose, from, to, Optional.empty(), number(call, "since", Long.MAX_VALUE, 0));
        return zip(call, scope, name + "-" + from + "-" + to + ".zip");
    }

    /// What one's own principal may not see as a whole is not drawn from.
    private Answer sample(Call call) {
        if (call.principal().advertiser().isPresent()) {
            throw Problem.of(ProblemCode.NOT_FOUND).refused();
        }
        int n = (int) number(call, "n", MOST_SAMPLED, 100);
        var seed = call.query("seed")
                .filter(s -> s.matches("[ -~]{1,64}"))
                .orElseThrow(() -> Problem.of(ProblemCode.INVALID_VALUE, "1 to 64 characters of your own choice")
                        .at("seed")
                        .refused());
        var scope = new Packs.Scope(
                ProofStore.Whose.ALL,
                LocalDate.EPOCH,
                LocalDate.of(9999, 12, 31),
                Optional.of(new Packs.Sample(n, seed)),
                number(call, "since", Long.MAX_VALUE, 0));
        return zip(call, scope, "sample.zip");
    }

    private Answer zip(Call call, Packs.Scope scope, String name) {
        var sealing = sealing(call);
        var out = new ByteArrayOutputStream();
        try {
            new Packs(sealing.store(), sealing.files()).write(scope, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Answer.bytes(200, "application/zip", out.toByteArray())
                .with("content-disposition", "attachment; filename=\"" + name + '"');
    }

    private static long number(Call call, String name, long most, long otherwise) {
        var text = call.query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[0-9]{1,18}") || Long.parseLong(text.get()) > most) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "0 to " + most).at(name).refused();
        }
        return Long.parseLong(text.get());
    }

    private static Optional<LocalDate> day(Call call, String name) {
        try {
            return call.query(name).map(text -> {
                if (text.length() != 10) {
                    throw new DateTimeParseException("a day has ten characters", text, 0);
                }
                return LocalDate.parse(text);
            });
        } catch (DateTimeParseException _) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "a day such as 2026-03-01")
                    .at(name)
                    .refused();
        }
    }
}
