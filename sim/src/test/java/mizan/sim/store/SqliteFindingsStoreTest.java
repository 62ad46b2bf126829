package mizan.sim.store;

import java.nio.file.Path;
import mizan.server.findings.FindingsStore;
import mizan.server.store.SqliteFindingsStore;
import org.junit.jupiter.api.io.TempDir;

class SqliteFindingsStoreTest extends FindingsStoreContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    FindingsStore open() {
        return SqliteFindingsStore.open(folder.resolve("findings.db"));
    }

    @Override
    FindingsStore reopen(FindingsStore store) {
        return SqliteFindingsStore.open(folder.resolve("findings.db"));
    }
}
