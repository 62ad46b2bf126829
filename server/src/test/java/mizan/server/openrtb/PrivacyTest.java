package mizan.server.openrtb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.iabtcf.decoder.TCString;
import com.iabtcf.utils.IntIterable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What privacy signals allow, on strings that the IAB's JavaScript libraries wrote (`story/consent/make.mjs`).
class PrivacyTest {
    private static List<String[]> rows(String kind) {
        try (var in = PrivacyTest.class.getResourceAsStream("/openrtb/consent.tsv")) {
            if (in == null) {
                throw new IOException("consent.tsv is missing");
            }
            var rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .filter(row -> row[0].equals(kind))
                    .toList();
            assertFalse(rows.isEmpty(), kind);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Integer> numbers(String cell) {
        return Arrays.stream(cell.split(","))
                .filter(n -> !n.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> numbers(IntIterable decoded) {
        var numbers = new TreeSet<Integer>();
        for (var it = decoded.intIterator(); it.hasNext(); ) {
            numbers.add(it.nextInt());
        }
        return numbers;
    }

    @Test
    void givenStringsOfAnotherLanguage_whenDecoded_thenPurposesVendorsAndDisclosuresAreEqual() {
        for (var row : rows("tcf-2.3")) {
            var decoded = TCString.decode(row[1]);
            assertEquals(numbers(row[2]), numbers(decoded.getPurposesConsent()), row[1]);
            assertEquals(numbers(row[3]), numbers(decoded.getVendorConsent()), row[1]);
            assertEquals(numbers(row[4]), numbers(decoded.getDisclosedVendors()), row[1]);
            assertEquals(5, decoded.getTcfPolicyVersion(), row[1]);
        }
    }

    @Test
    void givenConsent_whenAVendorAsks_thenItNeedsDisclosureItsOwnConsentAndThreePurposes() {
        int agreed = 0;
        for (var row : rows("tcf-2.3")) {
            for (int vendor = 1; vendor <= 41; vendor++) {
                boolean expected = numbers(row[2]).containsAll(List.of(1, 2, 7))
                        && numbers(row[3]).contains(vendor)
                        && numbers(row[4]).contains(vendor);
                assertEquals(expected, Privacy.agrees(row[1], vendor), vendor + " " + row[1]);
                agreed += expected ? 1 : 0;
            }
        }
        assertTrue(agreed > 100, agreed + " agreed");
    }

    @Test
    void givenAStringOfTcf22_whenAVendorAsks_thenItDisclosesNobodyAndDoesNotCount() {
        for (var row : rows("tcf-2.2")) {
            for (int vendor = 1; vendor <= 40; vendor++) {
                assertFalse(Privacy.agrees(row[1], vendor), row[1]);
            }
        }
    }

    @Test
    void givenGppStrings_whenASectionApplies_thenAnOptOutCountsAndNothingElseDoes() {
        for (var row : rows("gpp")) {
            var privacy = ask("""
                    "regs":{"gdpr":0,"gpp":"%s","gpp_sid":[%s]}""".formatted(row[1], row[2]), "US", false);
            assertEquals(row[3].equals("not"), privacy.mayKeepKey(), row[1] + " " + row[2]);
        }
    }

    private static Privacy ask(String fields, String country, boolean globalControl) {
        var body =
                "{\"id\":\"x\",\"imp\":[{\"id\":\"1\",\"banner\":{}}]" + (fields.isEmpty() ? "" : ",") + fields + "}";
        return Privacy.of(
                BidRequest.of(body.getBytes(StandardCharsets.UTF_8)),
                Optional.of(country).filter(c -> !c.isEmpty()),
                globalControl,
                OptionalInt.of(7));
    }

    @Test
    void givenSignals_whenAnythingSpeaksAgainstIt_thenNoKeyIsKept() {
        assertTrue(ask("", "SA", false).mayKeepKey());
        assertTrue(ask("\"regs\":{\"gdpr\":0}", "DE", false).mayKeepKey());
        for (var refusing : List.of(
                "\"regs\":{\"coppa\":1}",
                "\"regs\":{\"coppa\":\"1\"}",
                "\"device\":{\"lmt\":1}",
                "\"device\":{\"dnt\":1}",
                "\"regs\":{\"ext\":{\"gpc\":\"1\"}}",
                "\"regs\":{\"ext\":{\"gdpr\":1}}",
                "\"regs\":{\"gdpr\":1},\"user\":{\"consent\":\"garbage\"}",
                "\"regs\":{\"us_privacy\":\"1YYN\"}",
                "\"regs\":{\"ext\":{\"us_privacy\":\"1YYN\"}}",
                "\"regs\":{\"us_privacy\":\"nonsense\"}",
                "\"regs\":{\"gpp\":\"unreadable\",\"gpp_sid\":[7]}",
                "\"regs\":{\"gpp\":\"DBABTA~1YNN\",\"gpp_sid\":[7]}",
                "\"regs\":{\"gpp\":\"DBABTA~1YNN\",\"gpp_sid\":[99]}")) {
            assertFalse(ask(refusing, "SA", false).mayKeepKey(), refusing);
        }
        assertFalse(ask("", "SA", true).mayKeepKey());
        assertFalse(ask("", "DE", false).mayKeepKey());
        assertFalse(ask("", "", false).mayKeepKey());
    }

    @Test
    void givenConsentInEitherPlace_whenItAgrees_thenAKeyMayBeKept() {
        var agreeing = rows("tcf-2.3").stream()
                .filter(row -> Privacy.agrees(row[1], 7))
                .findFirst()
                .orElseThrow()[1];
        assertTrue(ask("\"regs\":{\"gdpr\":1},\"user\":{\"consent\":\"" + agreeing + "\"}", "DE", false)
                .mayKeepKey());
        assertTrue(ask(
                        "\"regs\":{\"ext\":{\"gdpr\":1}},\"user\":{\"ext\":{\"consent\":\"" + agreeing + "\"}}",
                        "DE",
                        false)
                .mayKeepKey());
        assertTrue(ask("\"regs\":{\"gpp\":\"DBABMA~" + agreeing + "\",\"gpp_sid\":[2],\"gdpr\":1}", "DE", false)
                .mayKeepKey());
    }
}
