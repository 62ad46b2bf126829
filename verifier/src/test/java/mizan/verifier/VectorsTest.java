package mizan.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The published examples are what the formats say.
final class VectorsTest {
    private static final Path VECTORS = Path.of("../docs/formats/vectors");

    private static Json vector(String name) throws IOException, Unreadable {
        return Json.read(Files.readString(VECTORS.resolve(name)).strip());
    }

    private static byte[] text(Json one) throws Unreadable {
        return one.text("text").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void givenThePublishedTexts_whenTheyAreHashed_thenTheyGiveThePublishedEntriesAndLeaves()
            throws IOException, Unreadable {
        var vectors = vector("receipt.json");
        for (var kind : new String[] {"receipt", "terms", "statement", "credit", "payment"}) {
            var one = vectors.get(kind);
            var entry = Sealed.entry(kind, one.text("salt"), text(one));
            assertEquals(one.text("entry"), new String(entry, StandardCharsets.US_ASCII));
            assertEquals(one.text("leaf"), Hashes.hex(Hashes.leaf(entry)));
        }
    }

    @Test
    void givenThePublishedReceipt_whenItsPageIsHeldAgain_thenPriceAndPlaceFollow() throws IOException, Unreadable {
        var vectors = vector("receipt.json");
        var terms = Terms.read(1, Json.read(vectors.get("terms").text("text")));
        var receipt = Receipt.read(2, Json.read(vectors.get("receipt").text("text")));
        var page = new Page(receipt);
        var open = Adjacency.open(receipt, page);
        assertEquals(Optional.empty(), Adjacency.breach(receipt, Optional.of(terms), receipt.slot()));
        var own = Adjacency.allowed(receipt, page, Optional.of(terms));
        assertEquals(Optional.empty(), new Pricing(receipt, page).fault(own, open));
        var dearer = vectors.get("receipt").text("text").replaceFirst("\"price\":[0-9]+", "\"price\":2050");
        var changed = Receipt.read(2, Json.read(dearer));
        assertNotEquals(Optional.empty(), new Pricing(changed, page).fault(own, open));
    }

    @Test
    void givenThePublishedOpening_whenItIsHashed_thenItIsThePostOfTheReceipt() throws IOException, Unreadable {
        var vectors = vector("receipt.json");
        var opening = vectors.get("opening");
        var receipt = Receipt.read(2, Json.read(vectors.get("receipt").text("text")));
        assertEquals(
                receipt.posts().get(opening.count("post") - 1).commitment(),
                Sealed.commitment(opening.text("salt"), text(opening)));
    }

    @Test
    void givenThePublishedCheckpoint_whenItsSignaturesAreChecked_thenBothHold() throws IOException, Unreadable {
        var vector = vector("checkpoint.json");
        var checkpoint = Checkpoint.read(vector.text("note").getBytes(StandardCharsets.UTF_8));
        for (var text : vector.get("keys").texts()) {
            var key = VerifierKey.read(text);
            assertEquals(Checkpoint.Standing.SIGNED, checkpoint.standing(key), key.algorithm());
        }
    }
}
