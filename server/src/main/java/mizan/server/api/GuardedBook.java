package mizan.server.api;

import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.ApiKeys;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Trace;
import mizan.server.people.Approval;
import mizan.server.people.Approvals;
import mizan.server.people.Rule;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The only way from people and keys into the book. What needs a second person stops here and waits; what does not
/// is booked.
public final class GuardedBook {
    private static final int MAX_HISTORY = 1_000;
    private final Approvals approvals;

    public GuardedBook(Approvals approvals) {
        this.approvals = approvals;
    }

    /// What became of a wish.
    public sealed interface Outcome {
        /// It is booked.
        record Done(Booking.Booked booked, Trace trace) implements Outcome {}

        /// Nothing has changed; a second person decides.
        record Waits(Approval approval) implements Outcome {}
    }

    /// Books a wish, or asks a second person.
    ///
    /// @param look refuses what does not fit the fields as they are now
    public Outcome change(Principal who, Engine engine, Booking.Wish wish, String why, Consumer<ObjectNode> look) {
        return change(who, engine, wish, Optional.empty(), why, look);
    }

    /// Books a campaign a second time as a draft, with its ad groups and ads, or asks a second person. Where somebody
    /// has to agree, the ad groups come with their yes, as they are then.
    ///
    /// @param name by language
    public Outcome copy(Principal who, Engine engine, String campaign, ObjectNode name) {
        var why = "copy of " + campaign;
        var copy = new CampaignCopy(engine, campaign, new Booking.Author(who.keyId(), why));
        var fields = copy.campaign().put("entity_status", "DRAFT");
        fields.set("name", name);
        var wish = new Booking.Wish(Kind.CAMPAIGN, Optional.empty(), "create", fields);
        var outcome = change(who, engine, wish, Optional.of(campaign), why, _ -> {});
        if (outcome instanceof Outcome.Done(var booked, var _)) {
            copy.groupsTo(booked.id());
        }
        return outcome;
    }

    /// @param copyOf the campaign whose ad groups come too
    private Outcome change(
            Principal who,
            Engine engine,
            Booking.Wish wish,
            Optional<String> copyOf,
            String why,
            Consumer<ObjectNode> look) {
        if (wish.kind() == Kind.CREATIVE) {
            CreativePicture.describe(engine.pictures(), wish.fields());
        }
        var before = new AtomicReference<>(Optional.<ObjectNode>empty());
        try {
            var booked = engine.booking().apply(wish, new Booking.Author(who.keyId(), why), look, (was, becomes) -> {
                before.set(was);
                hold(engine, wish, copyOf, why, was, becomes);
            });
            return new Outcome.Done(booked, trace(engine, wish.kind(), booked, before.get()));
        } catch (Held held) {
            return new Outcome.Waits(approvals.ask(held.ask, who));
        }
    }

    /// What a wish would do.
    ///
    /// @param waits the rule by which a second person would decide; empty when it would be booked at once
    public record Would(ObjectNode after, Optional<Rule.Kind> waits) {}

    /// What a wish would do if it were made now. Nothing is done.
    ///
    /// @throws mizan.server.http.Refused with every wrong field
    public Would would(Engine engine, Booking.Wish wish) {
        var proposed = engine.booking().propose(wish);
        var matter = held(engine, wish, proposed.before(), proposed.after());
        return new Would(proposed.after(), matter.map(NeedsSecond.Matter::kind));
    }

    /// The advertiser whose thing it is; empty for the platform's own.
    public String owner(Engine engine, Kind kind, String id, ObjectNode body) {
        return BookRoutes.owner(engine.booking().book(), kind, id, body);
    }

    /// Says under the book's lock that a wish has to wait.
    private static final class Held extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Approvals.Ask ask;

