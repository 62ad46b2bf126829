package mizan.server.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import mizan.core.traffic.CrawlerAgents;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.http.AddressRanges;
import org.junit.jupiter.api.Test;

class RequestRulesTest {
    private static final String BROWSER =
            "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";

    private static Optional<String> of(String text) {
        return Optional.of(text);
    }

    @Test
    void givenRequests_whenJudged_thenTheFirstRuleAgainstThemIsNamed() throws Exception {
        var rules = new RequestRules(
                CrawlerAgents.builtInAnd(List.of()), AddressRanges.of(List.of("# ours", "", "203.0.113.0/24")));
        var none = Optional.<String>empty();
        assertEquals(Optional.empty(), rules.judge(new RequestRules.Signs(of(BROWSER), none, of("198.51.100.7"))));
        assertEquals(of(InvalidTraffic.NO_AGENT, rules, new RequestRules.Signs(none, none, none)), of("no_agent"));
        assertEquals(of(InvalidTraffic.NO_AGENT, rules, new RequestRules.Signs(of("  "), none, none)), of("no_agent"));
        assertEquals(of(InvalidTraffic.CRAWLER, rules, new RequestRules.Signs(of("x"), none, none)), of("crawler"));
        var prefetched = new RequestRules.Signs(of(BROWSER), of("prefetch;prerender"), none);
        assertEquals(of(InvalidTraffic.PREFETCH, rules, prefetched), of("prefetch"));
        var hosted = new RequestRules.Signs(of(BROWSER), none, of("203.0.113.9"));
        assertEquals(of(InvalidTraffic.DATA_CENTRE, rules, hosted), of("data_centre"));
    }

    private static Optional<String> of(InvalidTraffic expected, RequestRules rules, RequestRules.Signs signs) {
        var judged = rules.judge(signs);
        assertEquals(Optional.of(expected), judged);
        return judged.map(InvalidTraffic::text);
    }

    /// Against arithmetic on the addresses themselves.
    @Test
    void givenRandomRanges_whenAddressesAreLookedUp_thenTheAnswerIsThatOfTheirNumbers() throws Exception {
        long seed = Long.getLong("mizan.seed", 20261125);
        var random = new SplittableRandom(seed);
        int inside = 0;
        for (int round = 0; round < 200; round++) {
            var lines = new ArrayList<String>();
            var spans = new ArrayList<Span>();
            for (int i = 0; i < 20; i++) {
                int bytes = random.nextBoolean() ? 4 : 16;
                int prefix = random.nextInt(bytes == 4 ? 4 : 8, 8 * bytes + 1);
                var base = InetAddress.getByAddress(random(random, bytes));
                lines.add(base.getHostAddress() + "/" + prefix);
                spans.add(Span.of(base, prefix));
            }
            var centres = AddressRanges.of(lines);
            for (int i = 0; i < 50; i++) {
                var address = random.nextInt(3) == 0
                        ? spans.get(random.nextInt(spans.size())).last()
                        : InetAddress.getByAddress(random(random, random.nextBoolean() ? 4 : 16));
                boolean expected = spans.stream().anyMatch(s -> s.holds(address));
                assertEquals(expected, centres.contain(address.getHostAddress()), () -> address + " seed " + seed);
                inside += expected ? 1 : 0;
            }
        }
        assertTrue(inside > 1_000, "too few inside to tell: " + inside);
    }

    private static byte[] random(SplittableRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = (byte) (length == 4 ? (bytes[0] & 0x7F) | 1 : 0x20);
        return bytes;
    }

    private record Span(int length, BigInteger first, BigInteger end) {
        static Span of(InetAddress base, int prefix) {
            int free = 8 * base.getAddress().length - prefix;
            var first = new BigInteger(1, base.getAddress()).shiftRight(free).shiftLeft(free);
            return new Span(base.getAddress().length, first, first.add(BigInteger.ONE.shiftLeft(free)));
        }

        boolean holds(InetAddress address) {
            var number = new BigInteger(1, address.getAddress());
            return address.getAddress().length == length && number.compareTo(first) >= 0 && number.compareTo(end) < 0;
        }

        InetAddress last() throws java.net.UnknownHostException {
            var bytes = end.subtract(BigInteger.ONE).toByteArray();
            var padded = new byte[length];
            int from = Math.max(0, bytes.length - length);
            System.arraycopy(bytes, from, padded, length - (bytes.length - from), bytes.length - from);
            return InetAddress.getByAddress(padded);
        }
    }

    @Test
    void givenAnIpv4AddressThatCameByIpv6_whenLookedUp_thenItIsTheSame() throws Exception {
        var centres = AddressRanges.of(List.of("203.0.113.0/24"));
        assertTrue(centres.contain("::ffff:203.0.113.5"));
        assertFalse(centres.contain("::ffff:203.0.114.5"));
        assertFalse(centres.contain("not an address"));
        assertFalse(centres.contain("203.0.113.0/24"));
    }

    @Test
    void givenALineThatIsNoRange_whenRead_thenItsNumberIsTold() {
        for (var wrong :
                List.of("example.org", "10.1", "1.2.3.4/33", "1.2.3.*", "1-2.3.4.5", "0x7f.0.0.1", "/8", "::/129")) {
            var told = assertThrows(
                    AddressRanges.NotARange.class, () -> AddressRanges.of(List.of("10.0.0.0/8", wrong)), wrong);
            assertEquals(2, told.line(), wrong);
        }
    }
}
