package mizan.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProxiesTest {
    private static final String READER = "198.51.100.7";

    @Test
    void givenNoProxies_whenAStrangerSaysForWhomItSpeaks_thenItIsNotBelieved() {
        assertEquals(READER, Proxies.HERE.client(READER, Optional.of("203.0.113.9")));
        assertEquals("10.0.0.5", Proxies.HERE.client("10.0.0.5", Optional.of(READER)));
    }

    @Test
    void givenAProxyOnThisMachine_whenItForwards_thenTheLastAddressAsks() {
        assertEquals(READER, Proxies.HERE.client("127.0.0.1", Optional.of("203.0.113.9, " + READER)));
        assertEquals("127.0.0.1", Proxies.HERE.client("127.0.0.1", Optional.empty()));
    }

    @Test
    void givenTwoProxiesInARow_whenTheyForward_thenTheLastThatIsNotOursAsks() throws Exception {
        var proxies = new Proxies(AddressRanges.of(List.of("10.0.0.0/8", "2001:db8::/32")));
        assertEquals(READER, proxies.client("10.0.0.5", Optional.of("203.0.113.9, " + READER + ", 10.1.2.3")));
        assertEquals(READER, proxies.client("2001:db8::1", Optional.of(READER + ",10.1.2.3, ::1")));
        assertEquals("10.9.9.9", proxies.client("10.0.0.5", Optional.of("10.9.9.9, 10.1.2.3")), "a reader of our own");
    }
}
