package mizan.sim.store;

import java.nio.file.Path;
import mizan.server.accounting.LedgerStore;
import mizan.server.store.SqlLedgerStore;
import org.junit.jupiter.api.io.TempDir;

/// The store of an embedded server, closed and opened again as its process would.
class SqliteLedgerStoreTest extends LedgerStoreContract {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @Override
    LedgerStore empty(String name) {
        file = folder.resolve(name + ".db");
        return SqlLedgerStore.open(file);
    }

    @Override
    LedgerStore reopened(LedgerStore before) {
        before.close();
        return SqlLedgerStore.open(file);
    }
}
