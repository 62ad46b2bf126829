package mizan.sim.life;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import mizan.core.campaign.CampaignId;
import mizan.core.feed.FeedPost;
import mizan.core.feed.Viewer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.ImpressionId;
import mizan.core.suitability.PostContent;
import mizan.server.accounting.Credits;
import mizan.server.accounting.ImpressionState;
import mizan.server.app.Engine;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.DisputeStore;
import mizan.server.disputes.Disputes;
import mizan.server.disputes.Verdict;
import mizan.server.http.Refused;
import mizan.server.rating.IncomingPost;
import mizan.server.reporting.Reports;
import mizan.server.serve.LeaseRules;
import mizan.server.serve.TakeEvents;
import mizan.sim.story.MovableClock;

/// The embedded engine while advertisers object, the platform answers anything, posts turn bad and the program
/// starts again in between. Everything follows from the seed.
final class DisputedWorld implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-11-24T20:00:00Z");
    private static final Currency USD = Currency.getInstance("USD");
    private static final LeaseRules RULES = new LeaseRules(Duration.ofHours(1), Duration.ofMinutes(15));
    private static final Disputes.Speaker ADVERTISER = new Disputes.Speaker("a", Dispute.Side.ADVERTISER);
    private static final Disputes.Speaker FINANCE = new Disputes.Speaker("f", Dispute.Side.PLATFORM);

    private final SplittableRandom random;
    private final MovableClock clock = new MovableClock(START);
    private final Path folder;
    private Engine engine;
    private final List<TakeEvents.Report> unreported = new ArrayList<>();
    private final Map<CampaignId, List<ImpressionId>> shown = new HashMap<>();
    private Optional<String> leftOut = Optional.empty();

    DisputedWorld(Path folder, long seed) {
        this.folder = folder;
        random = new SplittableRandom(seed);
        engine = start();
        var _ = new Town(engine, random.split(), START);
        for (int i = 0; i < 8; i++) {
            keep(i, false);
        }
        engine.settle();
    }

    private Engine start() {
        return Engine.embedded(folder, RULES, clock, random.split());
    }

    void step() {
        clock.set(clock.instant().plusSeconds(1 + random.nextInt(60)));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> page();
            case 3, 4 -> report();
            case 5 -> keep(random.nextInt(8), random.nextBoolean());
            case 6, 7 -> object();
            case 8, 9, 10 -> answer();
            default -> {
                if (random.nextInt(4) == 0) {
                    engine.close();
                    engine = start();
                }
            }
        }
        engine.settle();
    }

    private void keep(int post, boolean bad) {
        var text = bad ? "A museum about the war opened in the old town" : "Fresh bread from the oven today";
        engine.posts()
                .keep(List.of(new IncomingPost(
                        "k" + post,
                        List.of("@a"),
                        Optional.of("en"),
                        Optional.empty(),
                        Set.of(),
                        new PostContent(Optional.of(text), Optional.empty(), false, Set.of()),
                        true)));
    }

    private void page() {
        var feed = new ArrayList<FeedPost>();
        for (int i = 0; i < 8; i++) {
            engine.posts().find("k" + i).map(engine.snapshots()::facts).ifPresent(feed::add);
        }
        var placement = engine.snapshots().current().placements().get("home");
        for (var ad : engine.serving().serve(placement, Viewer.UNKNOWN, feed).shown()) {
            shown.computeIfAbsent(ad.impression().campaign(), _ -> new ArrayList<>())
                    .add(ad.impression().id());
            for (var kind : List.of(AdEvent.Kind.RENDERED, AdEvent.Kind.VIEWABLE, AdEvent.Kind.CLICK)) {
                unreported.add(new TakeEvents.Report(kind, ad.token()));
            }
        }
    }

    private void report() {
        int some = Math.min(unreported.size(), 1 + random.nextInt(8));
        engine.events().take(List.copyOf(unreported.subList(0, some)));
        unreported.subList(0, some).clear();
    }

    private void object() {
        var campaigns = List.copyOf(engine.booking().book().campaigns().values());
        var campaign = campaigns.get(random.nextInt(campaigns.size()));
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var ids = shown.getOrDefault(campaign.id(), List.of());
        Dispute.Subject subject = random.nextBoolean() || ids.isEmpty()
                ? new Dispute.Subject.Days(today.minusDays(1), today.plusDays(1), ZoneOffset.UTC)
                : new Dispute.Subject.Showings(List.copyOf(some(ids)));
        var claimed = new Dispute.Claimed(OptionalLong.empty(), OptionalLong.of(1), OptionalLong.empty());
        var _ = engine.disputes()
                .open(
                        new Disputes.Opening(campaign, Dispute.Reason.OTHER, subject, claimed, USD, "we object"),
                        ADVERTISER);
    }

    private Set<ImpressionId> some(List<ImpressionId> ids) {
        return ids.stream().filter(_ -> random.nextInt(3) > 0).limit(6).collect(Collectors.toSet());
    }

    private void answer() {
        var all = engine.disputes().store().newest(Optional.empty(), Optional.empty(), Long.MAX_VALUE, 100);
        if (all.isEmpty()) {
            return;
        }
        var dispute = all.get(random.nextInt(all.size())).dispute();
        var ids = shown.getOrDefault(dispute.campaign(), List.of());
        var part = new Verdict.Part(
                some(ids),
                Optional.empty(),
                random.nextBoolean() ? OptionalLong.of(random.nextLong(1, 200_000)) : OptionalLong.empty());
        var states = List.of(
                Dispute.State.ANSWERED,
                Dispute.State.ACCEPTED,
                Dispute.State.ACCEPTED_IN_PART,
                Dispute.State.ACCEPTED_IN_PART,
                Dispute.State.REFUSED);
        var verdict = new Verdict(states.get(random.nextInt(states.size())), part, "we answer");
        leftOut = leftOut.or(() -> leftOut(dispute, verdict));
        try {
            var _ = random.nextInt(8) == 0
                    ? engine.disputes().withdraw(dispute, "never mind", ADVERTISER)
                    : engine.disputes().answer(dispute, verdict, FINANCE);
        } catch (Refused _) {
            // It was decided before.
        }
    }

    /// A showing that the verdict gives back, and that the most it gives would still have paid for.
    private Optional<String> leftOut(Dispute dispute, Verdict verdict) {
        var part = verdict.part();
        if (verdict.becomes() != Dispute.State.ACCEPTED_IN_PART
                || part.atMostMicros().isEmpty()) {
            return Optional.empty();
        }
        var chosen = engine.disputes().credits(dispute, verdict);
        var ids = chosen.stream().map(DisputeStore.Credit::impression).collect(Collectors.toSet());
        long left = part.atMostMicros().getAsLong()
                - chosen.stream().mapToLong(DisputeStore.Credit::micros).sum();
        return engine.disputes().billed(dispute).stream()
                .map(ImpressionState::impression)
                .filter(i -> part.impressions().isEmpty() || part.impressions().contains(i.id()))
                .filter(i -> i.priceMicros() > 0 && i.priceMicros() <= left && !ids.contains(i.id()))
                .filter(i -> engine.reports().entry(Credits.id(i.id())).isEmpty())
                .findFirst()
                .map(i -> i.id() + " is not given back, though " + left + " micros are left");
    }

    /// What is wrong with the money; empty when nothing is.
    String wrong() {
        if (leftOut.isPresent()) {
            return leftOut.get();
        }
        var entries = engine.reports().entries(0, 100_000, Optional.empty());
        var billed = sums(entries, "charge/");
        var credited = sums(entries, "credit/");
        long many = entries.stream().filter(e -> e.id().startsWith("credit/")).count();
        if (many != credited.size()) {
            return "a showing was credited twice";
        }
        for (var credit : credited.entrySet()) {
            if (credit.getValue() > billed.getOrDefault(credit.getKey(), 0L)) {
                return credit + " was credited, and billed was " + billed.get(credit.getKey());
            }
        }
        long told = 0;
        for (var one : engine.disputes().store().newest(Optional.empty(), Optional.empty(), Long.MAX_VALUE, 10_000)) {
            told += engine.disputes().store().credited(one.dispute().id()).micros();
        }
        long found = engine.findings().newest(Optional.empty(), Long.MAX_VALUE, 10_000).stream()
                .mapToLong(f -> f.finding().creditedMicros())
                .sum();
        long all = credited.values().stream().mapToLong(Long::longValue).sum();
        if (told > all || told + found < all) {
            return "disputes say " + told + ", findings " + found + ", the ledger " + all;
        }
        return String.join("; ", engine.invariants().violations());
    }

    /// How many showings disputes credited.
    long credits() {
        return engine.disputes().store().newest(Optional.empty(), Optional.empty(), Long.MAX_VALUE, 10_000).stream()
                .map(n -> engine.disputes().store().credited(n.dispute().id()))
                .mapToLong(DisputeStore.Credited::showings)
                .sum();
    }

    private static Map<String, Long> sums(List<Reports.Entry> entries, String prefix) {
        return entries.stream()
                .filter(e -> e.id().startsWith(prefix))
                .collect(Collectors.toMap(
                        e -> e.id().substring(prefix.length()), Reports.Entry::micros, Math::addExact));
    }

    @Override
    public void close() {
        engine.close();
    }
}
