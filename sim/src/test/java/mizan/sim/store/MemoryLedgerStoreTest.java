package mizan.sim.store;

import mizan.server.accounting.LedgerStore;

/// The simulation's store keeps the promises that the simulation then relies on.
class MemoryLedgerStoreTest extends LedgerStoreContract {
    @Override
    LedgerStore empty(String name) {
        return new MemoryLedgerStore();
    }

    @Override
    LedgerStore reopened(LedgerStore before) {
        return before;
    }
}
