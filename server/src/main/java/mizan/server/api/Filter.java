package mizan.server.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import mizan.core.campaign.EntityStatus;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.node.ObjectNode;

/// Which of the booked things a list shows.
record Filter(
        Booking booking,
        Optional<String> advertiser,
        Optional<String> campaign,
        Optional<String> status,
        Optional<Instant> updatedSince) {

    static Filter of(Call call, Booking booking) {
        var status = call.query("status");
        if (status.isPresent()
                && Arrays.stream(EntityStatus.values()).noneMatch(s -> s.name().equals(status.get()))) {
            throw Problem.of(ProblemCode.INVALID_VALUE, Arrays.toString(EntityStatus.values()))
                    .at("status")
                    .refused();
        }
        return new Filter(
                booking,
                call.query("advertiser"),
                call.query("campaign"),
                status,
                call.query("updated_since").map(Filter::time));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw Problem.of(ProblemCode.INVALID_TIME).at("updated_since").refused();
        }
    }

    boolean fits(Kind kind, String id, ObjectNode body) {
        var book = booking.book();
        return advertiser
                        .map(a -> a.equals(BookRoutes.owner(book, kind, id, body)))
                        .orElse(true)
                && campaign.map(c -> c.equals(BookRoutes.campaign(book, kind, id, body)))
                        .orElse(true)
                && status.map(s -> s.equals(body.path("entity_status").asString("")))
                        .orElse(true)
                && updatedSince.map(t -> !booking.updatedAt(id).isBefore(t)).orElse(true);
    }
}
