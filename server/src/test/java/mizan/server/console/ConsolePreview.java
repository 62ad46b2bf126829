package mizan.server.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import mizan.server.console.page.Frame;
import mizan.server.console.page.LinkProblem;
import mizan.server.console.page.Notice;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;

/// Writes every page with invented data to a folder, to be looked at in a browser over any static file
/// server.
public final class ConsolePreview {
    private ConsolePreview() {}

    public static void main(String[] args) throws IOException {
        var folder = Path.of(args.length == 0 ? "target/preview" : args[0]);
        var assets = Assets.load();
        var console = new Console(assets);
        Files.createDirectories(folder.resolve("assets"));
        for (var asset : assets.all()) {
            Files.write(folder.resolve("assets").resolve(asset.fileName()), asset.bytes());
        }
        for (var lang : Lang.values()) {
            var words = Words.of(lang, Digits.LATIN, ZoneId.of("Asia/Riyadh"));
            for (var page : pages(console, words).entrySet()) {
                Files.writeString(folder.resolve(page.getKey() + '.' + lang.tag() + ".html"), page.getValue());
            }
        }
        var indic = Words.of(Lang.AR, Digits.ARABIC_INDIC, ZoneId.of("Asia/Riyadh"));
        Files.writeString(
                folder.resolve("desk-indic.ar.html"), pages(console, indic).getOrDefault("desk", ""));
    }

    /// Every page by name, rendered for one reader.
    static Map<String, String> pages(Console console, Words words) {
        var lang = words.lang();
        var pages = new LinkedHashMap<String, String>();
        pages.put("desk", console.revenueDesk(frame("/desk"), words, SampleDesk.desk(lang)));
        pages.put("desk-empty", console.revenueDesk(frame("/desk"), words, SampleDesk.empty()));
        pages.put("feed", console.feed(frame("/feed"), words, SampleFeed.feed(lang)));
        pages.put("feed-empty", console.feed(frame("/feed"), words, SampleFeed.empty()));
        pages.put("campaign", console.campaign(frame("/campaigns/cmp_7Q2M9"), words, SampleCampaign.campaign(lang)));
        pages.put("campaign-paused", console.campaign(frame("/campaigns/cmp_0"), words, SampleCampaign.paused(lang)));
        pages.put("advertisers", console.advertisers(frame("/advertisers"), words, SampleCampaign.advertisers(lang)));
        pages.put("campaigns", console.campaigns(frame("/campaigns"), words, SampleCampaign.campaigns(lang)));
        pages.put("ledger", console.ledger(frame("/ledger"), words, SamplePublic.ledger(lang, true)));
        pages.put("ledger-alarm", console.ledger(frame("/ledger"), words, SamplePublic.ledger(lang, false)));
        pages.put("ledger-empty", console.ledger(frame("/ledger"), words, SamplePublic.noLedger()));
        pages.put("terms-list", console.termsList(frame("/terms"), words, SampleTerms.list()));
        pages.put("terms", console.terms(frame("/terms/trm_1"), words, SampleTerms.page()));
        pages.put("terms-tried", console.terms(frame("/terms/trm_1"), words, SampleTerms.tried()));
        pages.put("raters", console.raters(frame("/raters"), words, SampleRaters.raters()));
        pages.put("raters-none", console.raters(frame("/raters"), words, SampleRaters.none()));
        pages.put("notices", console.notices(frame("/notices"), words, SampleTerms.notices()));
        pages.put("ads", console.repository(frame("/ads"), words, SamplePublic.repository(lang)));
        pages.put("ads-empty", console.repository(frame("/ads"), words, SamplePublic.empty()));
        pages.put("ad", console.ad(frame("/ads/ad_7F31"), words, SamplePublic.single(lang)));
        pages.put("ad-removed", console.ad(frame("/ads/ad_4B77"), words, SamplePublic.unsealed(lang)));
        pages.put("trust", console.trust(frame("/trust"), words, SamplePublic.trust(true)));
        pages.put("trust-alarm", console.trust(frame("/trust"), words, SamplePublic.trust(false)));
        pages.put("signin", console.notice(frame("/in"), words, new Notice.SignIn(LinkProblem.USED, "mizan link")));
        SampleAccess.pages(console, words, ConsolePreview::frame).forEach(pages::put);
        pages.put("error", console.notice(frame("/nowhere"), words, new Notice.Failure(404, "req_41c")));
        return pages;
    }

    private static Frame frame(String path) {
        return SampleDesk.frame(path, Map.of("weeks", "13"));
    }
}
