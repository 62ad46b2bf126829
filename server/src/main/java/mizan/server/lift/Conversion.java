package mizan.server.lift;

import java.time.Instant;
import mizan.core.campaign.AdvertiserId;

/// Something that a viewer did for an advertiser, such as a purchase, as the platform or a shop tells it.
///
/// @param id the teller's own, which makes telling it twice the same as once; 1 to 200 characters
/// @param viewer the name that decisions of theirs are written down by; only a keyed hash of it is kept
/// @param kind what was done, such as `purchase`
public record Conversion(AdvertiserId advertiser, String id, String viewer, String kind, Instant at) {}
