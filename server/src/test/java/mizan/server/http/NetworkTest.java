package mizan.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void givenAnyTwoIpv6Addresses_whenTheirFirst64BitsAreTheSame_thenTheirNetworkIsAndOnlyThen() {
        long seed = 166;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            long prefix = 0x2001_0db8_0000_0000L | (random.nextInt() & 0xffff_ffffL);
            var one = Network.of(address(prefix, random.nextLong()));
            assertEquals(one, Network.of(address(prefix, random.nextLong())), "seed " + seed);
            assertNotEquals(one, Network.of(address(prefix ^ 1, random.nextLong())), "seed " + seed);
        }
    }

    private static String address(long prefix, long host) {
        return "%x:%x:%x:%x:%x:%x:%x:%x"
                .formatted(
                        prefix >>> 48,
                        (prefix >>> 32) & 0xffff,
                        (prefix >>> 16) & 0xffff,
                        prefix & 0xffff,
                        host >>> 48,
                        (host >>> 32) & 0xffff,
                        (host >>> 16) & 0xffff,
                        host & 0xffff);
    }

    @Test
    void givenAnIpv4Address_whenItIsWrittenAsIpv6_thenItIsTheSameNetworkAndItsNeighbourIsNot() {
        assertEquals(Network.of("192.0.2.7"), Network.of("::ffff:192.0.2.7"));
        assertNotEquals(Network.of("192.0.2.7"), Network.of("::ffff:192.0.2.8"));
    }

    @Test
    void givenWhatIsNoAddress_whenItsNetworkIsAsked_thenItNamesItself() {
        assertEquals("unknown", Network.of("unknown"));
        assertEquals("192.0.2.7:4711", Network.of("192.0.2.7:4711"));
        assertEquals("[::1", Network.of("[::1"));
    }
}
