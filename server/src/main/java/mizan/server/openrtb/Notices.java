package mizan.server.openrtb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What became of bids, as sellers tell it, counted once each since the start. Anybody who got a bid can send its
/// notices, so nothing but these figures rests on them.
public final class Notices {
    /// Bids whose notices are remembered, so that a repetition counts nothing.
    private static final int REMEMBERED = 100_000;

    private final Map<String, Boolean> seen = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });
    private long auctions;
    private long bids;
    private final Map<String, Long> came = new TreeMap<>(Map.of("win", 0L, "billed", 0L, "lost", 0L));
    private final Map<String, Long> losses = new TreeMap<>();

    public synchronized void auction(long bidsMade) {
        auctions++;
        bids += bidsMade;
    }

    /// @param loss why it lost (OpenRTB 3.0, list "Loss Reason Codes"), where the macro was filled
    public void came(String notice, String token, Optional<String> loss) {
        if (seen.putIfAbsent(notice + token, true) != null) {
            return;
        }
        synchronized (this) {
            came.merge(notice, 1L, Long::sum);
            if (notice.equals("lost")) {
                losses.merge(loss.filter(l -> l.matches("[0-9]{1,4}")).orElse("unknown"), 1L, Long::sum);
            }
        }
    }

    public synchronized ObjectNode json() {
        var json =
                JsonNodeFactory.instance.objectNode().put("auctions", auctions).put("bids", bids);
        json.put("wins", came.getOrDefault("win", 0L));
        json.put("billed", came.getOrDefault("billed", 0L));
        json.put("lost", came.getOrDefault("lost", 0L));
        var reasons = json.putObject("losses");
        losses.forEach(reasons::put);
        return json;
    }
}
