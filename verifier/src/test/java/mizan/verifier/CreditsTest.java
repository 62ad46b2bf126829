package mizan.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Credits beside the published receipt.
final class CreditsTest {
    private static final long RECEIPT = 5;
    private final Findings findings = new Findings();
    private final Credits credits = new Credits(findings);

    private static Json vector(String name) throws IOException, Unreadable {
        var vectors = Json.read(Files.readString(Path.of("../docs/formats/vectors/receipt.json"))
                .strip());
        return Json.read(vectors.get(name).text("text"));
    }

    private static Movement credit(long index, String from, String to) throws IOException, Unreadable {
        var vectors = Json.read(Files.readString(Path.of("../docs/formats/vectors/receipt.json"))
                .strip());
        return Movement.credit(
                index, Json.read(vectors.get("credit").text("text").replace(from, to)));
    }

    private void whenTheReceiptPasses() throws IOException, Unreadable {
        credits.met(Receipt.read(RECEIPT, vector("receipt")));
        credits.done();
    }

    @Test
    void givenACreditOfWhatWasCharged_whenItsReceiptPasses_thenItHolds() throws IOException, Unreadable {
        assertTrue(credits.add("line 1", credit(RECEIPT + 1, "", "")));
        whenTheReceiptPasses();
        assertTrue(findings.holds());
        assertEquals(1, findings.held(Findings.Check.CREDITS, 0));
    }

    @Test
    void givenTheSameImpressionCreditedAgain_whenItIsRead_thenItDoesNotCountAndIsNamed()
            throws IOException, Unreadable {
        assertTrue(credits.add("line 1", credit(6, "", "")));
        assertFalse(credits.add("line 2", credit(7, "credit/imp", "again/imp")));
        assertEquals("line 2", findings.faults().getFirst().where());
    }

    @Test
    void givenACreditOfMoreThanTheCharge_whenItsReceiptPasses_thenItIsFound() throws IOException, Unreadable {
        credits.add("line 1", credit(6, "\"micros\":2049", "\"micros\":2050"));
        whenTheReceiptPasses();
        assertEquals(1, findings.failed(Findings.Check.CREDITS));
    }

    @Test
    void givenACreditSealedBeforeItsReceipt_whenTheReceiptPasses_thenItIsFound() throws IOException, Unreadable {
        credits.add("line 1", credit(RECEIPT - 1, "", ""));
        whenTheReceiptPasses();
        assertEquals(1, findings.failed(Findings.Check.CREDITS));
    }

    @Test
    void givenACreditToAnotherAdvertiser_whenItsReceiptPasses_thenItIsFound() throws IOException, Unreadable {
        credits.add("line 1", credit(6, "\"advertiser\":\"adv_01", "\"advertiser\":\"adv_02"));
        whenTheReceiptPasses();
        assertEquals(1, findings.failed(Findings.Check.CREDITS));
    }

    @Test
    void givenACreditOfAnEarlierPeriod_whenNoReceiptOfItComes_thenThatIsToldAndNoFault()
            throws IOException, Unreadable {
        credits.add("line 1", credit(6, "", ""));
        credits.done();
        assertTrue(findings.holds());
        assertEquals(1, findings.notes(Findings.Check.CREDITS).size());
    }
}
