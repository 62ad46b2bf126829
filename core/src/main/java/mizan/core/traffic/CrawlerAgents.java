package mizan.core.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Tells programs by the agent that they send with a request.
///
/// Most say so: they name an address where one can complain, do not begin as browsers do, or call themselves bots.
/// For the rest there is a list, to which an operator can add. A browser that is taken for a program costs its
/// reader's advertisers nothing and the publisher a little; a program that is taken for a browser costs advertisers.
public final class CrawlerAgents {
    /// Longer ones are cut: what is told is told at the beginning.
    public static final int MAX_CHARS = 1_000;

    private static final String RESOURCE = "/mizan/core/traffic/crawlers.txt";
    private static final List<String> BROWSERS_BEGIN =
            List.of("mozilla/5.0 (", "opera/9", "dalvik/", "mozilla/4.0 (compatible; msie");
    /// Every browser names one of these; only the first ones call themselves compatible as well.
    private static final List<String> OLD_ENGINES = List.of("msie", "trident");

    private static final List<String> ENGINES = Stream.concat(
                    OLD_ENGINES.stream(), Stream.of("gecko", "presto", "applewebkit", "dalvik/", "chrome/", "firefox/"))
            .toList();
    /// A device of this maker has `bot` in its name.
    private static final String NO_BOT = "cubot";

    private static final Set<String> TOP_LEVEL = Set.of("com", "org", "net", "io", "fr", "de", "eu", "ru", "info");
    private static final Set<String> APP_NAMES_BEGIN = Set.of("com", "org", "net", "io");

    private final List<String> parts;

    /// @param parts of agents, in lower case
    public CrawlerAgents(List<String> parts) {
        this.parts = List.copyOf(parts);
    }

    /// The list that comes with Mizan, and the operator's own parts.
    public static CrawlerAgents builtInAnd(List<String> more) {
        var own = more.stream().map(p -> p.toLowerCase(Locale.ROOT));
        return new CrawlerAgents(Stream.concat(builtIn().stream(), own).toList());
    }

    private static List<String> builtIn() {
        try (var file = CrawlerAgents.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException("the list of crawlers is not in the program");
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param agent as it was sent, not empty
    public boolean recognise(String agent) {
        var said = agent.substring(0, Math.min(agent.length(), MAX_CHARS)).toLowerCase(Locale.ROOT);
        return BROWSERS_BEGIN.stream().noneMatch(said::startsWith)
                || ENGINES.stream().noneMatch(said::contains)
                || (said.contains("compatible;") && OLD_ENGINES.stream().noneMatch(said::contains))
                || namesAddress(said)
                || listed(said);
    }

    /// Names of Android devices are beyond counting, and some hold a listed part.
    private boolean listed(String said) {
        int device = said.contains("android") ? said.indexOf(')') : -1;
        var outside = said.substring(device + 1).replace(NO_BOT, "");
        return parts.stream().anyMatch(outside::contains);
    }

    /// Whoever reads a web log may want to complain: browsers have nobody to send them to.
    private static boolean namesAddress(String said) {
        if (said.contains("http:") || said.contains("https:") || said.contains("www.") || said.contains("@")) {
            return true;
        }
        int start = 0;
        for (int i = 0; i <= said.length(); i++) {
            if (i == said.length() || !partOfName(said.charAt(i))) {
                if (isHost(said.substring(start, i))) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean partOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }

    /// `example.com`, and not `com.example.browser`, as apps are named.
    private static boolean isHost(String token) {
        int last = token.lastIndexOf('.');
        return last > 0
                && TOP_LEVEL.contains(token.substring(last + 1))
                && !APP_NAMES_BEGIN.contains(token.substring(0, token.indexOf('.')));
    }
}
