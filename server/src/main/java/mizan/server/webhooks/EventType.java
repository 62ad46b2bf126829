package mizan.server.webhooks;

import java.util.Arrays;
import java.util.Optional;

/// What can be told.
public enum EventType {
    CAMPAIGN_CREATED("campaign.created"),
    CAMPAIGN_PAUSED("campaign.paused"),
    CAMPAIGN_RESUMED("campaign.resumed"),
    CAMPAIGN_RAISED("campaign.raised"),
    CAMPAIGN_REDUCED("campaign.reduced"),
    CAMPAIGN_ARCHIVED("campaign.archived"),
    /// A second person is asked.
    APPROVAL_ASKED("approval.asked"),
    /// A second person said yes or no.
    APPROVAL_DECIDED("approval.decided"),
    /// A post beside an ad turned bad after the ad was shown; it is credited.
    LATE_FINDING("placement.late_finding"),
    /// An invoice, or a credit note.
    INVOICE_ISSUED("invoice.issued"),
    /// A dispute was opened, answered or withdrawn, or somebody wrote.
    DISPUTE_CHANGED("dispute.changed"),
    /// Sent on demand, to try a webhook.
    TEST("webhook.test");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /// As it is sent, such as `campaign.paused`.
    public String text() {
        return text;
    }

    public static Optional<EventType> of(String text) {
        return Arrays.stream(values()).filter(t -> t.text.equals(text)).findFirst();
    }

    /// What a change of a campaign is called in the book, as an event.
    public static Optional<EventType> ofVerb(String verb) {
        return switch (verb) {
            case "create" -> Optional.of(CAMPAIGN_CREATED);
            case "pause" -> Optional.of(CAMPAIGN_PAUSED);
            case "resume" -> Optional.of(CAMPAIGN_RESUMED);
            case "increase_budget" -> Optional.of(CAMPAIGN_RAISED);
            case "decrease_budget" -> Optional.of(CAMPAIGN_REDUCED);
            case "archive" -> Optional.of(CAMPAIGN_ARCHIVED);
            default -> Optional.empty();
        };
    }
}
