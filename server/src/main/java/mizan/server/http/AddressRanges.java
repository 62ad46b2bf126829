package mizan.server.http;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.format.util.DualIPv4v6Tries;
import java.util.List;
import java.util.Optional;

/// Address ranges in CIDR notation (RFC 4632, RFC 4291), as an operator keeps them: of hosting firms, where servers
/// live
/// and no readers, or of the operator's own proxies.
public final class AddressRanges {
    public static final int MAX_RANGES = 200_000;
    public static final AddressRanges NONE = new AddressRanges(new DualIPv4v6Tries());

    /// `10.1`, `0x7f000001`, `1-5.*` and names are addresses to some programs, and mistakes in a list.
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .allow_inet_aton(false)
            .toParams();

    private final DualIPv4v6Tries ranges;

    private AddressRanges(DualIPv4v6Tries ranges) {
        this.ranges = ranges;
    }

    /// A line that is no range: `203.0.113.0/24` or `2001:db8::/32` was expected.
    public static final class NotARange extends Exception {
        private final int line;

        private NotARange(int line, String text) {
            super("line " + line + " is no address range: " + text);
            this.line = line;
        }

        /// Counted from 1.
        public int line() {
            return line;
        }
    }

    /// @param lines one range each; empty ones and those that begin with `#` are passed over
    public static AddressRanges of(List<String> lines) throws NotARange {
        var ranges = new DualIPv4v6Tries();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                var range = parse(line);
                if (range.isEmpty() || ranges.size() >= MAX_RANGES) {
                    throw new NotARange(i + 1, line);
                }
                ranges.add(range.get().toPrefixBlock());
            }
        }
        return new AddressRanges(ranges);
    }

    /// @param address as the connection or a trusted proxy tells it; what is no address is in no range
    public boolean contain(String address) {
        return parse(address)
                .filter(a -> !a.isMultiple() && ranges.elementContains(a))
                .isPresent();
    }

    /// IPv4 addresses that came by IPv6 are IPv4 addresses.
    private static Optional<IPAddress> parse(String text) {
        try {
            var address = new IPAddressString(text, STRICT).toAddress();
            boolean mapped = address.isIPv6() && address.toIPv6().isIPv4Mapped();
            return Optional.of(mapped ? address.toIPv6().getEmbeddedIPv4Address() : address);
        } catch (AddressStringException | IncompatibleAddressException _) {
            return Optional.empty();
        }
    }
}
