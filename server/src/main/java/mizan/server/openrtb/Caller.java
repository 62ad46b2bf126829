package mizan.server.openrtb;

import java.util.Optional;

/// Who asks, as the connection tells.
///
/// @param origin of the page that a browser asks for; `null` when it hides the page, as in a sandboxed frame. Empty for
///     a server
/// @param trusted whether it came with a key that may serve
/// @param agent its own `User-Agent`
/// @param globalControl whether the browser sent `Sec-GPC: 1`
/// @param base where this server is reached, such as `https://ads.example`
/// @param address at the other end
public record Caller(
        Optional<String> origin,
        boolean trusted,
        Optional<String> agent,
        boolean globalControl,
        String base,
        String address) {}
