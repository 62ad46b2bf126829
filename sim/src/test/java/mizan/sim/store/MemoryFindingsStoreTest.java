package mizan.sim.store;

import mizan.server.findings.FindingsStore;

class MemoryFindingsStoreTest extends FindingsStoreContract {
    @Override
    FindingsStore open() {
        return new MemoryFindingsStore();
    }

    @Override
    FindingsStore reopen(FindingsStore store) {
        return store;
    }
}
