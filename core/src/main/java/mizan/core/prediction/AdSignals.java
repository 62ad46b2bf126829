package mizan.core.prediction;

/// What the predictor knows of an ad, hashed once for all its requests.
///
/// @param ad its id; the ids of its campaign and advertiser follow
/// @param category what its advertiser sells, such as `electronics`
/// @param kind the form of its creative, such as `NATIVE_CARD`
public record AdSignals(String ad, String campaign, String advertiser, String category, String kind, Hashed hashed) {
    public AdSignals(String ad, String campaign, String advertiser, String category, String kind) {
        this(
                ad,
                campaign,
                advertiser,
                category,
                kind,
                new Hashed(
                        Features.of("ad", ad),
                        Features.of("campaign", campaign),
                        Features.of("advertiser", advertiser),
                        Features.of("category", category),
                        Features.of("kind", kind)));
    }

    record Hashed(long ad, long campaign, long advertiser, long category, long kind) {}
}
