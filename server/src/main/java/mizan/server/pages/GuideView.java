package mizan.server.pages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.Servability;
import mizan.server.app.Engine;
import mizan.server.console.page.Guide;
import mizan.server.console.page.GuideStep;
import mizan.server.console.page.Suitability;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;

/// Reads what the guide shows of a first campaign.
final class GuideView {
    private static final int IMPRESSIONS_OF_A_BID = 1_000;
    private final Engine engine;
    private final Community community;
    private final Words words;
    private final Lang lang;

    GuideView(Engine engine, Community community, Words words) {
        this.engine = engine;
        this.community = community;
        this.words = words;
        this.lang = words.lang();
    }

    Guide read(FirstCampaign state, GuideStep open, Map<String, String> form, List<Guide.Wrong> wrong) {
        var advertiser = state.advertiser();
        return new Guide(
                advertiser.id().value(),
                advertiser.name().in(lang.tag()),
                advertiser.payer(),
                advertiser.currency().getCurrencyCode(),
                state.fundsMicros(),
                engine.booking().book().placements().values().stream()
                        .mapToLong(p -> p.floorCpmMicros())
                        .min(),
                state.done(),
                open,
                state.missing(open),
                plan(state),
                form,
                wrong,
                terms(state),
                reasons(state),
                state.creative()
                        .map(c -> new FeedSamples(engine, community, words).of(state.advertiser(), c))
                        .orElse(List.of()));
    }

    private Guide.Plan plan(FirstCampaign state) {
        var budget = state.campaign().map(c -> c.budget().totalMicros()).orElse(OptionalLong.empty());
        var flight = state.campaign().map(c -> c.flight());
        return new Guide.Plan(
                state.terms().map(t -> t.id().value()).orElse(""),
                state.terms().map(t -> Suitability.valueOf(t.preset().name())).orElse(Suitability.NONE),
                state.campaign().map(c -> c.id().value()).orElse(""),
                state.campaign().map(c -> c.name().in(lang.tag())).orElse(""),
                budget,
                flight.flatMap(f ->
                                f.end().map(e -> Duration.between(f.start(), e).toDays()))
                        .orElse(0L),
                state.group().map(g -> Reading.bid(g.bid())),
                state.group()
                        .filter(g -> g.bid().chargeBy() != ChargeBy.CLICK && budget.isPresent())
                        .map(g -> OptionalLong.of(budget.getAsLong() / g.bid().amountMicros() * IMPRESSIONS_OF_A_BID))
                        .orElse(OptionalLong.empty()),
                state.creative().map(c -> Reading.text(c.headline(), lang)),
                state.ad().map(a -> a.id().value()).orElse(""),
                state.begun());
    }

    private Map<String, String> terms(FirstCampaign state) {
        var names = new LinkedHashMap<String, String>();
        engine.booking().book().terms().values().stream()
                .filter(t -> t.advertiser().equals(state.advertiser().id()))
                .sorted(Comparator.comparing(t -> t.id()))
                .forEach(t -> names.put(t.id().value(), t.name()));
        return names;
    }

    /// Every reason why it is not shown now, of the campaign and of the ad.
    private List<String> reasons(FirstCampaign state) {
        if (state.campaign().isEmpty() || state.ad().isEmpty()) {
            return List.of();
        }
        var book = engine.booking().book();
        var reasons = new ArrayList<>(Servability.reasonsNotServable(
                book, state.campaign().get(), engine.time().instant()));
        reasons.addAll(Servability.reasonsNotServable(book, state.ad().get()));
        if (state.fundsMicros() == 0) {
            reasons.add("payment_required");
        }
        return reasons;
    }
}
