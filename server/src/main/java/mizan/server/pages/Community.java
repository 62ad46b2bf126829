package mizan.server.pages;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import mizan.server.console.page.Text;
import mizan.server.console.words.Lang;

/// The community around the engine: what pages show and no decision needs.
public interface Community {
    /// Its name, as its readers write it.
    String name(Lang lang);

    /// The last posts, newest first: the demo feed. Empty where the feed is not ours to show.
    List<Written> newestPosts(int count);

    /// A post and when it was written.
    record Written(String id, Instant at) {}

    /// The name behind an author's handle; the handle itself when nobody told us.
    String author(String handle, Lang lang);

    /// A note that somebody wrote into the book, such as a reason or a trade, in this language if a
    /// translation is on file, else as it was written.
    Text note(String written, Lang lang);

    /// How many feeds a simulator asks for now; empty where only people read.
    OptionalInt readersPerSecond();

    /// A community that we know by its name only.
    static Community named(String name) {
        return new Community() {
            @Override
            public String name(Lang lang) {
                return name;
            }

            @Override
            public List<Written> newestPosts(int count) {
                return List.of();
            }

            @Override
            public String author(String handle, Lang lang) {
                return handle;
            }

            @Override
            public Text note(String written, Lang lang) {
                return new Text(written, "");
            }

            @Override
            public OptionalInt readersPerSecond() {
                return OptionalInt.empty();
            }
        };
    }
}
