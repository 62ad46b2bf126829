package mizan.server.reporting;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.signal.Names;
import mizan.core.signal.NewsReader;
import mizan.core.signal.Reading;
import mizan.core.signal.Signal;
import mizan.server.http.Ids;
import mizan.server.reporting.DeskStore.Entry;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What people know of advertisers and no ledger does: signals from the news, notes, who looks after whom,
/// what is to be done next, and who was let look in.
///
/// Everything is an entry of one log that is only ever added to; what stands is folded from it.
public final class Desk implements AutoCloseable {
    /// Somebody wrote something about an advertiser.
    public record Note(Instant at, String actor, String text) {}

    /// What is to be done next, and by when.
    public record NextAction(String text, Optional<LocalDate> due) {}

    /// A link for readers without an account.
    public record Share(String id, Instant until, boolean revoked, String madeBy) {}

    /// A message that waits in the spool for whoever sends mail.
    public record Mail(Instant at, String language, String subject, String text) {}

    private final NewsReader reader = NewsReader.builtIn();
    private final DeskStore store;
    private final InstantSource time;
    private final Ids ids;
    private final Map<String, KeptSignal> signals = new LinkedHashMap<>();
    private final Map<String, List<Note>> notes = new LinkedHashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Map<String, NextAction> next = new LinkedHashMap<>();
    private final List<Mail> spool = new ArrayList<>();
    private final Map<String, Share> shares = new LinkedHashMap<>();
    private List<String> platformNames = List.of();

    public Desk(DeskStore store, InstantSource time, Ids ids) {
        this.store = store;
        this.time = time;
        this.ids = ids;
        store.all().forEach(this::fold);
    }

    /// A text's reading, with the ids under which its signals now wait for a person.
    public record Proposed(List<KeptSignal> signals, Reading reading) {}

    /// Reads a text. What the same source told before is not proposed again.
    ///
    /// @param more names of the platform beside those that were set
    public synchronized Proposed read(
            String text, String source, LocalDate published, Book book, List<String> more, String actor) {
        var reading = reader.read(text, names(book, more), published);
        var proposed = new ArrayList<KeptSignal>();
        var entries = new ArrayList<Entry>();
        for (var signal : reading.signals()) {
            if (!isKnown(signal, source)) {
                var kept = new KeptSignal(
                        ids.next(KeptSignal.PREFIX),
                        signal,
                        source,
                        published,
                        time.instant(),
                        KeptSignal.State.PROPOSED,
                        "",
                        "");
                proposed.add(kept);
                entries.add(entry(actor, "signal_read", kept.id(), kept.json()));
            }
        }
        keep(entries);
        return new Proposed(proposed, reading);
    }

    private boolean isKnown(Signal signal, String source) {
        return signals.values().stream()
                .anyMatch(k -> k.source().equals(source) && k.signal().equals(signal));
    }

    private Names names(Book book, List<String> more) {
        var platform = new ArrayList<>(platformNames);
        platform.addAll(more);
        var advertisers = new LinkedHashMap<AdvertiserId, List<String>>();
        book.advertisers().forEach((id, advertiser) -> {
            var theirs = new ArrayList<>(advertiser.name().byLanguage().values());
            theirs.addAll(advertiser.aliases());
            advertisers.put(id, theirs);
        });
        return new Names(platform, advertisers);
    }

    /// A person's word on a signal; a later one replaces it, and both stay in the log.
    ///
    /// @return empty when there is no such signal
    public synchronized Optional<KeptSignal> decide(String id, KeptSignal.State state, String actor, String why) {
        if (!signals.containsKey(id)) {
            return Optional.empty();
        }
        var body =
                JsonNodeFactory.instance.objectNode().put("state", state.name()).put("why", why);
        keep(List.of(entry(actor, "signal_decided", id, body)));
        return Optional.ofNullable(signals.get(id));
    }

    public synchronized void note(AdvertiserId advertiser, String text, String actor) {
        keep(List.of(entry(actor, "note", advertiser.value(), text(text))));
    }

    public synchronized void assign(AdvertiserId advertiser, String owner, String actor) {
        keep(List.of(entry(actor, "owner", advertiser.value(), text(owner))));
    }

    public synchronized void plan(AdvertiserId advertiser, NextAction action, String actor) {
        var body = text(action.text());
        action.due().ifPresent(due -> body.put("due", due.toString()));
        keep(List.of(entry(actor, "next_action", advertiser.value(), body)));
    }

