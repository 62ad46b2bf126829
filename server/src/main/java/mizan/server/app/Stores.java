package mizan.server.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import mizan.log.LogStore;
import mizan.server.accounting.LedgerStore;
import mizan.server.accounting.Tokens;
import mizan.server.adcp.Documents;
import mizan.server.billing.InvoiceStore;
import mizan.server.booking.BookStore;
import mizan.server.disputes.DisputeStore;
import mizan.server.findings.FindingsStore;
import mizan.server.journal.Disk;
import mizan.server.journal.FolderDisk;
import mizan.server.landing.LandingStore;
import mizan.server.lift.LiftStore;
import mizan.server.picture.PictureStore;
import mizan.server.proof.LogFolder;
import mizan.server.proof.LogKeyFile;
import mizan.server.proof.Sealing;
import mizan.server.rating.PostStore;
import mizan.server.reading.pull.SourceStore;
import mizan.server.reconciliation.ReconciliationStore;
import mizan.server.reporting.DeskStore;
import mizan.server.reporting.LearnedStore;
import mizan.server.reporting.Reports;
import mizan.server.repository.Crowds;
import mizan.server.repository.RepositoryStore;
import mizan.server.serve.PaceStore;
import mizan.server.store.SqliteDeskStore;
import mizan.server.store.SqliteDisputeStore;
import mizan.server.store.SqliteDocuments;
import mizan.server.store.SqliteFindingsStore;
import mizan.server.store.SqliteInvoiceStore;
import mizan.server.store.SqliteLandingStore;
import mizan.server.store.SqliteLearnedStore;
import mizan.server.store.SqliteLiftStore;
import mizan.server.store.SqlitePaceStore;
import mizan.server.store.SqlitePictureStore;
import mizan.server.store.SqlitePostStore;
import mizan.server.store.SqliteProofStore;
import mizan.server.store.SqliteReconciliationStore;
import mizan.server.store.SqliteRepositoryStore;
import mizan.server.store.SqliteSourceStore;
import mizan.server.store.SqliteWebhookStore;
import mizan.server.viewers.SecretFile;
import mizan.server.viewers.SecretStore;
import mizan.server.webhooks.WebhookStore;

/// Where an engine keeps its data.
///
/// @param segmentBytes of the journal
/// @param viewers from which the names of viewers follow
/// @param remembered what it does without
/// @param published what it shows to others; absent in a simulation that shows nothing
public record Stores(
        BookStore book,
        LedgerStore ledger,
        Reports reports,
        PostStore posts,
        Disk journal,
        Tokens.KeyRing keys,
        long segmentBytes,
        SecretStore viewers,
        Remembered remembered,
        Optional<Published> published) {
    /// What an engine has beside posts, bookings and money. With nowhere to keep it, a restart begins it anew.
    public record Remembered(
            LearnedStore learned,
            PaceStore pace,
            SourceStore sources,
            FindingsStore findings,
            DeskStore desk,
            DisputeStore disputes,
            ReconciliationStore reconciliations,
            LiftStore lift,
            PictureStore pictures,
            Documents adcp,
            LandingStore landings,
            WebhookStore webhooks) {
        /// Nothing of it is kept.
        public static Remembered nothing() {
            return new Remembered(
                    LearnedStore.none(),
                    PaceStore.NONE,
                    SourceStore.none(),
                    FindingsStore.NONE,
                    DeskStore.none(),
                    DisputeStore.NONE,
                    ReconciliationStore.NONE,
                    LiftStore.NONE,
                    PictureStore.none(),
                    Documents.inMemory(),
                    LandingStore.NONE,
                    WebhookStore.NONE);
        }

        public Remembered with(FindingsStore others) {
            return new Remembered(
                    learned,
                    pace,
                    sources,
                    others,
                    desk,
                    disputes,
                    reconciliations,
                    lift,
                    pictures,
                    adcp,
                    landings,
                    webhooks);
        }

        public Remembered with(PaceStore others) {
            return new Remembered(
                    learned,
                    others,
                    sources,
                    findings,
                    desk,
                    disputes,
                    reconciliations,
                    lift,
                    pictures,
                    adcp,
                    landings,
                    webhooks);
        }
    }

    /// What follows from the public log, and the log itself.
    ///
    /// @param files copies of the repository, for anybody
    public record Published(Sealing.Places log, InvoiceStore invoices, RepositoryStore repository, LogStore files) {}

    /// With nothing remembered and nothing published.
    public Stores(
            BookStore book,
            LedgerStore ledger,
            Reports reports,
            PostStore posts,
            Disk journal,
            Tokens.KeyRing keys,
            long segmentBytes) {
        this(
                book,
                ledger,
                reports,
                posts,
                journal,
                keys,
                segmentBytes,
                SecretStore.inMemory(),
                Remembered.nothing(),
                Optional.empty());
    }

    public Stores remembering(Remembered what) {
        return new Stores(book, ledger, reports, posts, journal, keys, segmentBytes, viewers, what, published);
    }

    /// All that the embedded engine keeps, in one folder.
    ///
    /// @throws UncheckedIOException when it cannot be opened
    public static Stores in(Path folder) {
        return in(folder, Accounts.of(folder, Optional.empty()));
    }

    /// All that an engine keeps: book and ledger where they are, and the rest in its folder.
    ///
    /// @throws UncheckedIOException when it cannot be opened
    public static Stores in(Path folder, Accounts accounts) {
        try {
            var keys = KeyFile.open(folder.resolve("token.key"));
            return new Stores(
                    accounts.book(),
                    accounts.ledger(),
                    accounts.reports(),
                    SqlitePostStore.open(folder.resolve("posts.db")),
                    FolderDisk.open(folder.resolve("journal")),
                    keys,
                    64L << 20,
                    new SecretFile(folder.resolve("viewers.key")),
                    new Remembered(
                            SqliteLearnedStore.open(folder.resolve("learned.db")),
                            SqlitePaceStore.open(folder.resolve("pace.db")),
                            SqliteSourceStore.open(folder.resolve("sources.db")),
                            SqliteFindingsStore.open(folder.resolve("findings.db")),
                            SqliteDeskStore.open(folder.resolve("desk.db")),
                            SqliteDisputeStore.open(folder.resolve("disputes.db")),
                            SqliteReconciliationStore.open(folder.resolve("reconciliations.db")),
                            SqliteLiftStore.open(folder.resolve("lift.db")),
                            SqlitePictureStore.open(folder.resolve("pictures.db"), folder.resolve("pictures")),
                            SqliteDocuments.open(folder.resolve("adcp.db")),
                            SqliteLandingStore.open(folder.resolve("landings.db")),
                            SqliteWebhookStore.open(folder.resolve("webhooks.db"))),
                    Optional.of(new Published(
                            new Sealing.Places(
                                    SqliteProofStore.open(folder.resolve("proof.db")),
                                    new LogFolder(folder.resolve("log")),
                                    LogKeyFile.open(folder.resolve("log.key")),
                                    new SecureRandom()),
                            SqliteInvoiceStore.open(folder.resolve("invoices.db")),
                            SqliteRepositoryStore.open(folder.resolve("repository.db"), new Crowds(keys.currentKey())),
                            new LogFolder(folder.resolve("public")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
