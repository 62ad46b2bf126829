package mizan.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mizan.server.api.Actions;
import mizan.server.http.Access;
import mizan.server.http.ApiKeys;
import mizan.server.http.Edge;
import mizan.server.http.Ids;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Proxies;
import mizan.server.http.Reception;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Route;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.http.Watch;
import mizan.server.pages.Community;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.People;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Role;
import mizan.server.people.Rule;
import mizan.server.people.Workspace;
import mizan.server.picture.redraw.SamplePictures;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every operation of the route table, for every role, of two advertisers, on things of either: what each is answered.
///
/// Two advertisers book the same; each name of the other holds a word that no answer to the first may hold.
class AccessMatrixTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<String> TENANTS = List.of("Aleph", "Bayt");
    private static final String OWNER = key("owner");
    private static final String ORIGIN = "http://localhost:8080";

    @TempDir
    private Path folder = Path.of("");

    private Engine engine;
    private Server server;
    private Workspace workspace;

    /// What is booked, by tenant and then by kind of thing.
    private final Map<String, Map<String, String>> booked = new LinkedHashMap<>();

    private static String key(String name) {
        return "mz_live_" + name;
    }

    @BeforeEach
    void start() throws Exception {
        InstantSource clock = () -> NOW;
        engine = Engine.embedded(folder, LeaseRules.STANDARD, clock, new SplittableRandom(5));
        var keys = new ApiKeys();
        keys.admit(ApiKeys.hash(OWNER), principal("owner", Role.OWNER, Optional.empty()));
        var engines = Map.of(Mode.LIVE, engine);
        workspace = Workspace.of(new RememberedPeople(), ORIGIN, keys, clock, new SplittableRandom(6));
        var actions = Actions.of(workspace, keys, engines, clock);
        var door = FrontDoor.closed(workspace, Mode.LIVE);
        var links = new EntryLinks(clock, new SplittableRandom(7));
        var pages = new PageRoutes(engine, Community.named("Marsa"), actions, door, links, false);
        server = new Server(
                new Server.Listen("127.0.0.1", 0),
                engines,
                Mode.LIVE,
                keys,
                new RememberedAnswers(),
                new Server.Console(actions, door, pages.routes()),
                clock);
        for (var tenant : TENANTS) {
            booked.put(tenant, book(tenant));
        }
        for (var role : Role.values()) {
            for (var tenant : role.isBound() ? TENANTS : List.of("")) {
                var advertiser = Optional.ofNullable(booked.get(tenant)).map(b -> b.getOrDefault("advertisers", ""));
                keys.admit(ApiKeys.hash(key(role + tenant)), principal(role + tenant, role, advertiser));
            }
        }
    }

    private static Principal principal(String id, Role role, Optional<String> advertiser) {
        return new Principal(id, Mode.LIVE, role.scopes(), advertiser);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// One of everything, named after its tenant, and a raise that waits.
    private Map<String, String> book(String tenant) throws Exception {
        var made = new HashMap<String, String>();
        made.put("picture", engine.pictures().keep(SamplePictures.kept()).name());
        for (var kind : List.of(
                "advertisers", "suitability-terms", "campaigns", "ad-groups", "creatives", "ads", "placements")) {
            var body = ValidBodies.BODIES
                    .getOrDefault(kind, "")
                    .replace("@new", kind + tenant.toLowerCase(Locale.ROOT))
                    .replace("Nordlys", tenant)
                    .replace("نورديليس", tenant)
                    .replace("Winter", tenant + " winter")
                    .replace("Night photos", tenant + " photos");
            for (var known : made.entrySet()) {
                body = body.replace("@" + known.getKey() + "@", known.getValue());
            }
            made.put(kind, id(send("POST", "/v1/" + kind, body, OWNER)));
        }
        made.put(
                "api-keys",
                id(send(
                        "POST",
                        "/v1/api-keys",
                        "{\"name\":\"" + tenant + " key\",\"mode\":\"LIVE\",\"role\":\"ANALYST\",\"advertiser\":\""
                                + made.get("advertisers") + "\"}",
                        OWNER)));
        var invitation = workspace
                .people()
                .invite(
                        tenant,
                        Role.ANALYST,
                        Optional.ofNullable(made.get("advertisers")),
                        principal("owner", Role.OWNER, Optional.empty()));
        var person = workspace.people().join(invitation, new People.Joining(tenant, tenant + "@a.example", ""));
        made.put("people", person.id());
        made.put("decisions", "dec_0");
        workspace.approvals().enforce(new Rule("", Rule.Kind.RAISE, OptionalLong.of(0)));
        var waits = send(
                "POST",
                "/v1/campaigns/" + made.get("campaigns") + "/raise",
                "{\"total_micros\":3000000000,\"why\":\"" + tenant + "\"}",
                OWNER);
        assertEquals(202, waits.statusCode(), waits.body());
        made.put(
                "approvals",
                StrictJson.own(waits.body()).path("approval").path("id").asString());
        workspace.approvals().enforce(new Rule("", Rule.Kind.RAISE, OptionalLong.empty()));
        return made;
    }

    private static String id(HttpResponse<String> answer) {
        assertTrue(answer.statusCode() < 300, answer.body());
        return StrictJson.own(answer.body()).path("id").asString();
    }

    private HttpResponse<String> send(String method, String path, String body, String key) throws Exception {
        return send(method, path, body, key, false);
    }

    private HttpResponse<String> send(String method, String path, String body, String key, boolean form)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("idempotency-key", ApiKeys.hash(path + body + key + method))
                .header("origin", ORIGIN)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("authorization", "Bearer " + key);
        }
        if (form || !body.isEmpty()) {
            request.header("content-type", form ? "application/x-www-form-urlencoded" : "application/json");
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// The path of a route on the things of a tenant; empty where nothing booked fits.
    private Optional<String> path(Route route, String tenant) {
        if (!route.path().contains("{")) {
            return Optional.of(route.path());
        }
        var parts = route.path().split("/");
        var kind = parts[parts[1].equals("v1") ? 2 : 1];
        var things = booked.getOrDefault(tenant, Map.of());
        var thing = Optional.ofNullable(things.get(
                switch (kind) {
                    case "keys" -> "api-keys";
                    case "first-campaign", "bulk" -> "advertisers";
                    default -> kind;
                }));
        return route.path().contains("{kind}")
                ? Optional.of(route.path().replace("{kind}", "raise"))
                : thing.map(id -> route.path()
                        .replace("{id}", id)
                        .replace("{number}", "1")
                        .replace("{community}", "gardeners")
                        .replace("{step}", "billing"));
    }

    @Test
    void givenEveryOperation_whenEveryRoleOfEveryTenantCallsIt_thenNothingIsAnsweredThatIsNotTheirs() throws Exception {
        int cells = 0;
        var leaks = new ArrayList<String>();
        for (var route : server.routes()) {
            if (route.access() instanceof Access.Everybody) {
                continue;
            }
            for (var owner : TENANTS) {
                var path = path(route, owner);
                if (path.isEmpty()) {
                    continue;
                }
                leaks.addAll(cell(route, path.get(), owner, "", Optional.empty()));
                cells++;
                for (var role : Role.values()) {
                    for (var tenant : role.isBound() ? TENANTS : List.of("")) {
                        cells++;
                        leaks.addAll(cell(route, path.get(), owner, key(role + tenant), Optional.of(role)));
                    }
                }
            }
        }
        System.out.println(cells + " cells, " + leaks.size() + " leaks");
        assertEquals(List.of(), leaks);
        assertTrue(cells > 1_500, "only " + cells + " cells were tried");
    }

    /// What is wrong with the answer to one caller.
    private List<String> cell(Route route, String path, String owner, String key, Optional<Role> role)
            throws Exception {
        boolean form = route.body() == Route.Body.FORM;
        boolean theirs =
                role.isPresent() && allows(route, role.get()) && (!role.get().isBound() || key.endsWith(owner));
        // What would do something is sent by whoever must not: a refusal for its form would hide that of its sender.
        var body = form ? "x=y" : route.body() != Route.Body.JSON ? "" : theirs ? "{}" : valid(route, owner);
        var answer = send(route.method(), path, body, key, form);
        var where = route.operation() + " of " + owner + " by " + key + ": " + answer.statusCode();
        if (role.isEmpty()) {
            return answer.statusCode() == 401 ? List.of() : List.of(where);
        }
        if (!allows(route, role.get())) {
            return answer.statusCode() == 403 ? List.of() : List.of(where);
        }
        if (answer.statusCode() == 403 && !mayBeForbidden(route)) {
            return List.of(where + " though the role has it");
        }
        if (!role.get().isBound()) {
            return List.of();
        }
        boolean foreign = !key.endsWith(owner);
        boolean names = booked.getOrDefault(owner, Map.of()).values().stream().anyMatch(body::contains);
        var other = TENANTS.stream().filter(t -> !key.endsWith(t)).findFirst().orElseThrow();
        var problems = new ArrayList<String>();
        if (foreign && names && answer.statusCode() < 400) {
            problems.add(where + " with a body that names things of another");
        }
        // Placements belong to the platform: everybody who books may read them.
        boolean named = route.path().contains("{id}") && !route.path().contains("placements");
        if (foreign && named && answer.statusCode() < 400) {
            problems.add(where + " on a thing of another");
        }
        if (!route.path().contains("placements") && answer.body().contains(other)) {
            problems.add(where + " tells of " + other);
        }
        return problems;
    }

    /// A body that the route takes from whoever may send it, about things of a tenant.
    private String valid(Route route, String tenant) {
        var parts = route.path().split("/");
        var kind = parts.length > 2 ? parts[2] : "";
        var body = ValidBodies.of(route.requestSchema().orElse("form"), kind).replace("@new", "code-of-" + tenant);
        for (var thing : booked.getOrDefault(tenant, Map.of()).entrySet()) {
            body = body.replace("@" + thing.getKey() + "@", thing.getValue());
        }
        if (route.method().equals("PATCH")) {
            var json = StrictJson.own(body);
            json.remove(List.of("currency", "advertiser", "campaign", "ad_group", "code", "external_id"));
            return json.toString();
        }
        return body;
    }

    /// Things that only the platform may make, whatever the right to book says.
    private static boolean mayBeForbidden(Route route) {
        return List.of(
                                "createAdvertiser",
                                "createPlacement",
                                "tryNewTerms",
                                "changePlacement",
                                "approve",
                                "approveOnPage",
                                "decline",
                                "declineOnPage")
                        .contains(route.operation())
                || route.operation().startsWith("create");
    }

    private static boolean allows(Route route, Role role) {
        return switch (route.access()) {
            case Access.Needs(Scope scope) -> role.scopes().contains(scope);
            case Access.SignedIn() -> true;
            case Access.Everybody() -> true;
            case Access.Undeclared() -> false;
        };
    }

    @Test
    void givenAnOperationThatDoesNotSayWhoMayUseIt_whenTheServerStarts_thenItDoesNot() {
        var routes = List.of(Route.get("/v1/secrets", "secrets", call -> {
            throw new AssertionError();
        }));
        var ids = new Ids(() -> NOW, new SplittableRandom(1));
        assertThrows(
                IllegalStateException.class,
                () -> new Edge(
                        Edge.Door.at("127.0.0.1", 0, Proxies.HERE),
                        routes,
                        new ApiKeys(),
                        Reception.NONE,
                        new RememberedAnswers(),
                        Watch.NOBODY,
                        Map.of(),
                        () -> NOW,
                        ids));
    }

    @Test
    void givenRoles_whenTheirRightsAreRead_thenNoneOfAnAdvertiserHasOneOfThePlatform() {
        for (var role : Role.values()) {
            assertFalse(role.isBound() && role.scopes().stream().anyMatch(Scope::isOfThePlatform), role::toString);
        }
    }

    /// Run with `-Dwrite` after a change of routes or roles, and review the difference.
    @Test
    void givenTheTableInTheDocuments_whenItIsGeneratedAgain_thenItIsTheSame() throws Exception {
        var file = Path.of("../docs/access.md");
        var table = table();
        if (System.getProperty("write") != null) {
            Files.writeString(file, table);
        }
        assertEquals(table, Files.readString(file), "docs/access.md: run this test with -Dwrite");
    }

    private String table() {
        var text = new StringBuilder("""
            # Who may what

            Generated from the table of routes and the roles by `AccessMatrixTest`; a test fails when it is old.
            An operation that does not say who may use it keeps the server from starting. ● may, on everything;
            ◐ may, on things of one's own advertiser only; others are answered as if they did not exist.

            | operation | address | right |\
            """);
        for (var role : Role.values()) {
            text.append(' ').append(role.text().replace('_', ' ')).append(" |");
        }
        text.append("\n| --- | --- | --- |")
                .append(" :-: |".repeat(Role.values().length))
                .append('\n');
        for (var route : server.routes().stream()
                .sorted((a, b) -> (a.path() + a.method()).compareTo(b.path() + b.method()))
                .toList()) {
            text.append("| ")
                    .append(route.operation())
                    .append(" | `")
                    .append(route.method())
                    .append(' ');
            text.append(route.path())
                    .append("` | ")
                    .append(right(route.access()))
                    .append(" |");
            for (var role : Role.values()) {
                text.append(!allows(route, role) ? "  |" : role.isBound() && !isOpen(route) ? " ◐ |" : " ● |");
            }
            text.append('\n');
        }
        text.append("\n## Roles\n\n| role | rights |\n| --- | --- |\n");
        for (var role : Role.values()) {
            text.append("| ").append(role.text().replace('_', ' ')).append(" | ");
            text.append(new TreeSet<>(role.scopes())
                    .stream().map(s -> "`" + s.text() + "`").collect(Collectors.joining(" ")));
            text.append(" |\n");
        }
        text.append("\nRights of the platform, which nobody has who acts for one advertiser: ");
        text.append(Arrays.stream(Scope.values())
                .filter(Scope::isOfThePlatform)
                .map(s -> "`" + s.text() + "`")
                .collect(Collectors.joining(" ")));
        return text.append(".\n").toString();
    }

    private static boolean isOpen(Route route) {
        return route.access() instanceof Access.Everybody;
    }

    private static String right(Access access) {
        return switch (access) {
            case Access.Everybody() -> "everybody";
            case Access.SignedIn() -> "signed in";
            case Access.Needs(Scope scope) -> "`" + scope.text() + "`";
            case Access.Undeclared() -> "none";
        };
    }
}