    /// By what names the press calls the platform.
    public synchronized void call(List<String> names, String actor) {
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("names");
        names.forEach(list::add);
        keep(List.of(entry(actor, "platform_names", "platform", body)));
    }

    public synchronized Mail spool(String language, String subject, String text, String actor) {
        var body = text(text).put("subject", subject);
        keep(List.of(entry(actor, "mail", language, body)));
        return spool.getLast();
    }

    /// Oldest first.
    public synchronized List<Mail> spooled() {
        return List.copyOf(spool);
    }

    public synchronized Share share(Instant until, String actor) {
        var id = ids.next("shr");
        var body = JsonNodeFactory.instance.objectNode().put("until", until.toString());
        keep(List.of(entry(actor, "shared", id, body)));
        return java.util.Objects.requireNonNull(shares.get(id));
    }

    /// @return empty when there is no such share
    public synchronized Optional<Share> revoke(String id, String actor) {
        if (!shares.containsKey(id)) {
            return Optional.empty();
        }
        keep(List.of(entry(actor, "unshared", id, JsonNodeFactory.instance.objectNode())));
        return share(id);
    }

    public synchronized Optional<Share> share(String id) {
        return Optional.ofNullable(shares.get(id));
    }

    public synchronized List<Share> shares() {
        return List.copyOf(shares.values());
    }

    /// Newest first.
    public synchronized List<KeptSignal> signals() {
        return new ArrayList<>(signals.values()).reversed();
    }

    /// What a person has confirmed of one advertiser, oldest first.
    public synchronized List<KeptSignal> confirmed(String advertiser) {
        return signals.values().stream()
                .filter(s -> s.state() == KeptSignal.State.CONFIRMED)
                .filter(s -> s.signal().advertiser().value().equals(advertiser))
                .toList();
    }

    /// Oldest first.
    public synchronized List<Note> notes(String advertiser) {
        return List.copyOf(notes.getOrDefault(advertiser, List.of()));
    }

    public synchronized String owner(String advertiser) {
        return owners.getOrDefault(advertiser, "");
    }

    public synchronized Optional<NextAction> next(String advertiser) {
        return Optional.ofNullable(next.get(advertiser));
    }

    public synchronized List<String> platformNames() {
        return platformNames;
    }

    private void keep(List<Entry> entries) {
        store.append(entries);
        entries.forEach(this::fold);
    }

    private Entry entry(String actor, String kind, String subject, ObjectNode body) {
        return new Entry(time.instant(), actor, kind, subject, body);
    }

    private static ObjectNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put("text", text);
    }

    private void fold(Entry entry) {
        var id = entry.subject();
        var body = entry.body();
        switch (entry.kind()) {
            case "signal_read" -> signals.put(id, KeptSignal.read(id, body, entry.at()));
            case "signal_decided" ->
                signals.computeIfPresent(
                        id,
                        (_, kept) -> kept.decided(
                                KeptSignal.State.valueOf(body.path("state").stringValue()),
                                entry.actor(),
                                body.path("why").stringValue()));
            case "note" ->
                notes.computeIfAbsent(id, _ -> new ArrayList<>())
                        .add(new Note(
                                entry.at(), entry.actor(), body.path("text").stringValue()));
            case "owner" -> owners.put(id, body.path("text").stringValue());
            case "next_action" -> {
                var due = Optional.of(body.path("due").asString("")).filter(d -> !d.isEmpty());
                next.put(id, new NextAction(body.path("text").stringValue(), due.map(LocalDate::parse)));
            }
            case "platform_names" -> {
                var names = new ArrayList<String>();
                body.path("names").forEach(n -> names.add(n.stringValue()));
                platformNames = List.copyOf(names);
            }
            case "mail" ->
                spool.add(new Mail(
                        entry.at(),
                        id,
                        body.path("subject").stringValue(),
                        body.path("text").stringValue()));
            case "shared" -> {
                var until = Instant.parse(body.path("until").stringValue());
                shares.put(id, new Share(id, until, false, entry.actor()));
            }
            case "unshared" -> shares.computeIfPresent(id, (_, s) -> new Share(s.id(), s.until(), true, s.madeBy()));
            default -> throw new IllegalStateException("the desk's log has an unknown " + entry.kind());
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
