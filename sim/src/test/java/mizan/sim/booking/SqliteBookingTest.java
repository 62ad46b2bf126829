package mizan.sim.booking;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mizan.server.booking.BookStore;
import mizan.server.store.SqlBookStore;
import org.junit.jupiter.api.io.TempDir;

final class SqliteBookingTest extends BookingContract {
    @TempDir
    Path folder = Path.of("");

    private final Map<BookStore, Path> files = new HashMap<>();

    @Override
    BookStore empty() {
        return open(folder.resolve(files.size() + ".db"));
    }

    @Override
    BookStore reopened(BookStore store) {
        var file = Optional.ofNullable(files.get(store)).orElseThrow();
        store.close();
        return open(file);
    }

    private BookStore open(Path file) {
        var store = SqlBookStore.open(file);
        files.put(store, file);
        return store;
    }
}
