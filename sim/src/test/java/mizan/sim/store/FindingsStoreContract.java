package mizan.sim.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import mizan.core.campaign.AdId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.CampaignId;
import mizan.core.decision.Breach;
import mizan.core.identity.SortableId;
import mizan.core.receipt.DecisionId;
import mizan.core.receipt.ImpressionId;
import mizan.core.receipt.TermsVersion;
import mizan.core.suitability.TermsId;
import mizan.server.findings.Finding;
import mizan.server.findings.FindingsStore;
import org.junit.jupiter.api.Test;

/// What every store of findings promises.
abstract class FindingsStoreContract {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

    abstract FindingsStore open();

    /// The same store after its owner has gone.
    abstract FindingsStore reopen(FindingsStore store);

    @Test
    void givenABatch_whenReadAfterARestart_thenAllOfItIsThere() {
        try (var first = open()) {
            first.commit(new FindingsStore.Batch(
                    0,
                    500,
                    List.of(beside("p1", AT, 100L, 101L), beside("p2", AT, 100L)),
                    List.of(new FindingsStore.Changed("p1", 300, AT)),
                    List.of(finding(1, 0, true), finding(2, 20, false))));
            try (var store = reopen(first)) {
                assertEquals(500, store.position());
                assertEquals(List.of(100L, 101L), store.beside("p1", AT));
                assertEquals(List.of(), store.beside("p1", AT.plusSeconds(1)));
                assertEquals(List.of(new FindingsStore.Changed("p1", 300, AT)), store.newestChanges(10));
                assertEquals(Optional.of(finding(1, 0, true)), store.finding(impression(1)));
                assertEquals(List.of(finding(1, 0, true)), store.open());
            }
        }
    }

    @Test
    void givenAnOpenFinding_whenItIsCredited_thenThereIsStillOneWithItsNumber() {
        try (var store = open()) {
            store.commit(new FindingsStore.Batch(
                    0, 10, List.of(), List.of(), List.of(finding(1, 0, true), finding(2, 0, true))));
            store.commit(new FindingsStore.Batch(10, 20, List.of(), List.of(), List.of(finding(1, 20, true))));
            assertEquals(List.of(finding(2, 0, true)), store.open());
            var newest = store.newest(Optional.empty(), Long.MAX_VALUE, 10);
            assertEquals(
                    List.of(finding(2, 0, true), finding(1, 20, true)),
                    newest.stream().map(FindingsStore.Numbered::finding).toList());
            var rest = store.newest(Optional.empty(), newest.getFirst().number(), 10);
            assertEquals(List.of(newest.getLast()), rest);
            assertEquals(List.of(), store.newest(Optional.of("adv_00000000000000000000000000"), Long.MAX_VALUE, 10));
            assertEquals(
                    2,
                    store.newest(Optional.of(finding(1, 0, true).advertiser().value()), Long.MAX_VALUE, 10)
                            .size());
        }
    }

    @Test
    void givenABatchFromElsewhere_whenWritten_thenItIsRefusedAndNothingChanges() {
        try (var store = open()) {
            store.commit(new FindingsStore.Batch(0, 10, List.of(), List.of(), List.of()));
            assertThrows(
                    IllegalStateException.class,
                    () -> store.commit(new FindingsStore.Batch(
                            0, 20, List.of(beside("p1", AT, 11L)), List.of(), List.of(finding(1, 0, true)))));
            assertEquals(10, store.position());
            assertEquals(List.of(), store.beside("p1", AT));
            assertEquals(Optional.empty(), store.finding(impression(1)));
        }
    }

    @Test
    void givenOldAds_whenPruned_thenTheyAreForgottenAndFindingsStay() {
        try (var store = open()) {
            store.commit(new FindingsStore.Batch(
                    0,
                    10,
                    List.of(beside("p1", AT, 1L, 2L)),
                    List.of(new FindingsStore.Changed("p1", 5, AT)),
                    List.of(finding(1, 0, true))));
            store.commit(new FindingsStore.Batch(
                    10, 20, List.of(beside("p1", AT.plusSeconds(60), 3L << 40, (3L << 40) + 1)), List.of(), List.of()));
            assertEquals(List.of(1L, 2L, 3L << 40, (3L << 40) + 1), store.beside("p1", AT));
            store.prune(AT.plusSeconds(1));
            assertEquals(List.of(3L << 40, (3L << 40) + 1), store.beside("p1", AT));
            assertEquals(List.of(), store.newestChanges(10));
            assertEquals(Optional.of(finding(1, 0, true)), store.finding(impression(1)));
        }
    }

    private static FindingsStore.Beside beside(String post, Instant last, Long... positions) {
        return new FindingsStore.Beside(post, List.of(positions), last);
    }

    private static ImpressionId impression(int number) {
        return new ImpressionId(SortableId.of(ImpressionId.PREFIX, 0, 0, number));
    }

    private static Finding finding(int number, long credited, boolean terms) {
        return new Finding(
                impression(number),
                new DecisionId(SortableId.of(DecisionId.PREFIX, 0, 0, number)),
                100L + number,
                new AdvertiserId(SortableId.of(AdvertiserId.PREFIX, 0, 0, 7)),
                new CampaignId(SortableId.of(CampaignId.PREFIX, 0, 0, 7)),
                new AdId(SortableId.of(AdId.PREFIX, 0, 0, 7)),
                terms
                        ? Optional.of(new TermsVersion(new TermsId(SortableId.of(TermsId.PREFIX, 0, 0, 7)), 3))
                        : Optional.empty(),
                Finding.Cause.EDITED,
                new Breach(2, "p1", Breach.Rule.EXCLUDED_KEYWORD, "حرب"),
                "00ff",
                AT,
                AT.plusSeconds(60),
                Currency.getInstance("USD"),
                20,
                credited);
    }
}
