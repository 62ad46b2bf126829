package mizan.server.api;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.core.receipt.ImpressionId;
import mizan.server.app.Engine;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.DisputeStore;
import mizan.server.disputes.Disputes;
import mizan.server.disputes.Verdict;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.StrictJson;
import mizan.server.http.Trace;
import mizan.server.people.Approval;
import mizan.server.people.Approvals;
import mizan.server.people.Rule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Opens and answers disputes for people and keys: whose they are, and what needs a second person first.
public final class DisputeDesk {
    /// How far back one may object: as long as posts are kept, so that there is evidence.
    public static final int DAYS_BACK = 90;
    /// Credits to one advertiser within so long count together, so that a large one cannot be made of small ones.
    private static final Duration TOGETHER = Duration.ofDays(1);

    private final Approvals approvals;

    public DisputeDesk(Approvals approvals) {
        this.approvals = approvals;
    }

    /// What somebody wants to object to, as it came in.
    ///
    /// @param from the first day, and `to` the day after the last, in the advertiser's time zone; both empty for
    ///     all that can be objected to
    public record Wish(
            String campaign,
            Dispute.Reason reason,
            List<String> impressions,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            Dispute.Claimed claimed,
            String text) {}

    /// @throws mizan.server.http.Refused when it is about nothing that is the caller's
    public Dispute open(Principal who, Engine engine, Wish wish) {
        var campaign = Optional.of(wish.campaign())
                .filter(id -> SortableId.hasForm(CampaignId.PREFIX, id))
                .map(id -> engine.booking().book().campaigns().get(new CampaignId(id)))
                .filter(c -> who.sees(c.advertiser().value()))
                .orElseThrow(() ->
                        Problem.of(ProblemCode.UNKNOWN_REFERENCE).at("campaign").refused());
        var advertiser =
                Objects.requireNonNull(engine.booking().book().advertisers().get(campaign.advertiser()));
        var today = LocalDate.ofInstant(engine.time().instant(), advertiser.timeZone());
        var subject = wish.impressions().isEmpty()
                ? days(wish, today, advertiser.timeZone())
                : showings(wish, engine, campaign.id());
        return engine.disputes()
                .open(
                        new Disputes.Opening(
                                campaign, wish.reason(), subject, wish.claimed(), advertiser.currency(), wish.text()),
                        speaker(who));
    }

