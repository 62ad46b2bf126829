package mizan.server.reading.pull;

import java.util.HashMap;
import mizan.server.http.Refused;
import mizan.server.reading.PostFormat;
import mizan.server.reading.PostReaders;
import mizan.server.reading.pull.Outbound.Fetched;
import mizan.server.reading.pull.Outbound.Unreachable;

/// Reads RSS, Atom and JSON Feed, and asks only for what has changed (RFC 9110, sections 13.1.2 and 13.1.3).
final class FeedConnector implements Connector {
    private static final String ACCEPT =
            "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1";
    private final Outbound outbound;

    FeedConnector(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public Progress pull(Source source, Progress before, Delivery delivery) throws Unreachable {
        var headers = new HashMap<String, String>();
        headers.put("accept", ACCEPT);
        before.etag().ifPresent(e -> headers.put("if-none-match", e));
        before.lastModified().ifPresent(m -> headers.put("if-modified-since", m));
        var fetched = outbound.get(source.address(), headers);
        if (fetched.status() == 304) {
            return before;
        }
        Answers.requireOk(fetched);
        try {
            delivery.take(PostReaders.read(format(fetched), fetched.body()));
        } catch (Refused refused) {
            throw new Unreachable("not a feed: " + refused.problem().code().text());
        }
        return before.versions(fetched.etag(), fetched.lastModified());
    }

    /// Many servers send feeds as text/plain or text/html, so what the body begins with decides in the end.
    private static PostFormat format(Fetched fetched) {
        for (byte b : fetched.body()) {
            if (b == '{') {
                return PostFormat.JSONFEED;
            }
            if (b == '<') {
                return PostFormat.FEED;
            }
        }
        return PostFormat.ofMediaType(fetched.type()).orElse(PostFormat.FEED);
    }
}
