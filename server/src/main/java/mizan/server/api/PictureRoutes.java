package mizan.server.api;

import java.util.List;
import java.util.function.Function;
import mizan.server.app.Engine;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.picture.StoredPicture;
import mizan.server.picture.redraw.Limits;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Pictures in, and out again.
public final class PictureRoutes {
    private final Function<Call, Engine> engines;
    private final List<Engine> all;

    /// @param all engines: a picture's address does not say whose it is
    public PictureRoutes(Function<Call, Engine> engines, List<Engine> all) {
        this.engines = engines;
        this.all = List.copyOf(all);
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/pictures", "sendPicture", this::take)
                        .needs(Scope.BOOK_WRITE)
                        .raw(Limits.SENT_BYTES)
                        .takesAlso(List.of("image/png", "image/jpeg", "image/gif", "image/webp"))
                        .answers(201, "Picture")
                        .summary("Send a picture for creatives: PNG, JPEG, GIF or WebP. It is drawn anew before it is"
                                + " kept; sent again, it is the same picture"),
                Route.get("/v1/pictures/{name}", "getPicture", this::get)
                        .needs(Scope.BOOK_READ)
                        .answers(200, "Picture")
                        .summary("What is known of a picture"),
                Route.get("/pictures/{name}", "picture", this::show)
                        .everybody()
                        .summary("A picture itself: for anybody once an approved creative shows it"));
    }

    /// What it says it is counts for nothing, so its header is not read.
    private Answer take(Call call) {
        return Answer.json(
                201,
                json(engines.apply(call)
                        .pictures()
                        .take(call.body(), call.principal().advertiser())));
    }

    private Answer get(Call call) {
        return Answer.json(
                200,
                engines.apply(call)
                        .pictures()
                        .find(call.param("name"))
                        .map(PictureRoutes::json)
                        .orElseThrow(PictureRoutes::notFound));
    }

    static ObjectNode json(StoredPicture picture) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("name", picture.name())
                .put("url", picture.path())
                .put("media_type", picture.mediaType())
                .put("width", picture.width())
                .put("height", picture.height())
                .put("size_bytes", picture.size())
                .put("moving", picture.moving());
        if (picture.moving()) {
            json.put("frames", picture.frames()).put("motion_millis", picture.centis() * 10);
        }
        return json.put("added_at", picture.addedAt().toString());
    }

    /// Its name is its content, so it may be kept for ever by whoever has it. A browser that opens it by itself may do
    /// nothing with it but look.
    private Answer show(Call call) {
        for (var engine : all) {
            var picture = engine.pictures().find(call.param("name"));
            if (picture.isPresent()) {
                boolean everybody = engine.pictures().isPublic(picture.get());
                if (everybody || call.caller().isPresent()) {
                    return engine.pictures()
                            .bytes(picture.get())
                            .map(bytes -> Answer.bytes(200, picture.get().mediaType(), bytes))
                            .orElseThrow(PictureRoutes::notFound)
                            .with("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                            .with("cross-origin-resource-policy", "cross-origin")
                            .with(
                                    "cache-control",
                                    everybody ? "public, max-age=31536000, immutable" : "private, no-store");
                }
            }
        }
        throw notFound();
    }

    private static mizan.server.http.Refused notFound() {
        return Problem.of(ProblemCode.NOT_FOUND).refused();
    }
}