    private static Dispute.Subject days(Wish wish, LocalDate today, ZoneId zone) {
        var to = wish.to().orElse(today.plusDays(1));
        var from = wish.from().orElse(today.minusDays(DAYS_BACK - 1L));
        if (!from.isBefore(to) || from.isBefore(today.minusDays(DAYS_BACK)) || to.isAfter(today.plusDays(1))) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "the last " + DAYS_BACK + " days")
                    .at("from")
                    .refused();
        }
        return new Dispute.Subject.Days(from, to, zone);
    }

    private static Dispute.Subject showings(Wish wish, Engine engine, CampaignId campaign) {
        if (wish.from().isPresent() || wish.to().isPresent()) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "showings or days, not both")
                    .at("from")
                    .refused();
        }
        var oldest = engine.time().instant().minus(Duration.ofDays(DAYS_BACK));
        var ids = new TreeSet<ImpressionId>();
        for (var text : wish.impressions()) {
            var known = Optional.of(text)
                    .filter(id -> SortableId.hasForm(ImpressionId.PREFIX, id))
                    .map(ImpressionId::new)
                    .flatMap(engine.accountant()::impression)
                    .map(mizan.server.accounting.ImpressionState::impression)
                    .filter(i -> i.campaign().equals(campaign) && !i.servedAt().isBefore(oldest))
                    .orElseThrow(() -> Problem.of(ProblemCode.UNKNOWN_REFERENCE, text)
                            .at("impressions")
                            .refused());
            ids.add(known.id());
        }
        return new Dispute.Subject.Showings(List.copyOf(ids));
    }

    /// The dispute of this id, as far as the caller can tell that it exists.
    public static Dispute find(Principal who, Engine engine, String id) {
        return Optional.of(id)
                .filter(i -> SortableId.hasForm(Dispute.PREFIX, i))
                .flatMap(engine.disputes()::find)
                .filter(d -> who.sees(d.advertiser().value()))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    public Dispute note(Principal who, Engine engine, Dispute seen, String text) {
        return engine.disputes().note(seen, text, speaker(who));
    }

    public Dispute withdraw(Principal who, Engine engine, Dispute seen, String text) {
        return engine.disputes().withdraw(seen, text, speaker(who));
    }

    static Disputes.Speaker speaker(Principal who) {
        return new Disputes.Speaker(
                who.keyId(), who.advertiser().isPresent() ? Dispute.Side.ADVERTISER : Dispute.Side.PLATFORM);
    }

    /// What became of an answer.
    public sealed interface Outcome {
        record Done(Dispute dispute) implements Outcome {}

        /// Nothing has changed; a second person decides.
        record Waits(Approval approval) implements Outcome {}
    }

    /// Answers a dispute, or asks a second person when it gives back much.
    public Outcome answer(Principal who, Engine engine, Dispute seen, Verdict verdict) {
        long micros = engine.disputes().credits(seen, verdict).stream()
                .mapToLong(DisputeStore.Credit::micros)
                .sum();
        long together =
                micros == 0 ? 0 : Math.addExact(micros, engine.disputes().creditedWithin(seen.advertiser(), TOGETHER));
        return micros > 0 && approvals.own(Rule.Kind.CREDIT, "").covers(together)
                ? new Outcome.Waits(approvals.ask(ask(seen, verdict, micros), who))
                : new Outcome.Done(engine.disputes().answer(seen, verdict, speaker(who)));
    }

    /// Without an advertiser: its own approvers must not decide on what they are given.
    private static Approvals.Ask ask(Dispute dispute, Verdict verdict, long micros) {
        var before = JsonNodeFactory.instance
                .objectNode()
                .put("state", dispute.state().name());
        var after = JsonNodeFactory.instance
                .objectNode()
                .put("state", verdict.becomes().name());
        return new Approvals.Ask(
                Rule.Kind.CREDIT,
                Optional.empty(),
                verdict.text().substring(0, Math.min(500, verdict.text().length())),
                deed(dispute, verdict),
                new Approval.Shown(
                        dispute.id(),
                        dispute.id(),
                        before,
                        after,
                        micros,
                        dispute.currency().getCurrencyCode()),
                Integer.toString(dispute.entries().size()));
    }

    private static ObjectNode deed(Dispute dispute, Verdict verdict) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("dispute", dispute.id());
        json.put("becomes", verdict.becomes().name()).put("text", verdict.text());
        var part = json.putObject("part");
        var list = part.putArray("impressions");
        verdict.part().impressions().forEach(i -> list.add(i.value()));
        verdict.part()
                .days()
                .ifPresent(d -> part.putObject("days")
                        .put("from", d.from().toString())
                        .put("to", d.to().toString())
                        .put("zone", d.zone().getId()));
        verdict.part().atMostMicros().ifPresent(m -> part.put("at_most_micros", m));
        return json;
    }

    /// Carries out an answer that a second person approved, if nobody has said anything since.
    ///
    /// @throws mizan.server.http.Refused when somebody has
    static void carryOut(Approval approval, Engine engine) {
        var deed = StrictJson.own(approval.deed().toString());
        var dispute = engine.disputes().find(deed.path("dispute").asString()).orElseThrow();
        if (!Integer.toString(dispute.entries().size()).equals(approval.condition())) {
            throw Problem.of(ProblemCode.PRECONDITION_FAILED).refused();
        }
        var verdict = new Verdict(
                Dispute.State.valueOf(deed.path("becomes").asString()),
                part(deed.path("part")),
                deed.path("text").asString());
        var speaker = new Disputes.Speaker(approval.asker().id(), Dispute.Side.PLATFORM);
        var _ = engine.disputes().answer(dispute, verdict, speaker);
    }

    private static Verdict.Part part(JsonNode json) {
        var impressions = new HashSet<ImpressionId>();
        json.path("impressions").forEach(i -> impressions.add(new ImpressionId(i.asString())));
        var days = json.has("days")
                ? Optional.of(new Dispute.Subject.Days(
                        LocalDate.parse(json.path("days").path("from").asString()),
                        LocalDate.parse(json.path("days").path("to").asString()),
                        ZoneId.of(json.path("days").path("zone").asString())))
                : Optional.<Dispute.Subject.Days>empty();
        return new Verdict.Part(
                impressions,
                days,
                json.has("at_most_micros")
                        ? OptionalLong.of(json.path("at_most_micros").asLong())
                        : OptionalLong.empty());
    }

    /// What the audit log keeps of it.
    public static Trace trace(Dispute dispute) {
        var last = dispute.entries().getLast();
        var after = JsonNodeFactory.instance
                .objectNode()
                .put("state", dispute.state().name())
                .put("text", last.text());
        return new Trace(dispute.id(), Optional.of(dispute.advertiser().value()), Optional.empty(), Optional.of(after));
    }
}
