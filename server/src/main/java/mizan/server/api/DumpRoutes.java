package mizan.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.PublicRate;
import mizan.server.http.Route;
import mizan.server.repository.Dump;
import mizan.server.repository.Repository;

/// The nightly copy of the public ad repository, for anybody, as files. It may be withdrawn at any time,
/// because an ad in it was taken down, so no cache keeps any of it for long.
public final class DumpRoutes {
    private static final String SHORTLY = "public, max-age=300";
    private final Engine engine;
    private final PublicRate rate;

    /// @param engine whose ads are the public ones
    public DumpRoutes(Engine engine, InstantSource time) {
        this.engine = engine;
        this.rate = new PublicRate(time);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/public/dumps", "listDumps", this::list)
                        .everybody()
                        .answers(200, "DumpList")
                        .summary("The newest nightly copy of the ad repository"),
                Route.get("/v1/public/dumps/{day}/{file}", "getDumpFile", this::file)
                        .everybody()
                        .summary("One file of a copy: ads as gzipped JSON lines, their sums, or the signed note"));
    }

    private Dump dump(Call call) {
        rate.take(call);
        return engine.repository()
                .flatMap(Repository::dump)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    private Answer list(Call call) {
        try {
            return open(Answer.json(200, dump(call).index()), SHORTLY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Only names that the index has: nothing of a request reaches the file system otherwise.
    private Answer file(Call call) {
        var name = call.param("file");
        try {
            var bytes = dump(call).file(call.param("day"), name);
            return open(
                    Answer.bytes(
                            200,
                            name.endsWith(".gz") ? "application/gzip" : "text/plain; charset=utf-8",
                            bytes.orElseThrow(
                                    () -> Problem.of(ProblemCode.NOT_FOUND).refused())),
                    SHORTLY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer open(Answer answer, String caching) {
        return answer.with("cache-control", caching).with("access-control-allow-origin", "*");
    }
}
