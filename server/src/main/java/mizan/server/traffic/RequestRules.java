package mizan.server.traffic;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.traffic.CrawlerAgents;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.http.AddressRanges;

/// What a single request tells of who sent it.
public final class RequestRules {
    /// Agents whose verdict is remembered. A site's readers have a few hundred; made-up ones push each other out.
    private static final int REMEMBERED = 10_000;

    private final CrawlerAgents crawlers;
    private final AddressRanges centres;
    private final Map<String, Boolean> known = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    public RequestRules(CrawlerAgents crawlers, AddressRanges centres) {
        this.crawlers = crawlers;
        this.centres = centres;
    }

    /// With the list that comes with Mizan, and no data centres.
    public static RequestRules standard() {
        return new RequestRules(CrawlerAgents.builtInAnd(List.of()), AddressRanges.NONE);
    }

    /// @param agent the `User-Agent`
    /// @param purpose the `Sec-Purpose`, or the older `Purpose` or `X-Moz` (Fetch Metadata Request Headers)
    /// @param address where it came from
    public record Signs(Optional<String> agent, Optional<String> purpose, Optional<String> address) {}

    /// The first rule that tells against it; nothing when it may be a reader's.
    public Optional<InvalidTraffic> judge(Signs signs) {
        if (signs.agent().filter(a -> !a.isBlank()).isEmpty()) {
            return Optional.of(InvalidTraffic.NO_AGENT);
        }
        if (crawler(signs.agent().get())) {
            return Optional.of(InvalidTraffic.CRAWLER);
        }
        if (signs.purpose()
                .filter(p -> p.contains("prefetch") || p.contains("prerender"))
                .isPresent()) {
            return Optional.of(InvalidTraffic.PREFETCH);
        }
        return signs.address().filter(centres::contain).map(_ -> InvalidTraffic.DATA_CENTRE);
    }

    /// The same of a reader whose agent and address somebody else tells, as far as they do.
    public Optional<InvalidTraffic> told(Optional<String> agent, Optional<String> address) {
        return agent.filter(this::crawler)
                .map(_ -> InvalidTraffic.CRAWLER)
                .or(() -> address.filter(centres::contain).map(_ -> InvalidTraffic.DATA_CENTRE));
    }

    /// Whether a program sent it that says so.
    public boolean crawler(String agent) {
        var cut = agent.substring(0, Math.min(agent.length(), CrawlerAgents.MAX_CHARS));
        var seen = known.get(cut);
        if (seen == null) {
            seen = crawlers.recognise(cut);
            known.put(cut, seen);
        }
        return seen;
    }
}