        Held(Approvals.Ask ask) {
            super("waits for a second person", null, false, false);
            this.ask = ask;
        }
    }

    private void hold(
            Engine engine,
            Booking.Wish wish,
            Optional<String> copyOf,
            String why,
            Optional<ObjectNode> before,
            ObjectNode after) {
        held(engine, wish, before, after).ifPresent(matter -> {
            throw new Held(ask(engine, wish, copyOf, why, before, after, owner(engine, wish, after), matter));
        });
    }

    /// The first matter of a change that a rule covers.
    private Optional<NeedsSecond.Matter> held(
            Engine engine, Booking.Wish wish, Optional<ObjectNode> before, ObjectNode after) {
        var baseline = wish.id()
                .map(id -> NeedsSecond.baseline(
                        engine.booking().history(id, MAX_HISTORY),
                        approvals.now(),
                        approvals.lastApplied(id, Rule.Kind.RAISE)))
                .orElseGet(JsonNodeFactory.instance::objectNode);
        var owner = owner(engine, wish, after);
        return NeedsSecond.matters(wish, before, baseline, after).stream()
                .filter(matter -> approvals.rule(matter.kind(), owner).covers(matter.micros()))
                .findFirst();
    }

    private static Optional<String> owner(Engine engine, Booking.Wish wish, ObjectNode after) {
        var owner =
                BookRoutes.owner(engine.booking().book(), wish.kind(), wish.id().orElse(""), after);
        return owner.isEmpty() ? Optional.empty() : Optional.of(owner);
    }

    private static Approvals.Ask ask(
            Engine engine,
            Booking.Wish wish,
            Optional<String> copyOf,
            String why,
            Optional<ObjectNode> before,
            ObjectNode after,
            Optional<String> owner,
            NeedsSecond.Matter matter) {
        var deed = JsonNodeFactory.instance.objectNode();
        deed.put("kind", wish.kind().name());
        wish.id().ifPresent(id -> deed.put("id", id));
        deed.put("verb", wish.verb());
        copyOf.ifPresent(id -> deed.put("copy_of", id));
        deed.set("fields", wish.fields().deepCopy());
        var old = before.orElseGet(JsonNodeFactory.instance::objectNode);
        return new Approvals.Ask(
                matter.kind(),
                owner,
                why,
                deed,
                new Approval.Shown(
                        wish.id().orElse(""),
                        name(after),
                        differing(old, after),
                        differing(after, old),
                        matter.micros(),
                        matter.micros() == 0 ? "" : currency(engine, owner)),
                condition(before, after));
    }

    private static String name(ObjectNode body) {
        var name = body.path("name");
        return name.isString()
                ? name.asString()
                : name.path("en").asString(name.path("ar").asString(""));
    }

    private static String currency(Engine engine, Optional<String> owner) {
        return owner.flatMap(o -> engine.booking().body(Kind.ADVERTISER, o))
                .map(a -> a.path("currency").asString(""))
                .orElse("");
    }

    /// The fields of one that are not the same in the other.
    private static ObjectNode differing(ObjectNode of, ObjectNode other) {
        var fields = JsonNodeFactory.instance.objectNode();
        for (var name : new TreeSet<>(of.propertyNames())) {
            if (!of.get(name).equals(other.get(name))) {
                fields.set(name, of.get(name));
            }
        }
        return fields;
    }

    /// Books what was approved, as the asker asked for it, if what it changes is still as it was.
    ///
    /// @throws mizan.server.http.Refused when it is not, or when the book refuses it now
    Booking.Booked carryOut(Approval approval, Engine engine) {
        var deed = approval.deed();
        var wish = new Booking.Wish(
                Kind.valueOf(deed.path("kind").asString()),
                Optional.ofNullable(deed.get("id")).map(id -> id.asString()),
                deed.path("verb").asString(),
                (ObjectNode) deed.path("fields").deepCopy());
        var why = approval.why().isEmpty() ? approval.id() : approval.why() + " (" + approval.id() + ")";
        var author = new Booking.Author(approval.asker().id(), why);
        var booked = engine.booking().apply(wish, author, _ -> {}, (was, becomes) -> {
            if (!condition(was, becomes).equals(approval.condition())) {
                throw Problem.of(ProblemCode.PRECONDITION_FAILED).refused();
            }
        });
        Optional.ofNullable(deed.get("copy_of"))
                .ifPresent(from -> new CampaignCopy(engine, from.asString(), author).groupsTo(booked.id()));
        return booked;
    }

    /// A fingerprint of the fields that will differ, as they are; empty for a new thing.
    private static String condition(Optional<ObjectNode> before, ObjectNode after) {
        return before.map(b -> ApiKeys.hash(differing(b, after).toString())).orElse("");
    }

    private static Trace trace(Engine engine, Kind kind, Booking.Booked booked, Optional<ObjectNode> before) {
        var owner = BookRoutes.owner(engine.booking().book(), kind, booked.id(), booked.body());
        return new Trace(
                booked.id(),
                owner.isEmpty() ? Optional.empty() : Optional.of(owner),
                before.map(b -> differing(b, booked.body())),
                Optional.of(before.map(b -> differing(booked.body(), b)).orElse(booked.body())));
    }
}
