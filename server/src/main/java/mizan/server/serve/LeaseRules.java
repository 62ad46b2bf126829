package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import mizan.core.campaign.ChargeBy;
import mizan.core.decision.Snapshot;
import mizan.server.accounting.LeaseRequest;

/// How this node asks for money.
///
/// @param serves how long a lease is served from, at most to the end of the advertiser's day
/// @param tokenLife how long an ad that was served may still be billed
public record LeaseRules(Duration serves, Duration tokenLife) {
    public static final LeaseRules STANDARD = new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15));
    private static final Duration GRACE = Duration.ofMinutes(1);
    /// A lease pays for this many impressions, unless 5 % of what is left is less.
    private static final long PLANNED_IMPRESSIONS = 200;

    LeaseRequest request(Snapshot.Entry entry, Optional<Long> growing, Instant now) {
        var zone = entry.advertiser().timeZone();
        var day = LocalDate.ofInstant(now, zone);
        var dayEnd = day.plusDays(1).atStartOfDay(zone).toInstant();
        var until = now.plus(serves).isBefore(dayEnd) ? now.plus(serves) : dayEnd;
        long needed = needed(entry);
        return new LeaseRequest(
                growing,
                entry.group().id(),
                entry.campaign().id(),
                entry.advertiser().id(),
                entry.advertiser().currency(),
                entry.campaign().budget(),
                entry.group().budget(),
                day,
                needed * PLANNED_IMPRESSIONS,
                needed,
                now,
                until,
                until.plus(tokenLife).plus(GRACE));
    }

    /// The most that one event of this group can cost.
    static long needed(Snapshot.Entry entry) {
        long bid = entry.group().bid().amountMicros();
        return entry.group().bid().chargeBy() == ChargeBy.CLICK ? bid : Math.max(1, bid / 1_000);
    }
}
