package mizan.server.api;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.server.app.Engine;
import mizan.server.billing.DocumentJson;
import mizan.server.booking.Change;
import mizan.server.booking.Kind;
import mizan.server.disputes.Dispute;
import mizan.server.disputes.DisputeStore;
import mizan.server.people.Person;
import mizan.server.people.Workspace;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// All of one advertiser's account as JSON: what was booked with every version of it, money, invoices, disputes, and
/// the
/// people who may use it. Showings are not in it: they are in its proof packs, each with its proof.
record AccountExport(Engine engine, Workspace workspace) {
    /// Of one thing, the newest; nobody changes a campaign more often.
    private static final int MAX_VERSIONS = 10_000;

    /// Movements of money, the newest; the rest are read page by page (`/v1/ledger/entries`).
    private static final int MAX_ENTRIES = 10_000;

    private static final int MAX_DISPUTES = 10_000;

    ObjectNode of(AdvertiserId advertiser) {
        var id = advertiser.value();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("advertiser", id).put("at", engine.time().instant().toString());
        var booked = json.putArray("booked");
        owned(engine.booking().book(), advertiser).forEach((thing, kind) -> booked.add(versions(thing, kind)));
        money(json, id);
        invoices(json, id);
        var disputes = json.putArray("disputes");
        engine
                .disputes()
                .store()
                .newest(Optional.of(id), Optional.<Dispute.State>empty(), Long.MAX_VALUE, MAX_DISPUTES)
                .stream()
                .map(DisputeStore.Numbered::dispute)
                .forEach(dispute -> disputes.add(DisputeRoutes.json(engine, dispute)));
        people(json.putArray("people"), id);
        return json;
    }

    /// Everything that is the advertiser's, parents before what hangs on them.
    private static Map<String, Kind> owned(Book book, AdvertiserId advertiser) {
        var owned = new LinkedHashMap<String, Kind>();
        owned.put(advertiser.value(), Kind.ADVERTISER);
        add(
                owned,
                Kind.TERMS,
                book.terms().values().stream()
                        .filter(t -> t.advertiser().equals(advertiser))
                        .map(t -> t.id().value()));
        add(
                owned,
                Kind.CAMPAIGN,
                book.campaigns().values().stream()
                        .filter(c -> c.advertiser().equals(advertiser))
                        .map(c -> c.id().value()));
        add(
                owned,
                Kind.AD_GROUP,
                book.adGroups().values().stream()
                        .filter(g -> owned.containsKey(g.campaign().value()))
                        .map(g -> g.id().value()));
        add(
                owned,
                Kind.CREATIVE,
                book.creatives().values().stream()
                        .filter(c -> c.advertiser().equals(advertiser))
                        .map(c -> c.id().value()));
        add(
                owned,
                Kind.AD,
                book.ads().values().stream()
                        .filter(a -> owned.containsKey(a.adGroup().value()))
                        .map(a -> a.id().value()));
        return owned;
    }

    private static void add(Map<String, Kind> owned, Kind kind, Stream<String> ids) {
        ids.sorted().toList().forEach(id -> owned.put(id, kind));
    }

    private ObjectNode versions(String id, Kind kind) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", id).put("kind", kind.code());
        var versions = json.putArray("versions");
        engine.booking().history(id, MAX_VERSIONS).stream()
                .sorted(Comparator.comparingLong(Change::revision))
                .forEach(change -> {
                    var one = versions.addObject();
                    one.put("revision", change.revision()).put("verb", change.verb());
                    one.put("actor", change.actor()).put("why", change.why());
                    one.put("at", change.at().toString());
                    one.set("body", change.body());
                });
        return json;
    }

    private void money(ObjectNode json, String id) {
        var balances = json.putArray("balances");
        engine.accountant().balances().forEach((account, micros) -> {
            if (account.owner().equals(id)) {
                balances.addObject()
                        .put("account", LedgerRoutes.name(account))
                        .put("currency", account.currency().getCurrencyCode())
                        .put("micros", micros);
            }
        });
        var rows =
                engine.reports().newestEntries(Long.MAX_VALUE, MAX_ENTRIES + 1, Optional.of("advertiser_funds:" + id));
        var entries = json.putArray("entries");
        rows.stream().limit(MAX_ENTRIES).forEach(row -> entries.add(LedgerRoutes.json(row)));
        json.put("entries_more", rows.size() > MAX_ENTRIES);
    }

    private void invoices(ObjectNode json, String id) {
        var documents = json.putArray("documents");
        engine.invoices().ifPresent(invoices -> {
            invoices.party(id).ifPresent(party -> json.set("billing", DocumentJson.write(party)));
            invoices.all(Optional.of(id)).forEach(document -> documents.add(DocumentJson.write(document)));
        });
    }

    private void people(ArrayNode json, String id) {
        workspace.store().people().stream()
                .filter(person -> person.advertiser().equals(Optional.of(id)))
                .sorted(Comparator.comparing(Person::id))
                .forEach(person -> {
                    var one = json.addObject().put("id", person.id()).put("name", person.name());
                    one.put("login", person.login()).put("role", person.role().text());
                    one.put("since", person.createdAt().toString());
                    person.removedAt().ifPresent(at -> one.put("until", at.toString()));
                });
    }
}
