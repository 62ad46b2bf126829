package mizan.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProofsTest {
    @Test
    void givenProofsOfAnotherLength_whenTheyAreChecked_thenTheyAreRefused() {
        var hash = new byte[32];
        assertFalse(Proofs.included(hash, 0, 1, List.of(hash), hash));
        assertFalse(Proofs.included(hash, 1, 1, List.of(), hash));
        assertFalse(Proofs.included(hash, 0, 2, List.of(), hash));
        assertFalse(Proofs.consistent(1, hash, 2, hash, List.of()));
        assertFalse(Proofs.consistent(2, hash, 1, hash, List.of()));
        assertFalse(Proofs.consistent(0, hash, 1, hash, List.of(hash)));
    }

    @Test
    void givenTextsWithASecondSpelling_whenTheyAreRead_thenOnlyTheOneIsTaken() throws Unreadable {
        assertThrows(Unreadable.class, () -> Hashes.base64("QUJ="));
        assertThrows(Unreadable.class, () -> Hashes.unhex("AB", 1));
        assertEquals(1, Hashes.unhex("ab", 1).length);
        assertThrows(Unreadable.class, () -> Json.read("{\"a\":1,\"a\":2}"));
        assertThrows(Unreadable.class, () -> Json.read("{\"a\":1.5}"));
        assertThrows(Unreadable.class, () -> Json.read("[01]"));
        assertThrows(Unreadable.class, () -> Json.read("[1] "));
        assertEquals("ا\n", Json.read("\"\\u0627\\n\"").text());
    }

    @Test
    void givenAPolicyOfGroups_whenItIsRead_thenItsRulesAreTheSpecifications() throws Unreadable {
        var key = WitnessKey.create("witness.example/w").verifierKey();
        var policy = Policy.read("witness W " + key + "\ngroup G any W\nquorum G\n");
        assertEquals("G", policy.quorum());
        assertThrows(Unreadable.class, () -> Policy.read("witness W " + key + "\n"));
        assertThrows(Unreadable.class, () -> Policy.read("quorum nobody\n"));
        assertThrows(Unreadable.class, () -> Policy.read("witness W " + key + "\ngroup G 2 W\nquorum G\n"));
        assertThrows(
                Unreadable.class, () -> Policy.read("witness W " + key + "\nwitness V " + key + "\nquorum none\n"));
    }
}
