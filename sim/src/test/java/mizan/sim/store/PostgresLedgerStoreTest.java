package mizan.sim.store;

import java.util.Locale;
import mizan.server.accounting.LedgerStore;
import mizan.server.store.Postgres;
import mizan.server.store.SqlLedgerStore;
import mizan.sim.postgres.TestPostgres;

/// The store on a real PostgreSQL server, connected anew as a new process would.
class PostgresLedgerStoreTest extends LedgerStoreContract {
    private final Postgres postgres = Postgres.at(TestPostgres.database());
    private String schema = "";

    @Override
    LedgerStore empty(String name) {
        schema = name.replace('-', '_').toLowerCase(Locale.ROOT);
        return SqlLedgerStore.open(postgres, schema, "one folder");
    }

    @Override
    LedgerStore reopened(LedgerStore before) {
        before.close();
        return SqlLedgerStore.open(postgres, schema, "one folder");
    }
}
