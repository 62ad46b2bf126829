package mizan.server.http;

import java.util.List;
import java.util.Optional;

/// The proxies that the operator runs: what they say of whom they speak for is believed, and nobody else's word is.
///
/// @param own address ranges; this machine's own addresses always count
public record Proxies(AddressRanges own) {
    /// Only those on this machine.
    public static final Proxies HERE = new Proxies(AddressRanges.NONE);

    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

    /// Who asks: each proxy appends whom it heard, so the last address that is not one of ours. What stands before it
    /// anybody can write.
    ///
    /// @param peer whom the connection came from
    /// @param forwarded the header `X-Forwarded-For`
    public String client(String peer, Optional<String> forwarded) {
        if (!isOurs(peer) || forwarded.isEmpty()) {
            return peer;
        }
        var said = forwarded.get().split(",", -1);
        for (int i = said.length - 1; i > 0; i--) {
            if (!isOurs(said[i].strip())) {
                return said[i].strip();
            }
        }
        return said[0].strip();
    }

    private boolean isOurs(String address) {
        return LOOPBACK.contains(address) || own.contain(address);
    }
}
