package mizan.server.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.pacing.Pacer;

/// The bid multiplier of each campaign, set anew every five minutes from what it spent.
public final class Pace {
    static final Duration STEP = Duration.ofMinutes(5);
    private volatile Map<CampaignId, Double> multipliers = Map.of();
    private final Map<CampaignId, Long> spentBefore = new HashMap<>();
    private Instant next = Instant.MIN;

    /// Reads what is used of a budget: an id and an ISO day, or `total`.
    public interface Used {
        long micros(String owner, String day);
    }

    public double multiplier(CampaignId campaign) {
        return multipliers.getOrDefault(campaign, 1.0);
    }

    /// Every multiplier of the present step; another step has another map.
    Map<CampaignId, Double> multipliers() {
        return multipliers;
    }

    /// Takes the next step if it is due.
    public synchronized void step(Book book, Used used, Instant now) {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(STEP);
        var fresh = new HashMap<CampaignId, Double>();
        for (var campaign : book.campaigns().values()) {
            if (campaign.budget().dailyMicros().isPresent()) {
                var day = LocalDate.ofInstant(now, book.advertiserOf(campaign).timeZone());
                long spent = used.micros(campaign.id().value(), day.toString());
                long before = spentBefore.getOrDefault(campaign.id(), spent);
                double planned = planned(campaign, book, day, now, spent);
                double previous = multipliers.getOrDefault(campaign.id(), Pacer.COLD_START);
                fresh.put(campaign.id(), Pacer.next(campaign.pacing(), previous, Math.max(0, spent - before), planned));
                spentBefore.put(campaign.id(), spent);
            }
        }
        multipliers = Map.copyOf(fresh);
    }

    /// What is left of the day's budget, over the steps that are left of the day.
    private static double planned(Campaign campaign, Book book, LocalDate day, Instant now, long spent) {
        var end = day.plusDays(1)
                .atStartOfDay(book.advertiserOf(campaign).timeZone())
                .toInstant();
        double stepsLeft = Math.max(1.0, (double) Duration.between(now, end).toSeconds() / STEP.toSeconds());
        return (campaign.budget().dailyMicros().orElseThrow() - spent) / stepsLeft;
    }
}
