package mizan.core.campaign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether an ad may be served as far as the book knows: every reason against it, in the words that the API
/// uses.
///
/// Budgets, caps and pace are live and judged in each decision; this is the part that only changes when
/// somebody changes the book.
public final class Servability {
    private Servability() {}

    /// Reasons why no ad of this group can be served now; empty when one can. Order: account, campaign,
    /// group, ads.
    public static List<String> reasonsNotServable(Book book, AdGroup group, Instant now) {
        var reasons = new ArrayList<>(reasonsNotServable(book, book.campaignOf(group), now));
        switch (group.status()) {
            case DRAFT -> reasons.add("draft");
            case PAUSED -> reasons.add("paused_by_advertiser");
            case ARCHIVED -> reasons.add("archived");
            case ACTIVE -> {}
        }
        group.flight().ifPresent(f -> outsideFlight(f, now, reasons));
        return List.copyOf(reasons);
    }

    /// The first reason against this group that no passing of time removes; empty when only its flights can
    /// keep it from serving.
    public static Optional<String> blocked(Book book, AdGroup group) {
        var campaign = book.campaignOf(group);
        var inFlight = group.flight().orElse(campaign.flight()).start();
        return reasonsNotServable(book, group, inFlight).stream()
                .filter(reason -> !reason.equals("not_started") && !reason.equals("ended"))
                .findFirst();
    }

    /// Reasons why nothing of this campaign can be served now.
    public static List<String> reasonsNotServable(Book book, Campaign campaign, Instant now) {
        var reasons = new ArrayList<String>();
        switch (book.advertiserOf(campaign).status()) {
            case PENDING_APPROVAL -> reasons.add("account_pending_approval");
            case PAYMENT_REQUIRED -> reasons.add("payment_required");
            case SUSPENDED -> reasons.add("account_suspended");
            case CLOSED -> reasons.add("account_closed");
            case ACTIVE -> {}
        }
        switch (campaign.status()) {
            case DRAFT -> reasons.add("campaign_draft");
            case PAUSED -> reasons.add("campaign_paused");
            case ARCHIVED -> reasons.add("campaign_archived");
            case ACTIVE -> {}
        }
        outsideFlight(campaign.flight(), now, reasons);
        return List.copyOf(reasons);
    }

    /// Reasons why this ad, of a group that could serve, cannot.
    public static List<String> reasonsNotServable(Book book, Ad ad) {
        var reasons = new ArrayList<String>();
        switch (ad.status()) {
            case DRAFT -> reasons.add("draft");
            case PAUSED -> reasons.add("paused_by_advertiser");
            case ARCHIVED -> reasons.add("archived");
            case ACTIVE -> {}
        }
        var creative = book.creatives().get(ad.creative());
        if (creative == null) {
            reasons.add("incomplete");
            return List.copyOf(reasons);
        }
        switch (creative.review()) {
            case PROCESSING, PENDING_REVIEW -> reasons.add("ad_in_review");
            case REJECTED -> reasons.add("ad_rejected");
            case SUSPENDED -> reasons.add("ad_suspended");
            case ARCHIVED -> reasons.add("ad_archived");
            case APPROVED -> {}
        }
        return List.copyOf(reasons);
    }

    private static void outsideFlight(Flight flight, Instant now, List<String> reasons) {
        if (flight.notStarted(now)) {
            reasons.add("not_started");
        } else if (flight.ended(now)) {
            reasons.add("ended");
        }
    }
}
