package mizan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The workload must be the published one, or its figures compare with nothing.
class MtwTest {
    @Test
    void givenThePublishedSeed_whenTenThousandCampaignsAreMatched_thenTheFingerprintIsThePublishedOne() {
        var mtw = MtwGenerator.generate(10_000, 2_000, MtwGenerator.SEED);
        var index = new MtwIndex(mtw.campaigns());
        long fingerprint = 0;
        for (var event : mtw.events()) {
            fingerprint += index.all(event).fingerprint();
        }
        assertEquals("b8dea2d176f6a21a", "%016x".formatted(fingerprint));
    }

    @Test
    void givenOtherSeeds_whenMatchedByIndexAndByScan_thenTheyFindTheSame() {
        for (long seed = 0; seed < 40; seed++) {
            var mtw = MtwGenerator.generate(700 + (int) seed, 20, seed);
            var index = new MtwIndex(mtw.campaigns());
            for (var event : mtw.events()) {
                long scanned = mtw.campaigns().stream()
                        .filter(c -> MtwScan.matches(c, event))
                        .mapToLong(c -> Mtw.mix(c.id()))
                        .sum();
                assertEquals(scanned, index.all(event).fingerprint(), "seed " + seed);
            }
        }
    }

    @Test
    void givenAFolderOfLines_whenRead_thenEveryRuleIsThere(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("campaigns-2.jsonl"), """
                {"id":0,"bid":1000,"adv":3,"country":[1,5],"age":[18,24],"hours":"000000000000000000000000000000000000000008","noSegment":[7]}
                {"id":1,"bid":2000,"adv":0}
                """);
        Files.writeString(folder.resolve("events.jsonl"), """
                {"id":0,"country":5,"language":0,"device":0,"age":24,"hour":3,"placement":0,"interest":[],"segment":[6],"keyword":[],"cat":[1],"author":[1]}
                {"id":1,"country":5,"language":0,"device":0,"age":24,"hour":4,"placement":0,"interest":[],"segment":[6],"keyword":[],"cat":[1],"author":[1]}
                {"id":2,"country":5,"language":0,"device":0,"age":25,"hour":3,"placement":0,"interest":[],"segment":[6],"keyword":[],"cat":[1],"author":[1]}
                {"id":3,"country":5,"language":0,"device":0,"age":18,"hour":3,"placement":0,"interest":[],"segment":[7],"keyword":[],"cat":[1],"author":[1]}
                """);
        var mtw = MtwFiles.read(folder);
        var index = new MtwIndex(mtw.campaigns());
        long both = Mtw.mix(0) + Mtw.mix(1);
        long[] expected = {both, Mtw.mix(1), Mtw.mix(1), Mtw.mix(1)};
        for (int e = 0; e < expected.length; e++) {
            var event = mtw.events().get(e);
            assertEquals(expected[e], index.all(event).fingerprint(), "event " + e);
        }
    }
}
