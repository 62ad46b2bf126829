package mizan.core.campaign;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An account that funds campaigns.
///
/// @param name the brand that readers know, in each language it uses
/// @param payer the legal person who pays; shown under every ad (DSA art. 26(1)(c))
/// @param industry a short code such as `electronics`; ads of one industry are kept apart in a feed
/// @param currency every amount of this advertiser is in it: there is no exchange inside Mizan
/// @param timeZone where its days begin, for daily budgets and day-parting
/// @param caps how often one viewer may see any of its ads
/// @param aliases other names it goes by, in any language: the press writes them, readers never see them
/// @param externalId the operator's own name for it, unique where given
/// @param metadata at most 50 of the operator's own keys
public record Advertiser(
        AdvertiserId id,
        Text name,
        String payer,
        String industry,
        Currency currency,
        ZoneId timeZone,
        AccountStatus status,
        List<FrequencyCap> caps,
        List<String> aliases,
        Optional<String> externalId,
        Map<String, String> metadata,
        Instant createdAt) {
    public Advertiser {
        caps = List.copyOf(caps);
        aliases = List.copyOf(aliases);
        metadata = Map.copyOf(metadata);
    }

    /// Without caps and aliases of its own.
    public Advertiser(
            AdvertiserId id,
            Text name,
            String payer,
            String industry,
            Currency currency,
            ZoneId timeZone,
            AccountStatus status,
            Optional<String> externalId,
            Map<String, String> metadata,
            Instant createdAt) {
        this(
                id,
                name,
                payer,
                industry,
                currency,
                timeZone,
                status,
                List.of(),
                List.of(),
                externalId,
                metadata,
                createdAt);
    }
}
