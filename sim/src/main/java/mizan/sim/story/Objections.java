package mizan.sim.story;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import mizan.core.campaign.CampaignId;
import mizan.server.app.Engine;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.Disputes;
import mizan.server.disputes.Verdict;

/// Two advertisers dispute the last week: one was answered and given a part, one waits.
final class Objections {
    private static final Disputes.Speaker BUYER = new Disputes.Speaker("Reem Nasser", Dispute.Side.ADVERTISER);
    private static final Disputes.Speaker FINANCE = new Disputes.Speaker("demo", Dispute.Side.PLATFORM);
    private static final long PART_MICROS = 5_000_000;

    private Objections() {}

    static void raise(Engine engine, List<Market.House> houses) {
        var billed = billed(engine, houses);
        if (billed.size() < 2) {
            return;
        }
        var lower = open(engine, billed.get(0), Dispute.Reason.COUNTS_DIFFER, "Our own server counted fewer.");
        var part = new Verdict.Part(Set.of(), Optional.empty(), OptionalLong.of(PART_MICROS));
        var _ = engine.disputes()
                .answer(
                        lower,
                        new Verdict(
                                Dispute.State.ACCEPTED_IN_PART,
                                part,
                                "Your server was away on Tuesday night, and so we share the difference."),
                        FINANCE);
        var _ = open(engine, billed.get(1), Dispute.Reason.NOT_VIEWABLE, "نصف مرات الظهور لم يره أحد بحسب قياسنا.");
    }

    /// Those who paid for something in the last week.
    private static List<Market.House> billed(Engine engine, List<Market.House> houses) {
        var now = engine.time().instant();
        return houses.stream()
                .filter(h -> !engine.reports()
                        .charged(h.campaign(), now.minus(Duration.ofDays(6)), now, 1)
                        .isEmpty())
                .limit(2)
                .toList();
    }

    private static Dispute open(Engine engine, Market.House house, Dispute.Reason reason, String text) {
        var book = engine.booking().book();
        var campaign = Optional.ofNullable(book.campaigns().get(new CampaignId(house.campaign())))
                .orElseThrow();
        var advertiser = Optional.ofNullable(book.advertisers().get(campaign.advertiser()))
                .orElseThrow();
        var today = LocalDate.ofInstant(engine.time().instant(), advertiser.timeZone());
        return engine.disputes()
                .open(
                        new Disputes.Opening(
                                campaign,
                                reason,
                                new Dispute.Subject.Days(today.minusDays(7), today, advertiser.timeZone()),
                                new Dispute.Claimed(OptionalLong.of(20), OptionalLong.of(0), OptionalLong.empty()),
                                advertiser.currency(),
                                text),
                        BUYER);
    }
}
