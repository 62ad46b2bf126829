package mizan.sim.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Promises 1, 2 and 4 over the whole path: serving, journal, accounting, leases, book, in one engine on a
/// disk, a database and a clock that fail. `-Dmizan.seeds=N` plays more histories.
class LifeSimulationTest {
    private static final int SEEDS = Integer.getInteger("mizan.seeds", 10_000);
    private static final String NONE = "";

    @Test
    void givenAnyHistory_whenPlayed_thenNothingIsOverspentNorBesideWhatIsExcludedNorLostNorCountedTwice() {
        var wrong = LongStream.range(Long.getLong("mizan.first", 0), SEEDS)
                .parallel()
                .mapToObj(seed -> World.play(seed, false).map(w -> "seed " + seed + ", " + w))
                .flatMap(Optional::stream)
                .findAny();
        assertEquals(NONE, wrong.orElse(NONE));
    }

    @Test
    void givenADiskThatForcesNothing_whenPlayed_thenTheLossIsSeenWithinAThousandSeeds() {
        assertCaught("no fsync", seed -> World.play(seed, true));
    }

    @Test
    void givenABuildThatForgetsWhatItCharged_whenPlayed_thenTheSecondChargeIsSeenWithinAThousandSeeds() {
        var build = new BrokenBuild(new BrokenBuild.Plant(
                "mizan.server.accounting.ImpressionState",
                "charged",
                code -> code.iconst_0().ireturn()));
        assertCaught("no dedup", build::play);
    }

    @Test
    void givenABuildThatHoldsWithoutMoney_whenPlayed_thenTheOverheldLeaseIsSeenWithinAThousandSeeds() {
        var build = new BrokenBuild(new BrokenBuild.Plant(
                "mizan.server.accounting.Leases$Serving",
                "left",
                code -> code.loadConstant(1_000_000_000L).lreturn()));
        assertCaught("hold skipped", build::play);
    }

    @Test
    void givenABuildThatMissesEveryWord_whenPlayed_thenTheNeighbourIsSeenWithinAThousandSeeds() {
        var build = new BrokenBuild(new BrokenBuild.Plant(
                "mizan.core.suitability.text.KeywordMatches",
                "byList",
                code -> code.invokestatic(
                                ClassDesc.of("java.util.Map"), "of", MethodTypeDesc.of(ConstantDescs.CD_Map), true)
                        .areturn()));
        assertCaught("keywords missed", build::play);
    }

    private static void assertCaught(String plant, LongFunction<Optional<String>> play) {
        for (long seed = 0; seed < 1_000; seed++) {
            var found = play.apply(seed);
            if (found.isPresent()) {
                System.out.println("planted \"" + plant + "\": seen at seed " + seed + ", " + found.get());
                return;
            }
        }
        assertEquals(List.of(), List.of(plant), "1,000 seeds saw nothing of it: the check sees nothing");
    }
}
