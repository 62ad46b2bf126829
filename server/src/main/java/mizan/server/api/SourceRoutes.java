package mizan.server.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Fields;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.reading.pull.Outbound;
import mizan.server.reading.pull.Source;
import mizan.server.reading.pull.SourceStore.Known;
import mizan.server.reading.pull.Sources;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Where posts are pulled from.
public final class SourceRoutes {
    private final Function<Call, Engine> engines;
    private final Outbound outbound;

    public SourceRoutes(Function<Call, Engine> engines, Outbound outbound) {
        this.engines = engines;
        this.outbound = outbound;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/sources", "addSource", this::add)
                        .needs(Scope.POSTS_WRITE)
                        .takes("SourceDraft")
                        .answers(201, "Source")
                        .summary("Pull posts from an ActivityPub actor, an RSS, Atom or JSON feed, or a Jetstream"),
                Route.get("/v1/sources", "listSources", this::list)
                        .needs(Scope.POSTS_WRITE)
                        .answers(200, "Sources")
                        .summary("All sources, how far each was read, and what is wrong with it"),
                Route.get("/v1/sources/{id}", "getSource", this::get)
                        .needs(Scope.POSTS_WRITE)
                        .answers(200, "Source")
                        .summary("One source"),
                Route.post("/v1/sources/{id}/pull", "pullSource", this::pull)
                        .needs(Scope.POSTS_WRITE)
                        .bodiless()
                        .answers(200, "Source")
                        .summary("Read a source now; a stream is read all the time"),
                Route.post("/v1/sources/{id}/remove", "removeSource", this::remove)
                        .needs(Scope.POSTS_WRITE)
                        .bodiless()
                        .answers(200, "Source")
                        .summary("Pull no more from a source; its posts stay"));
    }

    private Answer add(Call call) {
        var fields = call.fields();
        var kind = fields.required("kind", fields.choice("kind", Source.Kind.class));
        var address = fields.required("url", fields.optionalText("url", 2_000)).flatMap(t -> address(t, fields));
        fields.done();
        var sources = engines.apply(call).sources();
        if (sources.all().size() >= Sources.MAX) {
            throw Problem.of(ProblemCode.LIMIT_EXCEEDED, Sources.MAX + " sources")
                    .refused();
        }
        return Answer.json(201, json(sources.add(kind.orElseThrow(), address.orElseThrow())));
    }

    private static Optional<URI> address(String text, Fields fields) {
        try {
            var address = new URI(text);
            if (Outbound.isCallable(address)) {
                return Optional.of(address);
            }
        } catch (URISyntaxException _) {
            // Reported below, with the addresses of another scheme.
        }
        fields.error("url", ProblemCode.INVALID_URL);
        return Optional.empty();
    }

    private Answer list(Call call) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("data");
        engines.apply(call).sources().all().forEach(k -> list.add(json(k)));
        return Answer.json(200, json);
    }

    private Answer get(Call call) {
        return Answer.json(200, json(found(call)));
    }

    private Answer pull(Call call) {
        var source = found(call).source();
        if (source.kind() == Source.Kind.JETSTREAM) {
            throw Problem.of(ProblemCode.STATE_CONFLICT, "a stream is read all the time")
                    .refused();
        }
        return Answer.json(
                200,
                json(engines.apply(call)
                        .sources()
                        .pull(source.id(), outbound)
                        .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused())));
    }

    private Answer remove(Call call) {
        var gone = found(call);
        engines.apply(call).sources().remove(gone.source().id());
        return Answer.json(200, json(gone));
    }

    private Known found(Call call) {
        var id = call.param("id");
        return Optional.of(id)
                .filter(i -> SortableId.hasForm(Source.PREFIX, i))
                .flatMap(engines.apply(call).sources()::find)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private static ObjectNode json(Known known) {
        var progress = known.progress();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", known.source().id());
        json.put("kind", known.source().kind().name());
        json.put("url", known.source().address().toString());
        json.put("created_at", known.source().createdAt().toString());
        json.put("next_at", progress.nextAt().toString());
        progress.readAt().ifPresent(at -> json.put("read_at", at.toString()));
        progress.cursor().ifPresent(c -> json.put("cursor", c));
        json.put("failures", progress.failures());
        progress.trouble().ifPresent(t -> json.put("trouble", t));
        return json.put("kept", progress.kept())
                .put("erased", progress.erased())
                .put("refused", progress.refused());
    }
}
