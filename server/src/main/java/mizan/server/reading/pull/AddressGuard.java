package mizan.server.reading.pull;

import java.net.Inet4Address;
import java.net.InetAddress;

/// Tells addresses of the public internet from those that lead into somebody's own network: behind a server
/// stand databases and cloud metadata that trust whoever reaches them.
///
/// Ranges are those that the IANA registries of special-purpose addresses call not globally reachable
/// (RFC 6890), and the ways to write an IPv4 address inside IPv6.
final class AddressGuard {
    private AddressGuard() {}

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        var b = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(b[0] & 0xFF, b[1] & 0xFF, b[2] & 0xFF) : isPublic6(b);
    }

    private static boolean isPublic4(int a, int b, int c) {
        return a != 0
                && a < 240 // reserved, and broadcast
                && !(a == 100 && b >= 64 && b < 128) // shared by carriers
                && !(a == 192 && b == 0 && (c == 0 || c == 2))
                && !(a == 198 && (b == 18 || b == 19)) // benchmarks
                && !(a == 198 && b == 51 && c == 100)
                && !(a == 203 && b == 0 && c == 113);
    }

    /// Only 2000::/3 is given out to anybody; in it, tunnels carry an IPv4 address that is not seen here.
    private static boolean isPublic6(byte[] b) {
        int first = ((b[0] & 0xFF) << 8) | (b[1] & 0xFF);
        int second = ((b[2] & 0xFF) << 8) | (b[3] & 0xFF);
        boolean given = (first & 0xE000) == 0x2000;
        boolean sixToFour = first == 0x2002;
        boolean special = first == 0x2001 && (second < 0x0200 || second == 0x0DB8);
        return given && !sixToFour && !special;
    }
}
