package mizan.sim.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Promises 1, 2 and 4, and what readers chose, over the whole path: serving, journal, accounting, leases, book, in one
/// engine on a
/// disk, a database and a clock that fail. `-Dmizan.seeds=N` plays more histories.
///
/// Each promise has a build that breaks it ([BrokenBuild]): a check that does not see it checks nothing.
class LifeSimulationTest {
    private static final int SEEDS = Integer.getInteger("mizan.seeds", 10_000);
    private static final String NONE = "";

    @Test
    void givenAnyHistory_whenPlayed_thenNothingIsOverspentNorBesideWhatIsExcludedNorLostNorCountedTwice() {
        var wrong = LongStream.range(Long.getLong("mizan.first", 0), SEEDS)
                .parallel()
                .mapToObj(seed -> World.play(seed).map(w -> "seed " + seed + ", " + w))
                .flatMap(Optional::stream)
                .findAny();
        assertEquals(NONE, wrong.orElse(NONE));
    }

    @Test
    void givenABuildThatForcesNothing_whenPlayed_thenTheLossIsSeenWithinAThousandSeeds() {
        assertCaught(
                "no fsync", new BrokenBuild.Plant("mizan.server.journal.Journal", "Disk$File", "force", code -> {}));
    }

    @Test
    void givenABuildThatForgetsWhatItCharged_whenPlayed_thenTheSecondChargeIsSeenWithinAThousandSeeds() {
        assertCaught(
                "no dedup",
                new BrokenBuild.Plant(
                        "mizan.server.accounting.Fold", "ImpressionState", "charged", code -> code.iconst_0()));
    }

    @Test
    void givenABuildThatHoldsWithoutMoney_whenPlayed_thenTheOverheldLeaseIsSeenWithinAThousandSeeds() {
        assertCaught(
                "hold skipped",
                new BrokenBuild.Plant(
                        "mizan.server.accounting.Leases",
                        "Leases$Serving",
                        "left",
                        code -> code.loadConstant(1_000_000_000L)));
    }

    @Test
    void givenABuildThatMissesEveryWord_whenPlayed_thenTheNeighbourIsSeenWithinAThousandSeeds() {
        assertCaught(
                "keywords missed",
                new BrokenBuild.Plant(
                        "mizan.server.serve.KeywordLayers$Layer",
                        "KeywordMatches",
                        "byList",
                        code -> code.invokestatic(
                                ClassDesc.of("java.util.Map"), "of", MethodTypeDesc.of(ConstantDescs.CD_Map), true)));
    }

    @Test
    void givenABuildThatAcknowledgesPostsTooSoon_whenPlayed_thenTheLostPostIsSeenWithinAThousandSeeds() {
        assertCaught(
                "post not written", new BrokenBuild.Plant("mizan.server.rating.Posts", "Posts", "flush", code -> {}));
    }

    @Test
    void givenABuildThatHoldsNobodyOut_whenPlayed_thenTheShowingIsSeenWithinAThousandSeeds() {
        assertCaught(
                "nobody held out",
                new BrokenBuild.Plant(
                        "mizan.core.decision.Decider",
                        "Campaign",
                        "holdsOut",
                        code -> code.pop().iconst_0()));
    }

    @Test
    void givenABuildThatShowsAdsToWhoeverWantsNone_whenPlayed_thenTheyAreSeenWithinAThousandSeeds() {
        assertCaught(
                "none is all",
                new BrokenBuild.Plant("mizan.core.decision.Room", "Viewer", "ads", LifeSimulationTest::allAds));
    }

    @Test
    void givenABuildThatHalvesNothing_whenPlayed_thenTheAdsTooManyAreSeenWithinAThousandSeeds() {
        assertCaught(
                "fewer is all",
                new BrokenBuild.Plant("mizan.core.feed.FeedRequest", "Viewer", "ads", LifeSimulationTest::allAds));
    }

    @Test
    void givenABuildThatTakesEachChoiceOnce_whenPlayed_thenTheChoiceLostIsSeenWithinAThousandSeeds() {
        assertCaught(
                "second choice ignored",
                new BrokenBuild.Plant(
                        "mizan.server.serve.FoldJournal", "AdEvent$Kind", "isChoice", code -> code.iconst_0()));
    }

    @Test
    void givenABuildThatRemembersNothingAtAStart_whenPlayed_thenTheChoiceLostIsSeenWithinAThousandSeeds() {
        assertCaught(
                "choices forgotten at a start",
                new BrokenBuild.Plant("mizan.server.app.Engine", "FoldJournal", "remember", code -> code.pop()));
    }

    private static void allAds(CodeBuilder code) {
        var ads = ClassDesc.of("mizan.core.feed.Viewer$Ads");
        code.getstatic(ads, "ALL", ads);
    }

    private static void assertCaught(String plant, BrokenBuild.Plant plan) {
        var build = new BrokenBuild(plan);
        for (long seed = 0; seed < 1_000; seed++) {
            var found = build.play(seed);
            if (found.isPresent()) {
                System.out.println("planted \"" + plant + "\": seen at seed " + seed + ", " + found.get());
                return;
            }
        }
        assertEquals(List.of(), List.of(plant), "1,000 seeds saw nothing of it: the check sees nothing");
    }
}
