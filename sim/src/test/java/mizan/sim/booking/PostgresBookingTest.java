package mizan.sim.booking;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mizan.server.booking.BookStore;
import mizan.server.store.Postgres;
import mizan.server.store.SqlBookStore;
import mizan.sim.postgres.TestPostgres;

final class PostgresBookingTest extends BookingContract {
    private final Postgres postgres = Postgres.at(TestPostgres.database());
    private final Map<BookStore, String> schemas = new HashMap<>();

    @Override
    BookStore empty() {
        return open("book_" + schemas.size());
    }

    @Override
    BookStore reopened(BookStore store) {
        var schema = Optional.ofNullable(schemas.get(store)).orElseThrow();
        store.close();
        return open(schema);
    }

    private BookStore open(String schema) {
        var store = SqlBookStore.open(postgres, schema);
        schemas.put(store, schema);
        return store;
    }
}
