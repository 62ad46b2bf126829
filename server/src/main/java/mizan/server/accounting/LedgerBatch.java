package mizan.server.accounting;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.PlacementId;
import mizan.core.ledger.Lease;
import mizan.core.ledger.Transfer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.Impression;
import mizan.core.traffic.InvalidTraffic;

/// What changes together: written as a whole or not at all.
///
/// @param from the journal position the batch starts at; refused when the store stands elsewhere
/// @param to the position after its last fact; equal to `from` when it holds none
/// @param leases as they are afterwards
/// @param impressions as they are afterwards
/// @param use what is added to the used part of each budget
/// @param counts what is added to the hourly figures
/// @param reasons how often each campaign lost for which reason
/// @param invalid events that no reader sent, added to those of the day
/// @param decisions feeds decided
public record LedgerBatch(
        long from,
        long to,
        List<Transfer> transfers,
        List<Lease> leases,
        List<ImpressionState> impressions,
        Map<BudgetKey, Long> use,
        Map<Counted, Counts> counts,
        Map<LostBecause, Long> reasons,
        Map<Invalid, Long> invalid,
        long decisions) {
    public LedgerBatch {
        transfers = List.copyOf(transfers);
        leases = List.copyOf(leases);
        impressions = List.copyOf(impressions);
        use = Map.copyOf(use);
        counts = Map.copyOf(counts);
        reasons = Map.copyOf(reasons);
        invalid = Map.copyOf(invalid);
    }

    /// @param day ISO date, or `total`
    public record BudgetKey(String owner, String day) {
        public static final String TOTAL = "total";

        /// Every budget that a lease draws on: campaign and ad group, total and day.
        static List<BudgetKey> of(Lease lease) {
            var campaign = lease.campaign().value();
            var group = lease.adGroup().value();
            var day = lease.day().toString();
            return List.of(
                    new BudgetKey(campaign, TOTAL),
                    new BudgetKey(campaign, day),
                    new BudgetKey(group, TOTAL),
                    new BudgetKey(group, day));
        }
    }

    /// @param hour hours since 1970
    /// @param currency that the advertiser pays in, as ISO 4217 writes it
    public record Counted(
            long hour,
            String placement,
            String advertiser,
            String campaign,
            String adGroup,
            String ad,
            String currency) {
        static Counted of(ImpressionState state, Instant at) {
            return of(state.placement(), state.impression(), at);
        }

        static Counted of(PlacementId placement, Impression impression, Instant at) {
            return new Counted(
                    Math.floorDiv(at.getEpochSecond(), 3_600L),
                    placement.value(),
                    impression.advertiser().value(),
                    impression.campaign().value(),
                    impression.adGroup().value(),
                    impression.ad().value(),
                    impression.currency().getCurrencyCode());
        }
    }

    /// Figures of one ad in one hour. Added up, never overwritten.
    public record Counts(
            long decided, long rendered, long viewable, long clicks, long hides, long charged, long spendMicros) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        /// Everything that readers did.
        public long events() {
            return rendered + viewable + clicks + hides;
        }

        public Counts plus(Counts more) {
            return new Counts(
                    decided + more.decided,
                    rendered + more.rendered,
                    viewable + more.viewable,
                    clicks + more.clicks,
                    hides + more.hides,
                    charged + more.charged,
                    Math.addExact(spendMicros, more.spendMicros));
        }
    }

    /// Events of one kind that are neither counted nor charged, of one campaign on one day (UTC).
    public record Invalid(LocalDate day, CampaignId campaign, AdEvent.Kind kind, InvalidTraffic reason) {
        static Invalid of(Impression impression, AdEvent event, InvalidTraffic reason) {
            var day = LocalDate.ofInstant(event.at(), ZoneOffset.UTC);
            return new Invalid(day, impression.campaign(), event.kind(), reason);
        }
    }

    public record LostBecause(LocalDate day, CampaignId campaign, String code) {}
}
