package mizan.sim.story;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;
import mizan.server.pages.Community;

/// Marsa as the pages show it.
///
/// @param readers how many feeds a second are asked for now
public record MarsaCommunity(Story story, Supplier<OptionalInt> readers) implements Community {
    @Override
    public String name(Lang lang) {
        return lang == Lang.AR ? "مرسى" : "Marsa";
    }

    @Override
    public List<Written> newestPosts(int count) {
        return story.written(count);
    }

    @Override
    public String author(String handle, Lang lang) {
        return Marsa.nameOf(handle, lang);
    }

    @Override
    public Text note(String written, Lang lang) {
        return lang == Lang.AR
                ? Phrases.inArabic(written).map(t -> new Text(t, "ar")).orElse(new Text(written, ""))
                : new Text(written, "en");
    }

    @Override
    public OptionalInt readersPerSecond() {
        return readers.get();
    }
}
