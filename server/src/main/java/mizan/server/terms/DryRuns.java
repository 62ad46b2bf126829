package mizan.server.terms;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.CampaignId;
import mizan.core.decision.DryRun;
import mizan.core.feed.FeedPost;
import mizan.core.receipt.DecisionRecord;
import mizan.core.suitability.Terms;
import mizan.core.suitability.text.FoldedText;
import mizan.core.suitability.text.Folding;
import mizan.core.suitability.text.KeywordAutomaton;
import mizan.core.suitability.text.KeywordList;
import mizan.server.accounting.Fact;
import mizan.server.app.Engine;
import mizan.server.rating.KnownPost;
import mizan.server.serve.FactCodec;
import mizan.server.serve.RecentDecisions;

/// Carries out a dry run over what the journal holds of the last days.
public final class DryRuns {
    private final Engine engine;

    public DryRuns(Engine engine) {
        this.engine = engine;
    }

    /// @param result counts within the sample
    /// @param shownOneIn how many decisions that showed an ad each of the sample stands for
    /// @param pagesOneIn the same of the pages that posts were taken from
    /// @param withoutWords posts whose words are erased or no longer kept: keywords were not looked for in them
    public record Answer(
            DryRun.Result result, Instant from, Instant to, int shownOneIn, int pagesOneIn, int withoutWords) {
        /// The share of shown ads that would have had no slot, in millionths, and the 95 % interval that the
        /// sample leaves: Wilson's, or nothing but the share itself when every decision was looked at.
        public Share lostPpm() {
            return Share.of(result.lost(), result.shown(), shownOneIn > 1);
        }
    }

    /// In millionths.
    public record Share(long ppm, long low, long high) {
        private static final double Z = 1.959964;

        static Share of(long part, long all, boolean sampled) {
            if (all == 0) {
                return new Share(0, 0, sampled ? 1_000_000 : 0);
            }
            double p = (double) part / all;
            if (!sampled) {
                long exact = Math.round(p * 1e6);
                return new Share(exact, exact, exact);
            }
            double centre = (p + Z * Z / (2 * all)) / (1 + Z * Z / all);
            double half = Z * Math.sqrt(p * (1 - p) / all + Z * Z / (4.0 * all * all)) / (1 + Z * Z / all);
            return new Share(
                    Math.round(p * 1e6),
                    Math.max(0, Math.round((centre - half) * 1e6)),
                    Math.min(1_000_000, Math.round((centre + half) * 1e6)));
        }
    }

    /// @param inForce the terms that those asked about would take the place of; absent for new ones, which
    ///     are tried on all campaigns of their advertiser that have none
    public Answer of(Optional<Terms> inForce, Terms asked) {
        var now = inForce.map(Terms::whole);
        var proposed = asked.whole();
        var book = engine.booking().book();
        var campaigns = campaigns(book, now, proposed);
        var words = new Words(now, proposed);
        var run = new DryRun(now, proposed, campaigns, groups(book, campaigns), words::hit);
        var until = engine.time().instant();
        var recent = engine.recentDecisions();
        var shown = recent.shown(proposed.advertiser(), until);
        var pages = recent.pages(until);
        read(shown, run::shown);
        read(pages, run::page);
        return new Answer(
                run.result(),
                until.minus(RecentDecisions.WINDOW),
                until,
                shown.oneIn(),
                pages.oneIn(),
                words.missing.size());
    }

    private static Set<CampaignId> campaigns(Book book, Optional<Terms> now, Terms proposed) {
        var id = now.map(Terms::id);
        return book.campaigns().values().stream()
                .filter(c -> c.advertiser().equals(proposed.advertiser())
                        && c.terms().equals(id))
                .map(Campaign::id)
                .collect(Collectors.toSet());
    }

    private static Set<AdGroupId> groups(Book book, Set<CampaignId> campaigns) {
        return book.adGroups().values().stream()
                .filter(g -> campaigns.contains(g.campaign()))
                .map(AdGroup::id)
                .collect(Collectors.toSet());
    }

    private void read(RecentDecisions.Sample sample, java.util.function.Consumer<DecisionRecord> each) {
        for (long position : sample.positions()) {
            engine.journal().at(position).flatMap(FactCodec::read).ifPresent(fact -> {
                if (fact instanceof Fact.Decided decided) {
                    each.accept(decided.record());
                }
            });
        }
    }

    /// Looks for the keywords of both versions of the terms in the words of posts, each version of a post once.
    private final class Words {
        private final Map<Integer, KeywordAutomaton<String>> lists = new HashMap<>();
        private final Map<String, Optional<FoldedText>> texts = new HashMap<>();
        private final Map<Integer, Map<String, Optional<String>>> found = new HashMap<>();
        private final Set<String> missing = new HashSet<>();

        Words(Optional<Terms> now, Terms proposed) {
            now.ifPresent(this::compile);
            compile(proposed);
        }

        private void compile(Terms terms) {
            lists.put(terms.version(), KeywordAutomaton.compile(List.of(new KeywordList<>("", terms.keywords()))));
            found.put(terms.version(), new HashMap<>());
        }

        Optional<String> hit(FeedPost post, Terms terms) {
            return terms.keywords().isEmpty()
                    ? Optional.empty()
                    : Objects.requireNonNull(found.get(terms.version()))
                            .computeIfAbsent(post.id() + ' ' + post.commitment(), _ -> look(post, terms));
        }

        private Optional<String> look(FeedPost post, Terms terms) {
            var text = texts.computeIfAbsent(post.id() + ' ' + post.commitment(), version -> text(post, version));
            return text.flatMap(folded -> {
                var matches = Objects.requireNonNull(lists.get(terms.version())).match(folded);
                return matches.excludes("")
                        ? Optional.of(Optional.ofNullable(matches.byList().get(""))
                                .map(m -> m.keyword())
                                .orElse("?"))
                        : Optional.empty();
            });
        }

        private Optional<FoldedText> text(FeedPost post, String version) {
            var known = engine.posts()
                    .find(post.id())
                    .filter(p -> p.commitment().equals(post.commitment()))
                    .or(() -> engine.posts().opening(post.commitment()))
                    .map(KnownPost::text);
            if (known.isEmpty() && post.verdict().isPresent()) {
                missing.add(version);
            }
            return known.map(Folding::fold);
        }
    }

    /// How long decisions are looked back on.
    public static final Duration WINDOW = RecentDecisions.WINDOW;
}
