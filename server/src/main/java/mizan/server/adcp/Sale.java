package mizan.server.adcp;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.identity.SortableId;
import mizan.server.api.GuardedBook;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.Call;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Trace;
import mizan.server.people.Approval;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One request of a buying agent, and the way from it into the book.
final class Sale {
    private final Call call;
    private final Engine engine;
    private final GuardedBook guarded;
    private final String base;
    private Optional<Trace> trace = Optional.empty();

    /// What the agent asks for.
    final Asked asked;

    Sale(Call call, Engine engine, GuardedBook guarded, Asked asked) {
        this.call = call;
        this.engine = engine;
        this.guarded = guarded;
        this.asked = asked;
        this.base = engine.supply().current().baseUrl().orElseGet(() -> called(call));
    }

    /// Says that a change waits for a second person.
    static final class Waits extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient Approval approval;

        Waits(Approval approval) {
            super("waits for a second person", null, false, false);
            this.approval = approval;
        }
    }

    static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    Principal caller() {
        return call.principal();
    }

    Engine engine() {
        return engine;
    }

    Book book() {
        return engine.booking().book();
    }

    Instant now() {
        return engine.time().instant();
    }

    /// Whether nothing here is ever shown or billed for real.
    boolean sandbox() {
        return caller().mode() == Mode.TEST;
    }

    /// Whose accounts these are: an agent bound to one advertiser has that one, any other has those that it named. The
    /// brand and operator that an agent names are its own word, so two agents never meet in one account by them.
    String agent() {
        return caller().advertiser().orElse(caller().keyId());
    }

    /// The address of this seller, which its formats are named by.
    String agentUrl() {
        return base + "/mcp";
    }

    String base() {
        return base;
    }

    private static String called(Call call) {
        var host = call.header("x-forwarded-host")
                .or(() -> call.header("host"))
                .filter(h -> h.matches("[A-Za-z0-9.\\-\\[\\]:]{1,255}"))
                .orElse("localhost");
        return call.header("x-forwarded-proto").filter("https"::equals).orElse("http") + "://" + host;
    }

    Optional<ObjectNode> document(Documents.Kind kind, String owner, String id) {
        return engine.adcp().find(kind, owner, id);
    }

    Map<String, ObjectNode> documents(Documents.Kind kind, String owner) {
        return engine.adcp().all(kind, owner);
    }

    void keep(Documents.Kind kind, String owner, String id, ObjectNode body) {
        engine.adcp().put(kind, owner, id, body);
    }

    /// An advertiser that this caller may see.
    Optional<Advertiser> advertiser(String id) {
        return SortableId.hasForm(AdvertiserId.PREFIX, id) && caller().sees(id)
                ? Optional.ofNullable(book().advertisers().get(new AdvertiserId(id)))
                : Optional.empty();
    }

    /// Books a new thing.
    Booking.Booked add(Kind kind, ObjectNode fields) {
        return apply(new Booking.Wish(kind, Optional.empty(), "create", fields), _ -> {});
    }

    /// Changes the fields of a booked thing.
    Booking.Booked change(Kind kind, String id, String verb, ObjectNode fields) {
        return apply(new Booking.Wish(kind, Optional.of(id), verb, fields), _ -> {});
    }

    /// @throws Waits when a second person has to decide
    private Booking.Booked apply(Booking.Wish wish, Consumer<ObjectNode> look) {
        return switch (guarded.change(caller(), engine, wish, "AdCP", look)) {
            case GuardedBook.Outcome.Waits(var approval) -> throw new Waits(approval);
            case GuardedBook.Outcome.Done(var booked, var done) -> {
                trace = trace.or(() -> Optional.of(done));
                yield booked;
            }
        };
    }

    /// The first thing that was changed, for the audit log; the rest followed from it.
    Optional<Trace> trace() {
        return trace;
    }
}
