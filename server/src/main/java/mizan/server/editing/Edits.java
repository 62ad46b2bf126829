package mizan.server.editing;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.server.api.ChangeVerb;
import mizan.server.api.GuardedBook;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.editing.Columns.Difference;
import mizan.server.editing.Columns.Wrong;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.people.Rule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes that are looked at before they are made: what would differ, what it costs, who else has to agree.
public final class Edits {
    private final Engine engine;
    private final GuardedBook book;

    public Edits(Engine engine, GuardedBook book) {
        this.engine = engine;
        this.book = book;
    }

    /// What a change would do. Nothing was done.
    ///
    /// @param version of the fields that it was compared with, as [Booking#version] names it
    /// @param wish for the book; without fields when nothing differs
    /// @param waits the rule that asks for a second person; empty when nobody else has to agree
    public record Look(
            Kind kind,
            String id,
            String version,
            Booking.Wish wish,
            List<Difference> differences,
            List<Wrong> wrong,
            Cost cost,
            Optional<Rule.Kind> waits) {
        public Look {
            differences = List.copyOf(differences);
            wrong = List.copyOf(wrong);
        }

        /// Whether there is something to do, and nothing against it.
        public boolean canBeDone() {
            return wrong.isEmpty() && !differences.isEmpty();
        }
    }

    /// What more a campaign may spend in all.
    ///
    /// @param micros less than 0 when it is less
    /// @param unlimited whether a limit falls away, so that no amount says how much more
    public record Cost(long micros, boolean unlimited) {
        public static final Cost NONE = new Cost(0, false);

        public Cost plus(Cost other) {
            return new Cost(Math.addExact(micros, other.micros), unlimited || other.unlimited);
        }

        /// Ad groups and ads spend within their campaign, so only its own limit counts.
        static Cost of(Kind kind, ObjectNode before, ObjectNode after) {
            if (kind != Kind.CAMPAIGN) {
                return NONE;
            }
            var from = before.path("budget").path("total_micros");
            var to = after.path("budget").path("total_micros");
            return from.isNumber() && to.isNumber()
                    ? new Cost(to.longValue() - from.longValue(), false)
                    : new Cost(0, from.isNumber());
        }
    }

    /// Compares typed texts with what is booked, and asks the book whether it would take them.
    ///
    /// @param typed by the names of columns; those that are missing stay as they are
    public Look look(Kind kind, String id, Map<String, String> typed) {
        var body = engine.booking()
                .body(kind, id)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        var sent = Columns.read(kind, body, zone(kind, id), typed);
        var wish = new Booking.Wish(kind, Optional.of(id), ChangeVerb.of(body, sent.fields()), sent.fields());
        var wrong = new ArrayList<>(sent.wrong());
        var cost = Cost.NONE;
        var waits = Optional.<Rule.Kind>empty();
        try {
            var would = book.would(engine, wish);
            cost = Cost.of(kind, body, would.after());
            waits = would.waits();
        } catch (Refused refused) {
            refused.problem().errors().forEach(error -> wrong.add(Columns.wrong(kind, error)));
            if (refused.problem().errors().isEmpty()) {
                throw refused;
            }
        }
        return new Look(kind, id, Booking.version(body), wish, sent.differences(), wrong, cost, waits);
    }

    /// Makes a change that was looked at, if what it changes is still what was looked at.
    ///
    /// @throws Refused with `precondition_failed` when somebody was quicker
    public GuardedBook.Outcome make(Principal who, Look look, String why) {
        return book.change(who, engine, look.wish(), why, now -> {
            if (!Booking.version(now).equals(look.version())) {
                throw Problem.of(ProblemCode.PRECONDITION_FAILED).refused();
            }
        });
    }

    /// The clock that days of a thing are told by: its advertiser's.
    public ZoneId zone(Kind kind, String id) {
        return engine.booking()
                .body(kind, id)
                .flatMap(body -> zoneOf(owner(kind, id, body)))
                .orElse(ZoneOffset.UTC);
    }

    /// The advertiser whose thing it is.
    public String owner(Kind kind, String id, ObjectNode body) {
        return book.owner(engine, kind, id, body);
    }

    private Optional<ZoneId> zoneOf(String advertiser) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(advertiser)))
                .map(a -> a.timeZone());
    }

    /// A name in the reader's language, or in the other.
    public static String name(JsonNode name, String language) {
        return name.path(language)
                .asString(name.path("en").asString(name.path("ar").asString("")));
    }
}
