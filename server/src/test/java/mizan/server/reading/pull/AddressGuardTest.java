package mizan.server.reading.pull;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressGuardTest {
    @Test
    void givenAddressesOfPrivateNetworksInAnySpelling_whenAsked_thenNoneIsPublic() throws UnknownHostException {
        for (var address : List.of(
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0::1",
                "2001:db8::1",
                "fec0::1")) {
            assertFalse(AddressGuard.isPublic(InetAddress.getByName(address)), address);
        }
        for (var address : List.of(
                "1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2001:4860:4860::8888")) {
            assertTrue(AddressGuard.isPublic(InetAddress.getByName(address)), address);
        }
    }

    @Test
    void givenTheGuardedClient_whenAPrivateAddressIsAskedFor_thenNothingIsSent() {
        var outbound = Outbound.guarded(InstantSource.system());
        for (var address : List.of(
                "http://127.0.0.1:1/",
                "http://localhost:1/",
                "http://[::1]:1/",
                "http://2130706433:1/",
                "http://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "http://user:pass@example.com/")) {
            var refused = assertThrows(
                    Outbound.Unreachable.class, () -> outbound.get(URI.create(address), Map.of()), address);
            var why = String.valueOf(refused.getMessage());
            assertTrue(
                    why.contains("private network") || why.contains("not an address") || why.contains("there is no"),
                    why);
        }
    }
}
