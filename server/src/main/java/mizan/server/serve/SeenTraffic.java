package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import mizan.core.campaign.CampaignId;
import mizan.core.pacing.HourlyRate;
import mizan.core.pacing.Traffic;
import mizan.core.pacing.TrafficProfile;

/// The traffic that was seen, hour by hour, and the forecast that follows from it. Hours in which the process
/// was not running teach nothing; hours in which it ran and nobody came do.
final class SeenTraffic {
    private static final String FEEDS = "feeds";

    private HourlyRate feeds;
    private final Map<String, HourlyRate> fitting;
    private Instant watchedFrom = Instant.MIN;
    private long hourFeeds;
    private long hourAsked;
    private final Map<String, Integer> hourFits = new HashMap<>();
    private TrafficProfile everybody;

    SeenTraffic(Map<String, HourlyRate> kept) {
        feeds = kept.getOrDefault(FEEDS, HourlyRate.nothingSeen(HourlyRate.WEEK));
        fitting = new HashMap<>(kept);
        fitting.remove(FEEDS);
        everybody = TrafficProfile.of(feeds);
    }

    synchronized void feed() {
        hourFeeds++;
    }

    /// One feed of which it is known which campaigns it fits.
    synchronized void asked(Set<CampaignId> fits) {
        hourAsked++;
        fits.forEach(campaign -> hourFits.merge(campaign.value(), 1, Integer::sum));
    }

    /// What is expected of one campaign.
    synchronized Traffic forecast(CampaignId campaign) {
        var fits = fitting.get(campaign.value());
        return fits == null ? everybody : everybody.fitting(fits);
    }

    /// Time has passed. Answers what has changed since it was last asked, once an hour.
    synchronized Map<String, HourlyRate> until(Instant now) {
        if (watchedFrom.equals(Instant.MIN)) {
            watchedFrom = now;
        }
        long hour = hour(watchedFrom);
        if (hour(now) <= hour) {
            return Map.of();
        }
        var hourEnd = Instant.ofEpochSecond((hour + 1) * 3_600);
        double watched = Duration.between(watchedFrom, hourEnd).toMillis() / 3_600_000.0;
        feeds = feeds.plus(hour, (double) hourFeeds, watched);
        // A whole week without a step is as good as a restart.
        for (long empty = hour + 1; empty < Math.min(hour(now), hour + HourlyRate.WEEK); empty++) {
            feeds = feeds.plus(empty, 0, 1);
        }
        everybody = TrafficProfile.of(feeds);
        var changed = new HashMap<String, HourlyRate>();
        changed.put(FEEDS, feeds);
        if (hourAsked > 0) {
            hourFits.keySet().forEach(id -> fitting.putIfAbsent(id, HourlyRate.nothingSeen(HourlyRate.DAY)));
            fitting.replaceAll((id, rate) -> rate.plus(hour, hourFits.getOrDefault(id, 0), (double) hourAsked));
            changed.putAll(fitting);
        }
        watchedFrom = Instant.ofEpochSecond(hour(now) * 3_600);
        hourFeeds = 0;
        hourAsked = 0;
        hourFits.clear();
        return changed;
    }

    /// Forgets campaigns that are not booked any more.
    synchronized void keepOnly(Set<String> campaigns) {
        fitting.keySet().retainAll(campaigns);
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 3_600L);
    }
}
