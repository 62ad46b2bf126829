package mizan.server.pages;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Creative;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.DecisionRecord;
import mizan.server.accounting.Fact;
import mizan.server.app.Engine;
import mizan.server.console.page.Guide;
import mizan.server.console.page.Text;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;
import mizan.server.rating.KnownPost;
import mizan.server.serve.FactCodec;

/// A creative as it will stand in the feed, between posts that are there now.
final class FeedSamples {
    private static final int AROUND = 2;
    private static final int LOOKED_AT = 40;
    private final Engine engine;
    private final Community community;
    private final Words words;

    /// @param words whose time zone the samples share
    FeedSamples(Engine engine, Community community, Words words) {
        this.engine = engine;
        this.community = community;
        this.words = words;
    }

    /// Once for readers of each language.
    List<Guide.Sample> of(Advertiser advertiser, Creative creative) {
        var posts = posts();
        return Stream.of(Lang.AR, Lang.EN)
                .map(reader -> new Guide.Sample(
                        Words.of(reader, Digits.LATIN, words.dates().zone()),
                        advertiser.name().in(reader.tag()),
                        Reading.text(creative.headline(), reader),
                        Reading.text(creative.body(), reader),
                        Reading.text(creative.callToAction(), reader),
                        Reading.picture(creative, engine.pictures(), reader),
                        Reading.cards(creative, engine.pictures(), reader),
                        posts.stream()
                                .sorted(Comparator.comparing(p -> !p.language().equals(Optional.of(reader.tag()))))
                                .limit(AROUND)
                                .map(p -> post(p, reader))
                                .toList()))
                .toList();
    }

    private Guide.Post post(KnownPost post, Lang reader) {
        var handle = post.authors().isEmpty() ? "" : post.authors().getFirst();
        return new Guide.Post(
                community.author(handle, reader),
                new Text(post.text(), post.language().orElse("")));
    }

    /// The posts of the feed itself, newest first: those that it shows here, or those of the last page that it asked
    /// about.
    private List<KnownPost> posts() {
        var newest = community.newestPosts(LOOKED_AT).stream()
                .map(Community.Written::id)
                .toList();
        var ids = newest.isEmpty()
                ? last().map(r -> r.posts().stream().map(FeedPost::id).toList()).orElse(List.of())
                : newest;
        return ids.stream()
                .flatMap(id -> engine.posts().find(id).stream())
                .filter(p -> !p.text().isBlank())
                .toList();
    }

    private Optional<DecisionRecord> last() {
        var positions = engine.recentDecisions().pages(engine.time().instant()).positions();
        return positions.isEmpty()
                ? Optional.empty()
                : engine.journal()
                        .at(positions.getLast())
                        .flatMap(FactCodec::decision)
                        .map(Fact.Decided::record);
    }
}
