package mizan.server.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// What one household or machine has of the internet: an IPv4 address, or the first 64 bits of an IPv6 address, because
/// whoever has one of these has all 2^64 behind it (RFC 6177).
public final class Network {
    private static final int PREFIX_BYTES = 8;

    private Network() {}

    /// One name for all addresses of the same network. What is no address, as some proxies send, names itself.
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            var parsed = InetAddress.ofLiteral(address.replaceFirst("%.*$", ""));
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX_BYTES) + "::/64"
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
