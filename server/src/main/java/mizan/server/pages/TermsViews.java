package mizan.server.pages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import mizan.core.decision.Breach;
import mizan.core.decision.DryRun;
import mizan.core.suitability.Terms;
import mizan.core.suitability.text.KeywordList;
import mizan.server.app.Engine;
import mizan.server.console.page.LateCause;
import mizan.server.console.page.Notices;
import mizan.server.console.page.Outcome;
import mizan.server.console.page.Risk;
import mizan.server.console.page.Suitability;
import mizan.server.console.page.TermsPage;
import mizan.server.console.words.Lang;
import mizan.server.findings.FindingsStore;
import mizan.server.http.Call;
import mizan.server.terms.DryRuns;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads the pages of terms and of notices.
final class TermsViews {
    private static final int PAGE = 50;
    private static final int MOST_VERSIONS = 20;
    private static final int MOST_TRIED = 200;
    private static final int MOST_CHARS = 100;
    private final Engine engine;
    private final Community community;
    private final Lang lang;
    private final UnaryOperator<String> names;

    /// @param names of those who changed something, by their ids
    TermsViews(Engine engine, Community community, Lang lang, UnaryOperator<String> names) {
        this.engine = engine;
        this.community = community;
        this.lang = lang;
        this.names = names;
    }

    private String note(String written) {
        return community.note(written, lang).value();
    }

    TermsPage.All all(Call call) {
        var after = call.query("after").orElse("");
        var rows = engine.booking().book().terms().values().stream()
                .filter(t -> call.principal().sees(t.advertiser().value()))
                .filter(t -> t.id().value().compareTo(after) > 0)
                .sorted(Comparator.comparing(Terms::id))
                .limit(PAGE + 1L)
                .map(this::row)
                .toList();
        return new TermsPage.All(
                rows.stream().limit(PAGE).toList(),
                rows.size() > PAGE ? Optional.of(rows.get(PAGE - 1).id()) : Optional.empty());
    }

    TermsPage page(Call call, Terms terms, Optional<Duration> took) {
        var asked = new TermsPage.Asked(
                call.query("words").orElse(""),
                call.query("preset").flatMap(TermsViews::preset).orElse(preset(terms)),
                posts(call, "before", terms.before()),
                posts(call, "after", terms.after()));
        var trial = call.query("preset").isPresent()
                ? Optional.of(trial(new DryRuns(engine).of(Optional.of(terms), proposed(terms, asked)), engine))
                : Optional.<TermsPage.Trial>empty();
        var lists = terms.lists().stream()
                .map(l -> new TermsPage.Taken(
                        l.name(),
                        l.version(),
                        l.sha256().substring(0, 12),
                        l.keywords().size()
                                + l.authors().size()
                                + l.communities().size()))
                .toList();
        return new TermsPage(
                row(terms),
                lists,
                engine.booking().updatedAt(terms.id().value()),
                took,
                rules(terms),
                history(terms),
                asked,
                trial);
    }

    private TermsPage.Rules rules(Terms terms) {
        var topics = new TreeMap<String, Risk>();
        terms.maxTierByTopic().forEach((topic, tier) -> topics.put("topic." + topic.code(), Risk.valueOf(tier.name())));
        return new TermsPage.Rules(
                Risk.valueOf(terms.maxTier().name()),
                topics,
                terms.languages().stream()
                        .sorted()
                        .map(l -> Reading.language(l, lang))
                        .toList());
    }

    /// Each change is a version; the newest ones.
    private List<TermsPage.Version> history(Terms terms) {
        var versions = new ArrayList<TermsPage.Version>();
        int number = terms.version();
        for (var change : engine.booking().history(terms.id().value(), MOST_VERSIONS)) {
            versions.add(new TermsPage.Version(
                    number--, change.at(), note(names.apply(change.actor())), note(change.why())));
        }
        return versions;
    }

    private static Optional<Suitability> preset(String name) {
        return List.of(Suitability.RELAXED, Suitability.STANDARD, Suitability.STRICT).stream()
                .filter(s -> s.code().equals(name))
                .findFirst();
    }

    private static Suitability preset(Terms terms) {
        return terms.maxTier() == terms.preset().maxTier()
                ? Suitability.valueOf(terms.preset().name())
                : Suitability.CUSTOM;
    }

