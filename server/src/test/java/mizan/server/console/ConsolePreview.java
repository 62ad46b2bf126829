package mizan.server.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import mizan.server.console.page.Frame;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;

/// Writes every page with invented data to a folder, to be looked at in a browser over any static file server.
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
        return pages;
    }

    private static Frame frame(String path) {
        return SampleDesk.frame(path, Map.of("weeks", "13"));
    }
}
