package mizan.server.reconciliation;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import mizan.core.campaign.AdvertiserId;
import mizan.core.reconciliation.Line;
import mizan.core.reconciliation.State;

/// A comparison as it was found then. What is counted later changes nothing in it.
///
/// @param by the id of a person or key
/// @param sha256 of the file as it was sent
/// @param zone where the advertiser's days begin
/// @param rows lines of the file behind its head, without blank ones
public record Kept(
        String id,
        AdvertiserId advertiser,
        String by,
        Instant at,
        String sha256,
        java.time.ZoneId zone,
        Currency currency,
        Level level,
        int tolerancePercent,
        int shiftHours,
        long rows,
        List<String> ignored,
        List<Wrong> wrong,
        List<Line> lines) {
    public static final String PREFIX = "rec";

    public Kept {
        ignored = List.copyOf(ignored);
        wrong = List.copyOf(wrong);
        lines = List.copyOf(lines);
    }

    public long count(State state) {
        return lines.stream().filter(l -> l.state() == state).count();
    }
}
