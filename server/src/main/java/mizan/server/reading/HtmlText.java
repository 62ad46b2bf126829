package mizan.server.reading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/// The words of a post as a reader sees them, and where its links lead.
///
/// jsoup parses as browsers do, so whatever tags are open, unknown or hostile, the same words come out; tags
/// are never passed on, so there is nothing to sanitise afterwards.
///
/// @param links addresses of the web in the order of the text, each once; people and tags are left out
/// @param pictures those that stand among the words
record HtmlText(String text, List<String> links, List<Media> pictures) {
    private static final int MAX_LINKS = 100;
    private static final int MAX_ADDRESS = 2_000;
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"')\\]]+");
    private static final Pattern MOVING = Pattern.compile("(?i)\\.gif(?:$|\\?)");
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\f]*\\n[ \\t\\r\\f]*");
    private static final Pattern EMPTY_LINES = Pattern.compile("\\n{2,}");
    /// What is no text to anybody.
    private static final String UNSEEN = "script, style, template, head, noscript, object, svg, math";
    /// "RE: address" before or after the words of a quoting post, for servers that know no quotes.
    private static final String QUOTE_FALLBACK = ".quote-inline, .reference-link-inline";

    static HtmlText of(String html) {
        var body = Jsoup.parseBodyFragment(html).body();
        body.select(UNSEEN).remove();
        body.select(QUOTE_FALLBACK).remove();
        var reader = new Reader();
        body.traverse(reader);
        return new HtmlText(tidy(reader.text.toString()), List.copyOf(reader.links), List.copyOf(reader.pictures));
    }

    /// Text without tags, or with those of Markdown or BBCode, which stay: they are few and hide no word.
    static HtmlText plain(String text) {
        var found = new LinkedHashSet<String>();
        var matcher = ADDRESS.matcher(text);
        while (matcher.find() && found.size() < MAX_LINKS) {
            found.add(matcher.group());
        }
        return new HtmlText(tidy(text), List.copyOf(found), List.of());
    }

    static boolean isWebAddress(String text) {
        var lower = text.regionMatches(true, 0, "http", 0, 4) ? text.toLowerCase(Locale.ROOT) : "";
        return (lower.startsWith("https://") || lower.startsWith("http://"))
                && text.length() <= MAX_ADDRESS
                && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    private static String tidy(String text) {
        return EMPTY_LINES
                .matcher(BLANKS.matcher(text).replaceAll("\n"))
                .replaceAll("\n")
                .strip();
    }

    private static final class Reader implements NodeVisitor {
        private final StringBuilder text = new StringBuilder();
        private final Set<String> links = new LinkedHashSet<>();
        private final Set<Media> pictures = new LinkedHashSet<>();

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                text.append(words.text());
            } else if (node instanceof Element element) {
                if (element.isBlock() || element.nameIs("br") || element.nameIs("li")) {
                    text.append('\n');
                } else if (element.nameIs("img")) {
                    text.append(' ').append(element.attr("alt")).append(' ');
                    picture(element);
                } else if (element.nameIs("a")) {
                    link(element);
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element && (element.isBlock() || element.nameIs("td"))) {
                text.append('\n');
            }
        }

        private void link(Element a) {
            var address = a.attr("href").strip();
            boolean personOrTag = a.hasClass("mention")
                    || a.hasClass("hashtag")
                    || List.of(a.attr("rel").split(" ", -1)).contains("tag");
            if (!personOrTag && isWebAddress(address) && links.size() < MAX_LINKS) {
                links.add(address);
            }
        }

        /// Custom emoji are letters, not pictures.
        private void picture(Element img) {
            var address = Optional.of(img.attr("src").strip()).filter(HtmlText::isWebAddress);
            boolean emoji = img.hasClass("emoji") || img.hasClass("custom-emoji");
            if (address.isPresent() && !emoji && pictures.size() < Media.MAX) {
                var alt = Optional.of(img.attr("alt").strip()).filter(a -> !a.isEmpty());
                var kind = MOVING.matcher(address.get()).find() ? Media.Kind.ANIMATION : Media.Kind.PICTURE;
                pictures.add(new Media(kind, Optional.empty(), address, alt));
            }
        }
    }

    /// What is attached to a post, and the pictures among its words that are not attached as well.
    List<Media> with(List<Media> attached) {
        var all = new ArrayList<>(attached);
        var known = attached.stream().map(Media::address).collect(Collectors.toSet());
        pictures.stream().filter(p -> !known.contains(p.address())).forEach(all::add);
        return all.stream().limit(Media.MAX).toList();
    }

    /// Several texts as one, a line each, none twice.
    static HtmlText joined(List<HtmlText> parts) {
        var texts = new ArrayList<String>();
        var links = new LinkedHashSet<String>();
        var pictures = new LinkedHashSet<Media>();
        for (var part : parts) {
            if (!part.text().isBlank() && !texts.contains(part.text())) {
                texts.add(part.text());
            }
            links.addAll(part.links());
            pictures.addAll(part.pictures());
        }
        return new HtmlText(String.join("\n", texts), List.copyOf(links), List.copyOf(pictures));
    }
}
