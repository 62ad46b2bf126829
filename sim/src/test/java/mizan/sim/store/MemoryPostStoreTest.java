package mizan.sim.store;

import mizan.server.rating.PostStore;

/// The store of simulations.
class MemoryPostStoreTest extends PostStoreContract {
    @Override
    PostStore empty() {
        return new MemoryPostStore();
    }

    @Override
    PostStore reopened(PostStore before) {
        return before;
    }
}
