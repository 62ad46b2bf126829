package mizan.server.pages;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.Book;
import mizan.core.feed.FeedRequest;
import mizan.core.feed.Viewer;
import mizan.core.receipt.AdEvent;
import mizan.core.receipt.DecisionRecord;
import mizan.core.receipt.Impression;
import mizan.core.targeting.Audience;
import mizan.server.accounting.Fact;
import mizan.server.accounting.Tokens;
import mizan.server.app.Engine;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Why;
import mizan.server.console.page.WhyKind;
import mizan.server.console.words.Lang;
import mizan.server.http.Answer;
import mizan.server.http.Call;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Route;
import mizan.server.serve.FactCodec;
import mizan.server.serve.TakeEvents;

/// "Why this ad?", for the reader who saw it (DSA art. 26(1)(d)): the rules that led to it, who pays, and how to be rid
/// of it. Works without script and without an account.
///
/// The address holds the token of that one showing and nothing else. Only the page that the ad stood on has it, so
/// nobody
/// can read, or choose for, another reader; and since every form's address is such a secret, no other site can post
/// one.
final class WhyPages {
    /// As long as a reader may want to look back, and no longer: the page names the reader's country and interests.
    static final Duration KEPT = Duration.ofDays(30);

    private final Engine engine;
    private final PageShell shell;

    WhyPages(Engine engine, PageShell shell) {
        this.engine = engine;
        this.shell = shell;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/why/{token}", "whyPage", this::show)
                        .everybody()
                        .summary("Why a reader saw an ad, who pays, and how to be rid of it"),
                Route.form("/why/{token}", "chooseOnPage", this::choose)
                        .everybody()
                        .summary("Hide an ad or its advertiser, or take that back"));
    }

    private Answer show(Call call) {
        var token = engine.events().read(call.param("token"));
        if (token.isEmpty()) {
            return shell.missing(call);
        }
        var showing = showing(token.get());
        return showing.isPresent()
                ? answer(call, 200, shown(call, showing.get()))
                : answer(call, 410, new Why.Gone(token.get().ad().value(), (int) KEPT.toDays()));
    }

    /// Not for caches, search engines or the sites that it links to: whoever has the address has the page.
    private Answer answer(Call call, int status, Why why) {
        return shell.html(call, status, shell.console().why(shell.frame(call), shell.words(call), why))
                .with("cache-control", "no-store")
                .with("referrer-policy", "same-origin")
                .with("x-robots-tag", "noindex");
    }

    /// One ad as one reader saw it.
    private record Showing(DecisionRecord record, Impression impression) {}

    private Optional<Showing> showing(Tokens.Token token) {
        var oldest = engine.time().instant().minus(KEPT);
        return decision(token.decidedAt())
                .filter(record -> !record.at().isBefore(oldest))
                .flatMap(record -> record.impressions().stream()
                        .filter(i -> i.id().equals(token.impression()))
                        .findFirst()
                        .map(impression -> new Showing(record, impression)));
    }

    private Optional<DecisionRecord> decision(long position) {
        if (position >= engine.journal().durableEnd()) {
            engine.journal().flush(); // Just answered: it is made durable now if it is not yet.
        }
        return engine.journal().at(position).flatMap(FactCodec::decision).map(Fact.Decided::record);
    }

    private Why.Shown shown(Call call, Showing showing) {
        var lang = PageShell.lang(call);
        var record = showing.record();
        var impression = showing.impression();
        var book = engine.booking().bookAt(record.bookRevision());
        var advertiser = Optional.ofNullable(book.advertisers().get(impression.advertiser()))
                .orElseThrow();
        var creative =
                Optional.ofNullable(book.creatives().get(impression.creative())).orElseThrow();
        var because = because(showing, book, lang);
        return new Why.Shown(
                "/why/" + call.param("token"),
                record.at(),
                impression.ad().value(),
                impression.advertiser().value(),
                Reading.text(creative.headline(), lang),
                Reading.text(creative.body(), lang),
                Reading.picture(creative, engine.pictures(), lang),
                advertiser.name().in(lang.tag()),
                advertiser.payer(),
                because,
                because.stream().map(Feed.Why::kind).anyMatch(WhyPages::isProfile),
                hiding(showing),
                (int) KEPT.toDays());
    }

    private static List<Feed.Why> because(Showing showing, Book book, Lang lang) {
        var record = showing.record();
        var placement =
                Optional.ofNullable(book.placements().get(record.placement())).orElseThrow();
        var group = Optional.ofNullable(book.adGroups().get(showing.impression().adGroup()))
                .orElseThrow();
        var audience = Audience.of(new FeedRequest(placement, record.viewer(), record.posts()), record.at());
        return Because.of(group.targeting(), audience, lang);
    }

    private static boolean isProfile(WhyKind kind) {
        return switch (kind) {
            case AGE, INTEREST, SEGMENT -> true;
            case TOPIC, LANGUAGE, COUNTRY, REGION, COMMUNITY, KEYWORD, AUTHOR, DEVICE, PLACEMENT, EVERYONE -> false;
        };
    }

    private Why.Hiding hiding(Showing showing) {
        var impression = showing.impression();
        var key = showing.record().viewer().key();
        var hidden = engine.hidden().with(key.map(WhyPages::only).orElse(Viewer.UNKNOWN));
        return new Why.Hiding(
                key.isPresent(),
                hidden.hiddenAds().contains(impression.ad().value()),
                hidden.hiddenAdvertisers().contains(impression.advertiser().value()));
    }

    private static Viewer only(String key) {
        var unknown = Viewer.UNKNOWN;
        return new Viewer(
                Optional.of(key),
                unknown.country(),
                unknown.region(),
                unknown.language(),
                unknown.device(),
                unknown.profile(),
                unknown.hiddenAds(),
                unknown.hiddenAdvertisers());
    }

    private Answer choose(Call call) {
        var token = engine.events()
                .read(call.param("token"))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        var page = "/why/" + call.param("token");
        var showing = showing(token);
        if (showing.isEmpty()) {
            return Answer.redirect(303, page);
        }
        return switch (call.form().getOrDefault("choice", "")) {
            case "hide_ad" -> chosen(call, showing.get(), AdEvent.Kind.HIDE, "hidden_ad");
            case "hide_advertiser" -> chosen(call, showing.get(), AdEvent.Kind.HIDE_ADVERTISER, "hidden_advertiser");
            case "show_again" -> chosen(call, showing.get(), AdEvent.Kind.SHOW_AGAIN, "shown_again");
            default -> Answer.redirect(303, page);
        };
    }

    /// Kept for good, and in force at once: the fold that follows only says it again.
    private Answer chosen(Call call, Showing showing, AdEvent.Kind kind, String said) {
        var impression = showing.impression();
        engine.events().take(new TakeEvents.Report(kind, call.param("token")));
        showing.record().viewer().key().ifPresent(key -> {
            switch (kind) {
                case HIDE -> engine.hidden().hide(key, impression.ad());
                case HIDE_ADVERTISER -> engine.hidden().hide(key, impression.advertiser());
                case SHOW_AGAIN -> engine.hidden().showAgain(key, impression.ad(), impression.advertiser());
                case RENDERED, VIEWABLE, CLICK -> throw new IllegalArgumentException(kind + " is no choice");
            }
        });
        return PageShell.done("/why/" + call.param("token"), said);
    }
}
