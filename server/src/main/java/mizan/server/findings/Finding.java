package mizan.server.findings;

import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.decision.Breach;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.TermsVersion;

/// An ad that stood beside a post which its terms would not have allowed, had it been then what it is now.
/// One impression has at most one.
///
/// @param position where its decision stands in the journal
/// @param terms those it was placed by; absent when its campaign had none
/// @param cause what happened to the post
/// @param breach the neighbour and the rule
/// @param commitment of the post as it was shown: it stays when the words are erased
/// @param changedAt when the post changed
/// @param priceMicros what the ad costs when it is charged
/// @param creditedMicros what was given back: the price, or 0 while it has not been charged
public record Finding(
        ImpressionId impression,
        DecisionId decision,
        long position,
        AdvertiserId advertiser,
        CampaignId campaign,
        AdId ad,
        Optional<TermsVersion> terms,
        Cause cause,
        Breach breach,
        String commitment,
        Instant servedAt,
        Instant changedAt,
        Currency currency,
        long priceMicros,
        long creditedMicros) {
    /// What happened to the post.
    public enum Cause {
        /// Its words, authors or community are others.
        EDITED,
        /// The words are the same; a rater, moderator or platform says something else of them.
        RELABELLED,
        /// It is gone, so that nobody can look at it any more: it counts as unrated, which is the worst.
        DELETED
    }

    /// Whether an event may still come that charges the ad.
    public boolean open() {
        return priceMicros > 0 && creditedMicros == 0;
    }

    Finding credited() {
        return new Finding(
                impression,
                decision,
                position,
                advertiser,
                campaign,
                ad,
                terms,
                cause,
                breach,
                commitment,
                servedAt,
                changedAt,
                currency,
                priceMicros,
                priceMicros);
    }
}
