package mizan.server.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import mizan.core.decision.Snapshot;
import mizan.core.receipt.ImpressionId;
import mizan.core.suitability.Terms;
import mizan.log.ForkPrevented;
import mizan.log.LogKey;
import mizan.log.LogStore;
import mizan.log.SealedLog;
import mizan.log.Witnesses;
import mizan.server.accounting.Fact;
import mizan.server.accounting.LedgerStore;
import mizan.server.booking.Booking;
import mizan.server.journal.Journal;
import mizan.server.rating.Posts;
import mizan.server.reading.pull.Outbound;
import mizan.server.reporting.Reports;
import mizan.server.serve.FactCodec;
import mizan.server.serve.Snapshots;

/// Writes a receipt for every charge of the ledger, a leaf for every credit and payment, a statement for every day, and
/// seals them in the public log.
///
/// It follows the ledger by its sequence numbers, so every movement gets one leaf, in order, whatever crashes: the
/// receipts and the place in the ledger are written together. Serving and folding never wait for it.
public final class Sealing implements AutoCloseable {
    /// Movements that one step takes; more wait for the next.
    private static final int MOST = 2_000;
    /// A day is closed this long after its end: what was charged in it has reached the ledger by then.
    private static final Duration GRACE = Duration.ofMinutes(10);

    private static final int DAYS_A_STEP = 400;
    private static final int SNAPSHOTS = 8;
    private static final String CHARGE = "charge/";

    private final Sources sources;
    private final ProofStore store;
    private final LogStore files;
    private final List<LogKey> keys;
    private final InstantSource time;
    private final Commitments commitments;
    private final Receipts receipts;
    private final Set<String> knownTerms = new HashSet<>();
    private final Map<Long, Snapshot> snapshots = new LinkedHashMap<>(SNAPSHOTS, 0.75f, true);
    private Optional<Receipts.Page> lastPage = Optional.empty();
    private Optional<SealedLog> log = Optional.empty();
    private String policy = "";
    private Witnesses witnesses = Witnesses.NONE;
    private volatile Optional<String> stopped = Optional.empty();
    private volatile Optional<Newest> newest = Optional.empty();

    /// What receipts are written from.
    public record Sources(Reports reports, LedgerStore ledger, Journal journal, Booking booking, Snapshots snapshots) {}

    /// Where receipts and the log are kept, and the keys that sign it.
    ///
    /// @param keys Ed25519 first
    /// @param salts nobody may be able to guess
    public record Places(ProofStore store, LogStore files, List<LogKey> keys, RandomGenerator salts) {
        public Places {
            keys = List.copyOf(keys);
        }
    }

    public Sealing(Sources sources, Places places, InstantSource time) {
        this.sources = sources;
        this.store = places.store();
        this.files = places.files();
        this.keys = places.keys();
        this.time = time;
        this.commitments = new Commitments(places.salts());
        this.receipts = new Receipts(commitments);
    }

    /// A step that asks no witness.
    public boolean step() {
        return step(Witnesses.NONE);
    }

    /// A step with the witnesses that the log's own `policy` names.
    ///
    /// @param outbound by which they are called
    public boolean step(Outbound outbound) {
        return step(witnesses(outbound));
    }