    private static int posts(Call call, String name, int otherwise) {
        return call.query(name)
                .filter(p -> p.matches("[1-3]"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    TermsPage.Row row(Terms t) {
        var whole = t.whole();
        var advertiser = engine.booking().book().advertisers().get(t.advertiser());
        return new TermsPage.Row(
                t.id().value(),
                t.name(),
                advertiser == null ? t.advertiser().value() : advertiser.name().in(lang.tag()),
                preset(t),
                t.version(),
                Optional.of(t.signedBy()).filter(s -> !s.equals("unsigned")),
                t.signedAt(),
                t.before(),
                t.after(),
                whole.keywords().size(),
                whole.authors().size(),
                whole.communities().size());
    }

    static TermsPage.Trial trial(DryRuns.Answer answer, Engine engine) {
        var result = answer.result();
        var lost = answer.lostPpm();
        return new TermsPage.Trial(
                result.shown(),
                result.moved(),
                result.lost(),
                lost.ppm() / 1e6,
                lost.low() / 1e6,
                lost.high() / 1e6,
                answer.shownOneIn(),
                result.opened(),
                result.posts().posts(),
                result.posts().blocked(),
                result.posts().newlyBlockedThoughSafe(),
                answer.withoutWords(),
                shares(result.byLanguage()),
                shares(result.byTopic()),
                result.blocked().stream().map(b -> blocked(b, engine)).toList());
    }

    private Terms proposed(Terms now, TermsPage.Asked asked) {
        var fields = JsonNodeFactory.instance.objectNode();
        var words = new LinkedHashSet<>(now.keywords());
        asked.words()
                .lines()
                .map(String::strip)
                .filter(KeywordList::isUsable)
                .limit(MOST_TRIED)
                .forEach(words::add);
        var keywords = fields.putArray("keywords");
        words.stream().limit(Terms.MAX_LIST).forEach(keywords::add);
        if (asked.preset() != Suitability.CUSTOM) {
            var preset = Terms.Preset.valueOf(asked.preset().name());
            fields.put("preset", preset.name()).put("max_tier", preset.maxTier().name());
        }
        fields.put("before", asked.before()).put("after", asked.after());
        return engine.booking().terms(Optional.of(now.id().value()), fields);
    }

    private static List<TermsPage.Share> shares(Map<String, DryRun.Share> shares) {
        var rows = new ArrayList<TermsPage.Share>();
        shares.forEach((name, s) -> rows.add(
                new TermsPage.Share(name, s.posts(), s.blockedNow(), s.blocked(), s.newlyBlockedThoughSafe())));
        rows.sort(Comparator.comparingLong(TermsPage.Share::posts).reversed().thenComparing(TermsPage.Share::name));
        return rows.stream().limit(12).toList();
    }

    private static TermsPage.Blocked blocked(DryRun.Blocked one, Engine engine) {
        return new TermsPage.Blocked(
                one.post().id(),
                outcome(one.rule()),
                one.detail(),
                engine.posts().opening(one.post().commitment()).map(p -> shortened(p.text())),
                one.ads());
    }

    private static Outcome outcome(Breach.Rule rule) {
        return Outcome.valueOf(rule.code().toUpperCase(Locale.ROOT));
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MOST_CHARS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_CHARS)) + "…";
    }

    Notices notices(Call call) {
        long below = call.query("after")
                .filter(a -> a.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        var found = engine.findings().newest(Optional.empty(), below, PAGE + 1);
        return new Notices(
                (int) engine.findings().window().toDays(),
                found.stream().limit(PAGE).map(this::notice).toList(),
                found.size() > PAGE
                        ? Optional.of(Long.toString(found.get(PAGE - 1).number()))
                        : Optional.empty());
    }

    private Notices.Row notice(FindingsStore.Numbered numbered) {
        var f = numbered.finding();
        var book = engine.booking().book();
        var advertiser = book.advertisers().get(f.advertiser());
        var campaign = book.campaigns().get(f.campaign());
        return new Notices.Row(
                advertiser == null ? f.advertiser().value() : advertiser.name().in(lang.tag()),
                f.campaign().value(),
                campaign == null ? f.campaign().value() : campaign.name().in(lang.tag()),
                f.breach().postId(),
                LateCause.valueOf(f.cause().name()),
                outcome(f.breach().rule()),
                f.breach().rule() == Breach.Rule.UNRATED_NEIGHBOUR
                        ? ""
                        : f.breach().detail(),
                f.servedAt(),
                f.changedAt(),
                f.currency().getCurrencyCode(),
                f.creditedMicros(),
                f.position());
    }
}
