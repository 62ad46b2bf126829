package mizan.server.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mizan.server.http.Refused;
import mizan.server.reading.PostFormat;
import mizan.server.reading.PostReaders;
import mizan.server.reading.ReadPost;
import mizan.server.reading.Reading;
import mizan.server.reading.pull.Outbound;
import mizan.server.reading.pull.Outbound.Unreachable;

/// News behind an address: the items of an RSS, Atom or JSON feed, or the text that is there.
public final class NewsSource {
    /// A day beyond these is a mistake of its feed, and none is reckoned with.
    private static final int FIRST_YEAR = 1;

    private static final int LAST_YEAR = 9_998;

    /// One text and its day, if it tells one.
    public record Item(String text, String source, Optional<LocalDate> published) {}

    private NewsSource() {}

    /// @throws Unreachable where nothing can be read, with the reason
    public static List<Item> fetch(URI address, Outbound outbound) throws Unreachable {
        var fetched = outbound.get(address, Map.of("accept", "application/rss+xml, application/atom+xml, */*"));
        var body = fetched.body();
        var items = Stream.of(PostFormat.FEED, PostFormat.JSONFEED)
                .map(format -> posts(format, body))
                .filter(found -> !found.isEmpty())
                .findFirst();
        if (items.isPresent()) {
            return items.get().stream().map(p -> item(p, address)).toList();
        }
        var text = new String(body, StandardCharsets.UTF_8);
        return List.of(new Item(text, address.toString(), Optional.empty()));
    }

    private static List<ReadPost> posts(PostFormat format, byte[] body) {
        try {
            return PostReaders.read(format, body).stream()
                    .flatMap(r -> r instanceof Reading.Post p ? Stream.of(p.post()) : Stream.empty())
                    .toList();
        } catch (Refused _) {
            return List.of();
        }
    }

    private static Item item(ReadPost post, URI address) {
        var source = post.links().stream().findFirst().orElse(address.toString());
        var day = post.published()
                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC))
                .filter(d -> d.getYear() >= FIRST_YEAR && d.getYear() <= LAST_YEAR);
        return new Item(post.words().text(), source, day);
    }
}
