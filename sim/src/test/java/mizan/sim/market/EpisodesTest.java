package mizan.sim.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpisodesTest {
    @TempDir
    private Path folder;

    @Test
    void givenALogAndItsTraining_whenTheLinearBidIsPlayed_thenEachEpisodeWinsUpToItsBudgetAndPaysThePrice()
            throws IOException {
        // Mean price 50, mean rate 0.01, so a base bid of 60 bids 60 for a rate of 0.01. Budget: 50 x 1/2 x 4 = 100.
        var training = info("{\"imp_train\": 1000, \"clk_train\": 10, \"cost_train\": 50000}");
        var log = log("""
                1 60 0.01
                0 61 0.01
                0 70 0.02
                1 10 0.01
                0 100 0.02
                1,1,0.01
                """);
        var outcome =
                Episodes.run(log, training, new Episodes.Protocol(4, 0.5), () -> Episodes.Linear.lin(60, training));
        // First: wins 60; 61 is above the bid; 40 are left, so 70 is not reached; wins 10. Second: 100, and nothing
        // is left for the last one.
        assertEquals(2, outcome.clicks());
        assertEquals(3, outcome.impressions());
        assertEquals(170, outcome.cost());
        // Only the first episode is whole: 70 of 100 spent, 0.02 bought. The best is 10 + 70 + 20 of the 60:
        // 0.01 + 0.02 + 0.01 / 3.
        assertEquals(0.7, outcome.use(), 1e-12);
        assertEquals(0.02 / (0.03 + 0.01 / 3), outcome.valueShare(), 1e-12);
    }

    @Test
    void givenALineThatIsNoAuction_whenRead_thenItIsNamed() {
        var refused = assertThrows(IOException.class, () -> log("1 60 0.01\n0 sixty 0.01\n"));
        assertEquals("line 2 is not `click price rate`: 0 sixty 0.01", refused.getMessage());
    }

    @Test
    void givenAnyLog_whenThePacerBids_thenNoEpisodeSpendsMoreThanItsBudget() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var auctions = new ArrayList<AuctionLog.Auction>();
            for (int i = 0; i < 5_000; i++) {
                auctions.add(new AuctionLog.Auction(
                        random.nextInt(100) == 0, random.nextInt(1, 200), random.nextDouble(0.02)));
            }
            var log = new AuctionLog(auctions);
            var training = AuctionLog.Training.of(log);
            var protocol = new Episodes.Protocol(1_000, 1 / 8.0);
            var outcome = Episodes.run(log, training, protocol, () -> new Episodes.Mirror(training, protocol));
            assertEquals(true, outcome.cost() <= 5L * protocol.budget(training), "seed " + seed);
            assertEquals(true, outcome.use() > 0.9 && outcome.use() <= 1, "seed " + seed + ": " + outcome.use());
        }
    }

    @Test
    void givenThePricesOfTheDaysBefore_whenABidShallSpendAnAmount_thenItIsTheLowestThatWouldHave() throws IOException {
        // Prices 0 to 3, ten auctions: up to 1 they cost 4 in ten, up to 2 they cost 10, up to 3 they cost 16.
        var training = info("""
                {"imp_train": 10, "clk_train": 1, "cost_train": 16, "price_counter_train": [1, 4, 3, 2]}""");
        assertEquals(OptionalInt.of(1), training.bidThatSpends(0.4));
        assertEquals(OptionalInt.of(2), training.bidThatSpends(0.5));
        assertEquals(OptionalInt.of(3), training.bidThatSpends(1.6));
        assertEquals(OptionalInt.empty(), training.bidThatSpends(1.7));
    }

    private AuctionLog log(String lines) throws IOException {
        return AuctionLog.read(Files.writeString(folder.resolve("log.txt"), lines));
    }

    private AuctionLog.Training info(String json) throws IOException {
        return AuctionLog.Training.read(Files.writeString(folder.resolve("info.json"), json));
    }

    @Test
    void givenThingsThatCouldBeBought_whenTheBestIsAsked_thenTheLastIsBoughtInPart() {
        var hindsight = new Hindsight();
        List.of(1.0, 2.0, 3.0).forEach(value -> hindsight.offered(value, 10));
        assertEquals(3 + 2 + 0.5, hindsight.bestValue(25), 1e-12);
    }
}