    /// The policy is read again when it changed: adding a witness needs no restart.
    private Witnesses witnesses(Outbound outbound) {
        try {
            var text = files.read("policy")
                    .map(b -> new String(b, StandardCharsets.UTF_8))
                    .orElse("");
            if (!text.equals(policy)) {
                policy = text;
                witnesses = text.isEmpty() ? Witnesses.NONE : WitnessClient.of(text, outbound);
            }
            return witnesses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One step: leaves of the movements since the last one, statements of days that ended, and a new checkpoint over
    /// all. Answers whether there may be more to do at once.
    public synchronized boolean step(Witnesses witnesses) {
        boolean more = take();
        if (!more) {
            closeDays();
        }
        seal(witnesses);
        return more;
    }

    /// Writes leaves; answers whether movements are left.
    private boolean take() {
        long after = store.ledgerSequence();
        var entries = sources.reports().entries(after, MOST, Optional.empty());
        if (entries.isEmpty()) {
            return false;
        }
        var items = new ArrayList<Item>();
        long written = store.receiptsSequence();
        for (var entry : entries) {
            if (entry.kind().equals("posted") && entry.id().startsWith(CHARGE)) {
                if (entry.sequence() > written) {
                    receipt(new ImpressionId(entry.id().substring(CHARGE.length())), entry.at(), items);
                }
            } else {
                Movements.item(entry, this::campaign).ifPresent(items::add);
            }
        }
        store.append(salted(items), entries.getLast().sequence());
        return entries.size() == MOST;
    }

    private Optional<String> campaign(ImpressionId id) {
        return sources.ledger()
                .impression(id)
                .map(i -> i.impression().campaign().value());
    }

    private List<ProofStore.Salted> salted(List<Item> items) {
        return items.stream()
                .map(i -> new ProofStore.Salted(i, commitments.salt()))
                .toList();
    }

    /// Terms come before the first receipt that names them, and so were sealed before it.
    private void receipt(ImpressionId id, Instant chargedAt, List<Item> items) {
        var state = sources.ledger()
                .impression(id)
                .orElseThrow(() -> new IllegalStateException("the ledger charged " + id + " and does not know it"));
        var page = page(state.decidedAt());
        var snapshot = snapshot(page.record().bookRevision());
        var impression = state.impression();
        snapshot.entry(impression.adGroup())
                .flatMap(e -> e.terms())
                .filter(this::isNew)
                .ifPresent(terms -> items.add(Receipts.terms(terms)));
        items.add(receipts.receipt(page, impression, snapshot, chargedAt));
    }

    private Receipts.Page page(long decidedAt) {
        if (lastPage.isEmpty() || lastPage.get().decidedAt() != decidedAt) {
            var entry = sources.journal().at(decidedAt).orElseThrow();
            var record = FactCodec.decision(entry)
                    .map(Fact.Decided::record)
                    .orElseThrow(() -> new IllegalStateException("no decision stands at " + decidedAt));
            lastPage =
                    Optional.of(Receipts.Page.of(decidedAt, record, entry.payload(), snapshot(record.bookRevision())));
        }
        return lastPage.get();
    }

    private boolean isNew(Terms terms) {
        var id = Receipts.termsId(terms);
        return knownTerms.add(id) && store.index(Item.TERMS, id).isEmpty();
    }

    private Snapshot snapshot(long revision) {
        var current = sources.snapshots().current().snapshot();
        if (current.book().revision() == revision) {
            return current;
        }
        var known = snapshots.get(revision);
        if (known == null) {
            known = Snapshot.compile(sources.booking().bookAt(revision));
            if (snapshots.size() == SNAPSHOTS) {
                snapshots.remove(snapshots.keySet().iterator().next());
            }
            snapshots.put(revision, known);
        }
        return known;
    }

    private void closeDays() {
        store.reopened().forEach(this::close);
        var open = LocalDate.ofInstant(time.instant().minus(GRACE), ZoneOffset.UTC);
        var day = store.closedDay().map(d -> d.plusDays(1)).or(store::firstDay).orElse(open);
        for (int closed = 0; day.isBefore(open) && closed < DAYS_A_STEP; closed++) {
            close(day);
            day = day.plusDays(1);
        }
    }

    private void close(LocalDate day) {
        store.close(
                day, salted(store.totals(day).stream().map(Receipts::statement).toList()));
        store.forgetOpenings(day.minus(Posts.KEPT.toDays(), java.time.temporal.ChronoUnit.DAYS));
    }

    private void seal(Witnesses witnesses) {
        try {
            var sealing = opened();
            var now = time.instant();
            if (sealing.seal(now.getEpochSecond(), witnesses) > 0 || newest.isEmpty()) {
                newest = Optional.of(new Newest(now, sealing.size(), sealing.root()));
            }
            stopped = Optional.empty();
        } catch (ForkPrevented e) {
            log = Optional.empty();
            stopped = Optional.of(e.toString());
        } catch (IOException e) {
            // What was half written is read again from the disk.
            log = Optional.empty();
            stopped = Optional.of(e.toString());
            throw new UncheckedIOException(e);
        }
    }

    private SealedLog opened() throws IOException {
        if (log.isEmpty()) {
            var opened = SealedLog.open(files, store, keys);
            files.write("keys", (String.join("\n", opened.verifierKeys()) + "\n").getBytes(StandardCharsets.UTF_8));
            files.force();
            log = Optional.of(opened);
        }
        return log.get();
    }

    /// Why nothing is sealed any more; empty while all is well.
    public Optional<String> stopped() {
        return stopped;
    }

    /// The newest checkpoint that this process made.
    public Optional<Newest> newest() {
        return newest;
    }

    /// @param size how many entries it holds
    /// @param root of their tree, in base64
    public record Newest(Instant at, long size, String root) {}

    public LogStore files() {
        return files;
    }

    public ProofStore store() {
        return store;
    }

    /// What the public repository says of an ad.
    public record AdText(String ad, String text) {}

    /// Has what the public repository says of ads sealed with the next checkpoint; answers where each will stand.
    public synchronized List<Long> ads(List<AdText> ads) {
        var items = ads.stream()
                .map(a -> new Item(
                        Item.AD, a.ad(), "", "", "", "", 0, a.text().getBytes(StandardCharsets.UTF_8), List.of()))
                .toList();
        store.append(salted(items), store.ledgerSequence());
        return ads.stream().map(a -> store.index(Item.AD, a.ad()).orElseThrow()).toList();
    }

    /// That an impression's receipt is in the log: C2SP tlog-proof. Empty when it is not sealed yet.
    public Optional<String> proof(ImpressionId impression) throws IOException {
        return proof(Item.RECEIPT, impression.value());
    }

    /// The same for what the public repository says of an ad now.
    public Optional<String> proofOfAd(String ad) throws IOException {
        return proof(Item.AD, ad);
    }

    private synchronized Optional<String> proof(String kind, String id) throws IOException {
        OptionalLong index = store.index(kind, id);
        var sealing = opened();
        return index.isPresent() && index.getAsLong() < sealing.size()
                ? Optional.of(sealing.proof(index.getAsLong()))
                : Optional.empty();
    }

    /// What the log is named.
    public String origin() {
        return keys.getFirst().name();
    }

    /// A signed note of a text that is no checkpoint, by the log's first key.
    public String note(String text) {
        return keys.getFirst().note(text);
    }

    /// Deletes who wrote these posts from every receipt. Proofs stay as they are.
    public int erase(Collection<String> postIds) {
        return store.erase(postIds);
    }

    @Override
    public void close() {
        store.close();
    }
}
