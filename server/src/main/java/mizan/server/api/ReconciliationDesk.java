package mizan.server.api;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdId;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.identity.SortableId;
import mizan.core.reconciliation.Counted;
import mizan.core.reconciliation.Difference;
import mizan.core.reconciliation.Line;
import mizan.core.reconciliation.State;
import mizan.server.app.Engine;
import mizan.server.disputes.Dispute;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Trace;
import mizan.server.reconciliation.CountsFile;
import mizan.server.reconciliation.Kept;
import tools.jackson.databind.node.JsonNodeFactory;

/// Compares counts for people and keys, and makes a dispute of what stays open.
public final class ReconciliationDesk {
    private static final Set<State> OPEN = Set.of(State.UNEXPLAINED, State.NOT_IN_FILE);

    private final Engine engine;

    public ReconciliationDesk(Engine engine) {
        this.engine = engine;
    }

    /// @param advertiser whose counts they are; the caller's own where it has one
    public Kept take(Principal who, Optional<String> advertiser, String file, int tolerancePercent)
            throws CountsFile.Unreadable {
        return engine.reconciliations().take(advertiser(who, advertiser), file, tolerancePercent, who.keyId());
    }

    private Advertiser advertiser(Principal who, Optional<String> named) {
        return who.advertiser()
                .or(() -> named)
                .filter(id -> SortableId.hasForm(AdvertiserId.PREFIX, id))
                .filter(who::sees)
                .map(id -> engine.booking().book().advertisers().get(new AdvertiserId(id)))
                .filter(Objects::nonNull)
                .orElseThrow(() -> Problem.of(ProblemCode.UNKNOWN_REFERENCE)
                        .at("advertiser")
                        .refused());
    }

    /// The comparison of this id, as far as the caller can tell that it exists.
    public Kept find(Principal who, String id) {
        return Optional.of(id)
                .filter(i -> SortableId.hasForm(Kept.PREFIX, i))
                .flatMap(engine.reconciliations()::find)
                .filter(k -> who.sees(k.advertiser().value()))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    /// The campaigns with lines that nothing explains.
    public List<CampaignId> disputable(Kept kept) {
        var found = new TreeSet<CampaignId>();
        open(kept).forEach(l -> campaign(kept, l).ifPresent(found::add));
        return List.copyOf(found);
    }

    private static List<Line> open(Kept kept) {
        return kept.lines().stream().filter(l -> OPEN.contains(l.state())).toList();
    }

    /// What a line is about, in the book.
    private Optional<CampaignId> campaign(Kept kept, Line line) {
        var book = engine.booking().book();
        Function<AdGroupId, Optional<CampaignId>> ofGroup =
                id -> Optional.ofNullable(book.adGroups().get(id)).map(g -> g.campaign());
        var id = switch (kept.level()) {
            case CAMPAIGN ->
                Optional.of(line.item())
                        .filter(i -> SortableId.hasForm(CampaignId.PREFIX, i))
                        .map(CampaignId::new);
            case AD_GROUP ->
                Optional.of(line.item())
                        .filter(i -> SortableId.hasForm(AdGroupId.PREFIX, i))
                        .map(AdGroupId::new)
                        .flatMap(ofGroup);
            case AD ->
                Optional.of(line.item())
                        .filter(i -> SortableId.hasForm(AdId.PREFIX, i))
                        .flatMap(i -> Optional.ofNullable(book.ads().get(new AdId(i))))
                        .flatMap(a -> ofGroup.apply(a.adGroup()));
        };
        return id.filter(i -> book.campaigns().containsKey(i));
    }

    /// A dispute about the days of a campaign's open lines, with those lines as evidence.
    ///
    /// @param text what the advertiser says; the lines follow it as far as there is room
    public DisputeDesk.Wish dispute(Kept kept, CampaignId campaign, String text) {
        var lines = open(kept).stream()
                .filter(l -> campaign(kept, l).equals(Optional.of(campaign)))
                .toList();
        if (lines.isEmpty()) {
            throw Problem.of(ProblemCode.UNKNOWN_REFERENCE).at("campaign").refused();
        }
        var first = lines.stream().map(Line::day).min(Comparator.naturalOrder()).orElseThrow();
        LocalDate last =
                lines.stream().map(Line::day).max(Comparator.naturalOrder()).orElseThrow();
        return new DisputeDesk.Wish(
                campaign.value(),
                Dispute.Reason.COUNTS_DIFFER,
                List.of(),
                Optional.of(first),
                Optional.of(last.plusDays(1)),
                claimed(kept, campaign, first, last),
                evidence(kept, lines, text));
    }

    /// All that the advertiser counted of the campaign on those days: what the platform's numbers stand beside.
    private Dispute.Claimed claimed(Kept kept, CampaignId campaign, LocalDate first, LocalDate last) {
        var all = kept.lines().stream()
                .filter(l -> !l.day().isBefore(first) && !l.day().isAfter(last))
                .filter(l -> campaign(kept, l).equals(Optional.of(campaign)))
                .flatMap(l -> l.theirs().stream())
                .toList();
        return new Dispute.Claimed(
                sum(all, Counted::impressions), sum(all, Counted::clicks), sum(all, Counted::micros));
    }

    private static OptionalLong sum(List<Counted> all, Function<Counted, OptionalLong> number) {
        var present = all.stream().map(number).filter(OptionalLong::isPresent).toList();
        return present.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        present.stream().mapToLong(OptionalLong::getAsLong).reduce(0, Math::addExact));
    }

    private static String evidence(Kept kept, List<Line> lines, String text) {
        var evidence =
                new StringBuilder(text.strip()).append("\n\n").append(kept.id()).append('\n');
        for (var line : lines) {
            var next = line.day() + " " + line.item() + numbers(line) + "\n";
            if (evidence.length() + next.length() > Dispute.MAX_TEXT) {
                break;
            }
            evidence.append(next);
        }
        return evidence.substring(0, Math.min(evidence.length(), Dispute.MAX_TEXT));
    }

    private static String numbers(Line line) {
        var text = new StringBuilder();
        for (Difference d : line.differences()) {
            text.append(' ')
                    .append(d.measure().name().toLowerCase(java.util.Locale.ROOT))
                    .append(' ')
                    .append(line.theirs().isPresent() ? Long.toString(d.theirs()) : "-")
                    .append('/')
                    .append(d.ours());
        }
        return text.toString();
    }

    /// What the audit log keeps of it.
    public static Trace trace(Kept kept) {
        var after = JsonNodeFactory.instance
                .objectNode()
                .put("sha256", kept.sha256())
                .put("rows", kept.rows())
                .put("unexplained", kept.count(State.UNEXPLAINED));
        return new Trace(kept.id(), Optional.of(kept.advertiser().value()), Optional.empty(), Optional.of(after));
    }
}
