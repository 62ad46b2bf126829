package mizan.server.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Frame;
import mizan.server.console.page.RevenueDesk;
import mizan.server.console.words.Words;

/// Renders the pages. Each method is a pure function of what it is given: same records, same HTML.
///
/// Everything in the records is escaped for the place where it lands; no record can carry markup.
public final class Console {
    private final TemplateEngine templates;
    private final Assets assets;

    /// The console over these static files, with templates compiled at build time.
    public Console(Assets assets) {
        this.templates = TemplateEngine.createPrecompiled(ContentType.Html);
        this.assets = assets;
    }

    /// The revenue desk.
    public String revenueDesk(Frame frame, Words words, RevenueDesk desk) {
        return render("page/desk.jte", frame, words, Map.of("desk", desk));
    }

    /// The demo feed with the decision inspector.
    public String feed(Frame frame, Words words, Feed feed) {
        return render("page/feed.jte", frame, words, Map.of("feed", feed));
    }

    private String render(String template, Frame frame, Words words, Map<String, Object> view) {
        var parameters = new HashMap<String, Object>(view);
        parameters.put("page", new Page(frame, words, assets));
        var html = new StringOutput(32_768);
        templates.render(template, parameters, html);
        return html.toString();
    }
}
