package mizan.server.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mizan.server.accounting.LedgerStore;
import mizan.server.booking.BookStore;
import mizan.server.journal.FolderDisk;
import mizan.server.reporting.Reports;
import mizan.server.store.CopyAccounts;
import mizan.server.store.DatabaseUnfit;
import mizan.server.store.Postgres;
import mizan.server.store.SqlBookStore;
import mizan.server.store.SqlLedgerStore;
import mizan.server.store.SqlReports;

/// Where an engine keeps book and ledger: in files of its folder, or in a PostgreSQL database. A folder remembers its
/// database and a database its folder, because the ledger's place in the journal means something in that journal alone.
public sealed interface Accounts {
    BookStore book();

    LedgerStore ledger();

    Reports reports();

    /// The accounts of an engine's folder.
    ///
    /// @param postgres empty for files
    /// @throws DatabaseUnfit when they are elsewhere, with what to do next
    static Accounts of(Path folder, Optional<Postgres> postgres) {
        var mark = Mark.of(folder);
        if (postgres.isEmpty()) {
            mark.ifPresent(m -> {
                throw new DatabaseUnfit("Book and ledger of the folder " + folder + " are in " + m.address()
                        + ". Next: name it with --store or MIZAN_STORE.");
            });
            return new InFiles(folder);
        }
        if (mark.isEmpty() && Files.exists(folder.resolve("book.db"))) {
            throw new DatabaseUnfit("The folder " + folder + " has book and ledger in files, and " + postgres.get()
                    + " would begin without them. Next: ./mizan migrate, or start without --store.");
        }
        return new InDatabase(postgres.get(), mark.orElseGet(() -> Mark.make(folder, postgres.get())), name(folder));
    }

    /// Moves the accounts of a stopped engine from its files into a database, and compares every row. What was
    /// interrupted is taken up by beginning again; from the last step on the engine starts with the database alone,
    /// and the files stay beside it under other names.
    ///
    /// @return every table that was moved
    /// @throws DatabaseUnfit when the database holds something else, or the engine runs
    static List<CopyAccounts.Copied> move(Path folder, Postgres postgres) {
        if (Mark.of(folder).isPresent()) {
            throw new DatabaseUnfit(
                    "Book and ledger of the folder " + folder + " were moved already. Next: start with" + " --store.");
        }
        try (var _ = FolderDisk.open(folder.resolve("journal"))) {
            var mark = Mark.begun(folder, postgres);
            var copied = CopyAccounts.copy(folder, postgres, name(folder), mark.id());
            mark.take(folder);
            for (var file : List.of("book.db", "ledger.db")) {
                Files.move(folder.resolve(file), folder.resolve("moved-" + file), StandardCopyOption.ATOMIC_MOVE);
            }
            return copied;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /// Schemas are named for the engine: `live_book`, `test_ledger`.
    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    /// Beside the journal.
    record InFiles(Path folder) implements Accounts {
        @Override
        public BookStore book() {
            return SqlBookStore.open(folder.resolve("book.db"));
        }

        @Override
        public LedgerStore ledger() {
            return SqlLedgerStore.open(folder.resolve("ledger.db"));
        }

        @Override
        public Reports reports() {
            return SqlReports.open(folder.resolve("ledger.db"));
        }
    }

    /// In PostgreSQL.
    ///
    /// @param engine `live` or `test`
    record InDatabase(Postgres postgres, Mark mark, String engine) implements Accounts {
        @Override
        public BookStore book() {
            return SqlBookStore.open(postgres, engine + "_book");
        }

        @Override
        public LedgerStore ledger() {
            return SqlLedgerStore.open(postgres, engine + "_ledger", mark.id());
        }

        @Override
        public Reports reports() {
            return SqlReports.open(postgres, engine + "_ledger");
        }
    }

    /// What a folder keeps of its database.
    ///
    /// @param id of the folder, kept in the database too
    /// @param address of the database when it was begun; it may move
    record Mark(String id, String address) {
        private static final String FILE = "database";
        /// The same while the accounts are moved: they still count in their files.
        private static final String BEGUN = "database.begun";

        static Optional<Mark> of(Path folder) {
            return read(folder.resolve(FILE));
        }

        static Mark make(Path folder, Postgres postgres) {
            return write(folder.resolve(FILE), postgres);
        }

        static Mark begun(Path folder, Postgres postgres) {
            var file = folder.resolve(BEGUN);
            return read(file).orElseGet(() -> write(file, postgres));
        }

        /// From now on the database counts.
        void take(Path folder) throws IOException {
            Files.move(folder.resolve(BEGUN), folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        }

        private static Optional<Mark> read(Path file) {
            try {
                if (!Files.exists(file)) {
                    return Optional.empty();
                }
                var lines = Files.readAllLines(file);
                return Optional.of(new Mark(lines.get(0), lines.get(1)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Mark write(Path file, Postgres postgres) {
            var made = new Mark(UUID.randomUUID().toString(), postgres.toString());
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.write(file, List.of(made.id, made.address), StandardOpenOption.CREATE_NEW);
                return made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
