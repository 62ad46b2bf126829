package mizan.core.signal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mizan.core.campaign.AdvertiserId;

/// Who is looked for in a text, by every name they are written with.
///
/// @param platform names of the platform itself, such as `Marsa` and `مرسى`; generic words ("the platform")
///     are known anyway
/// @param advertisers names and aliases in both scripts; a Latin name that is written with a capital is found
///     only with one, because `target` is no advertiser. Where two share a name, the first is meant
public record Names(List<String> platform, Map<AdvertiserId, List<String>> advertisers) {
    public Names {
        platform = List.copyOf(platform);
        advertisers = Collections.unmodifiableMap(new LinkedHashMap<>(advertisers));
    }
}
