package mizan.server.api;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mizan.core.campaign.AdvertiserId;
import mizan.core.identity.SortableId;
import mizan.server.app.Engine;
import mizan.server.http.ApiKey;
import mizan.server.http.ApiKeys;
import mizan.server.http.FairShare;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Scope;
import mizan.server.people.Approval;
import mizan.server.people.Approvals;
import mizan.server.people.Rule;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes and takes away API keys: nobody gives a key more than they have, or for an advertiser that they do not see.
public final class KeyDesk {
    private static final String PREFIX = "key";
    /// Rights that only look.
    private static final Set<Scope> READING =
            EnumSet.of(Scope.BOOK_READ, Scope.LEDGER_READ, Scope.AUDIT_READ, Scope.PLATFORM_READ);

    private final ApiKeys keys;
    private final Function<Mode, Engine> engines;
    private final Approvals approvals;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();

    public KeyDesk(ApiKeys keys, Function<Mode, Engine> engines, Approvals approvals, InstantSource time) {
        this.keys = keys;
        this.engines = engines;
        this.approvals = approvals;
        this.time = time;
    }

    /// What somebody wants of a key.
    public record Wanted(
            String name, Mode mode, Set<Scope> scopes, Optional<String> advertiser, Optional<Instant> expiresAt) {}

    /// A key and its text, which is shown once.
    ///
    /// @param waits present when the key opens nothing until a second person has let it in
    public record Made(ApiKey key, String text, Optional<Approval> waits) {}

    /// A test key never reaches live data, not by way of another key either. Live keys make test keys.
    static boolean sees(Principal by, Mode mode) {
        return mode == Mode.TEST || by.mode() == Mode.LIVE;
    }

    boolean isBooked(String advertiser, Mode mode) {
        return SortableId.hasForm(AdvertiserId.PREFIX, advertiser)
                && engines.apply(mode).booking().book().advertisers().containsKey(new AdvertiserId(advertiser));
    }

    /// @throws mizan.server.http.Refused `forbidden` when the maker has less than the key would have
    public Made make(Principal by, Wanted wanted) {
        var advertiser = by.advertiser().or(wanted::advertiser);
        if (!wanted.advertiser().or(() -> advertiser).equals(advertiser) || !sees(by, wanted.mode())) {
            throw Problem.of(ProblemCode.FORBIDDEN, "another advertiser").refused();
        }
        for (var scope : wanted.scopes()) {
            if (!by.may(scope) || (advertiser.isPresent() && scope.isOfThePlatform())) {
                throw Problem.of(ProblemCode.FORBIDDEN, scope.text()).refused();
            }
        }
        requireRoom(advertiser);
        boolean waits = !READING.containsAll(wanted.scopes())
                && approvals.rule(Rule.Kind.KEY_CHANGE, advertiser).covers(0);
        var text = ApiKeys.create(wanted.mode(), random);
        var id = engines.apply(wanted.mode()).ids().next(PREFIX);
        var key = new ApiKey(
                ApiKeys.hash(text),
                new Principal(id, by.behind(), wanted.mode(), wanted.scopes(), advertiser),
                wanted.name(),
                time.instant(),
                wanted.expiresAt(),
                Optional.empty(),
                waits);
        keys.add(key);
        return new Made(key, text, waits ? Optional.of(approvals.ask(ask(key), by)) : Optional.empty());
    }

    /// Keys that were taken away are kept for their names in logs, and count as well.
    private void requireRoom(Optional<String> advertiser) {
        var all = keys.all();
        long own = all.stream()
                .filter(k -> k.principal().advertiser().equals(advertiser))
                .count();
        if (!FairShare.hasRoom(advertiser, ApiKeys.MAX_KEYS, all.size(), own)) {
            throw Problem.of(ProblemCode.LIMIT_EXCEEDED, ApiKeys.MAX_KEYS + " keys")
                    .at("name")
                    .refused();
        }
    }

    private static Approvals.Ask ask(ApiKey key) {
        var after = json(key);
        return new Approvals.Ask(
                Rule.Kind.KEY_CHANGE,
                key.principal().advertiser(),
                "",
                JsonNodeFactory.instance.objectNode().put("key", key.principal().keyId()),
                new Approval.Shown(
                        key.principal().keyId(), key.name(), JsonNodeFactory.instance.objectNode(), after, 0, ""),
                "");
    }

    /// Keys that the caller may see, oldest first.
    public List<ApiKey> visible(Principal by) {
        return keys.all().stream()
                .filter(k -> sees(by, k.principal().mode()))
                .filter(k -> by.advertiser().isEmpty()
                        || by.advertiser().equals(k.principal().advertiser()))
                .toList();
    }

    /// Takes a key away, at once.
    public ApiKey revoke(Principal by, String id) {
        if (id.equals(by.keyId())) {
            throw Problem.of(ProblemCode.STATE_CONFLICT, "a key cannot take itself away; use another one")
                    .refused();
        }
        return visible(by).stream()
                .filter(k -> k.principal().keyId().equals(id))
                .findFirst()
                .flatMap(_ -> keys.revoke(id))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
    }

    /// Takes away every key that a person made.
    public void revokeAll(String person) {
        keys.all().stream()
                .filter(k -> k.principal().behind().equals(person))
                .forEach(k -> keys.revoke(k.principal().keyId()));
    }

    static ObjectNode json(ApiKey key) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", key.principal().keyId());
        json.put("name", key.name());
        json.put("mode", key.principal().mode().name());
        var scopes = json.putArray("scopes");
        key.principal().scopes().stream().map(Scope::text).sorted().forEach(scopes::add);
        key.principal().advertiser().ifPresent(a -> json.put("advertiser", a));
        json.put("created_at", key.createdAt().toString());
        key.expiresAt().ifPresent(e -> json.put("expires_at", e.toString()));
        key.revokedAt().ifPresent(e -> json.put("revoked_at", e.toString()));
        if (key.isWaiting()) {
            json.put("waiting", true);
        }
        return json;
    }
}
