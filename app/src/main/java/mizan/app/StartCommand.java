package mizan.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import mizan.server.api.Actions;
import mizan.server.app.Accounts;
import mizan.server.app.Engine;
import mizan.server.app.Server;
import mizan.server.findings.Findings;
import mizan.server.http.AddressRanges;
import mizan.server.http.ApiKey;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Proxies;
import mizan.server.http.Scope;
import mizan.server.mail.Letters;
import mizan.server.mail.MailSettings;
import mizan.server.mail.SmtpPost;
import mizan.server.oidc.ProviderFile;
import mizan.server.oidc.SignIns;
import mizan.server.pages.Community;
import mizan.server.pages.DeskLetters;
import mizan.server.pages.Entrances;
import mizan.server.pages.FrontDoor;
import mizan.server.pages.PageRoutes;
import mizan.server.people.EntryLinks;
import mizan.server.people.Workspace;
import mizan.server.proof.LogKeyFile;
import mizan.server.reading.pull.Outbound;
import mizan.server.serve.LeaseRules;
import mizan.server.store.Postgres;
import mizan.server.store.SqliteApiKeyStore;
import mizan.server.store.SqliteIdempotency;
import mizan.server.store.SqlitePeopleStore;
import mizan.server.traffic.TrafficFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The server on one's own data. Keys are given by the environment, so that none is in a file of the
/// repository.
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description =
                "Run the server. The first start prints an API key once; MIZAN_ADMIN_KEY (mz_live_ and 52 digits) admits one from outside.")
final class StartCommand implements Callable<Integer> {
    @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on (${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "8080", description = "port to listen on (${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--folder", defaultValue = "mizan-data", description = "where the data is (${DEFAULT-VALUE})")
    private Path folder = Path.of("mizan-data");

    @Option(
            names = "--name",
            defaultValue = "Mizan",
            description = "name of the community, for its pages (${DEFAULT-VALUE})")
    private String name = "Mizan";

    @Option(
            names = "--private-sources",
            description = "let sources of posts be in private networks too (off: public addresses alone)")
    private boolean privateSources;

    @Option(
            names = "--no-landing-pages",
            description = "do not look daily at what approved creatives lead to (default: look, and show what changed)")
    private boolean noLandingPages;

    @Option(
            names = "--origin",
            description =
                    "where people open the console, such as https://ads.example (default: http://localhost and the port)")
    private String origin = "";

    @Option(
            names = "--log-name",
            description =
                    "name of the public log for ever, its address without https:// such as ads.example/log (default: a name that says nothing)")
    private Optional<String> logName = Optional.empty();

    @Option(
            names = "--credit-days",
            defaultValue = "7",
            description =
                    "how many days after an ad a post beside it that turns bad is still credited: 1 to 90 (${DEFAULT-VALUE})")
    private int creditDays;

    @Option(
            names = "--store",
            defaultValue = "${env:MIZAN_STORE}",
            description =
                    "PostgreSQL for book and ledger, such as jdbc:postgresql://db.example/mizan?user=mizan (default: MIZAN_STORE, else files)")
    private Optional<String> store = Optional.empty();

    @Option(
            names = "--proxy",
            split = ",",
            defaultValue = "${env:MIZAN_PROXY}",
            description =
                    "address ranges of your own proxies, such as 10.0.0.0/8: their X-Forwarded-For is believed (default: MIZAN_PROXY, else this machine alone)")
    private List<String> proxies = List.of();

    @Option(
            names = "--confirm-minutes",
            defaultValue = "5",
            description =
                    "how long after somebody signed in or showed again who they are a key, invitation or passkey needs no other proof: 0 to 60 (${DEFAULT-VALUE})")
    private int confirmMinutes;

    @Option(
            names = "--recover",
            description = "print a link that makes one more owner, when nobody can come in any more")
    private boolean recover;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (port < 0 || port > 65_535) {
            System.err.println("mizan: --port is 0 to 65535. See --help.");
            return Main.USAGE;
        }
        if (!origin.isEmpty() && !origin.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?")) {
            System.err.println("mizan: --origin is such as https://ads.example. See --help.");
            return Main.USAGE;
        }
        if (creditDays < 1 || creditDays > Findings.LONGEST_WINDOW.toDays()) {
            System.err.println("mizan: --credit-days is 1 to 90. See --help.");
            return Main.USAGE;
        }
        if (confirmMinutes < 0 || confirmMinutes > 60) {
            System.err.println("mizan: --confirm-minutes is 0 to 60. See --help.");
            return Main.USAGE;
        }
        var ownProxies = proxies();
        if (ownProxies.isEmpty()) {
            System.err.println("mizan: --proxy is an address range such as 10.0.0.0/8 or 2001:db8::/32. See --help.");
            return Main.USAGE;
        }
        port = Ports.free(host, port);
        Folders.requireWritable(folder);
        var refused = nameLog(folder.resolve("live").resolve("log.key"));
        if (refused.isPresent()) {
            System.err.println("mizan: " + refused.get());
            return Main.USAGE;
        }
        var time = InstantSource.system();
        var random = new SecureRandom();
        var settings = Engine.Settings.of(LeaseRules.STANDARD).crediting(Duration.ofDays(creditDays));
        var postgres = store.map(Postgres::at);
        var live = engine("live", postgres, settings, time, random);
        var test = engine("test", postgres, settings, time, random);
        var keys = new ApiKeys(SqliteApiKeyStore.open(folder.resolve("keys.db")), time);
        var given = Optional.ofNullable(System.getenv("MIZAN_ADMIN_KEY"));
        given.ifPresent(key -> keys.admit(ApiKeys.hash(key), admin("key_admin")));
        var made = given.isEmpty() && keys.all().isEmpty()
                ? Optional.of(firstKey(keys, live, random))
                : Optional.<String>empty();
        var engines = Map.of(Mode.LIVE, live, Mode.TEST, test);
        var people = SqlitePeopleStore.open(folder.resolve("people.db"));
        var address = origin.isEmpty() ? "http://localhost:" + port : origin;
        var workspace = Workspace.of(people, address, keys, time, random);
        var actions = Actions.of(workspace, keys, engines, time);
        var door = FrontDoor.closed(workspace, Mode.LIVE).askingAfter(Duration.ofMinutes(confirmMinutes));
        var letters =
                MailSettings.read(folder.resolve("mail.json")).map(s -> new Letters(workspace, new SmtpPost(s), time));
        letters.ifPresent(all ->
                all.and(new DeskLetters(live, workspace, all.outgoing())::step).started());
        var signIns = new SignIns(
                ProviderFile.read(folder.resolve("sign-in.json")),
                address,
                Outbound.guarded(time),
                Outbound.ownNetwork(time),
                time,
                random);
        var entrances = new Entrances(new EntryLinks(time, random), letters.map(Letters::accounts), signIns);
        var pages = new PageRoutes(live, Community.named(name), actions, door, entrances, false);
        try (var server = new Server(
                new Server.Listen(
                        host,
                        port,
                        privateSources ? Outbound.alsoPrivate(time) : Outbound.guarded(time),
                        noLandingPages ? Optional.empty() : Optional.of(Outbound.guarded(time)),
                        ownProxies.get()),
                engines,
                Mode.LIVE,
                keys,
                SqliteIdempotency.open(folder.resolve("answers.db")),
                TrafficFiles.read(folder),
                new Server.Console(actions, door, pages.routes()),
                time)) {
            System.out.println("Mizan listens on http://" + host + ":" + server.port());
            System.out.println(entrance(workspace));
            System.out.println("  Repository  " + address + "/ads   public");
            System.out.println("  API         " + address + "/docs");
            made.ifPresent(key -> {
                System.out.println("  First key   " + key + "   shown once, all rights");
                System.out.println("Next: make narrower ones with POST /v1/api-keys, and keep this one safe.");
            });
            new CountDownLatch(1).await();
            return 0;
        } finally {
            letters.ifPresent(Letters::close);
        }
    }

    /// Empty when one of them is no range.
    private Optional<Proxies> proxies() {
        try {
            return Optional.of(new Proxies(AddressRanges.of(proxies)));
        } catch (AddressRanges.NotARange _) {
            return Optional.empty();
        }
    }

    private Engine engine(
            String name,
            Optional<Postgres> postgres,
            Engine.Settings settings,
            InstantSource time,
            SecureRandom random) {
        var in = folder.resolve(name);
        return Engine.in(in, Accounts.of(in, postgres), settings, time, random);
    }

    /// The public log gets its name with its keys, before anything is sealed. Answers why it does not.
    private Optional<String> nameLog(Path keys) throws IOException {
        if (logName.isEmpty()) {
            return Optional.empty();
        }
        var wanted = logName.get();
        if (!LogKeyFile.mayName(wanted)) {
            return Optional.of("--log-name is an address without https://, such as ads.example/log. See --help.");
        }
        var named = LogKeyFile.name(keys);
        if (named.isEmpty()) {
            LogKeyFile.create(keys, wanted);
        }
        return named.filter(name -> !name.equals(wanted))
                .map(name ->
                        "the log is named " + name + ", and a log never changes its name. Start without --log-name.");
    }

    /// The first owner comes in by a link that works once.
    private String entrance(Workspace workspace) {
        return recover || workspace.people().needsOwner()
                ? "  Set up      " + workspace.origin() + "/join/"
                        + workspace.people().setUp() + "   makes an owner once, works for 15 minutes"
                : "  Console     " + workspace.origin() + "/sign-in";
    }

    /// Nobody could make a key without one.
    private static String firstKey(ApiKeys keys, Engine live, SecureRandom random) {
        var text = ApiKeys.create(Mode.LIVE, random);
        keys.add(new ApiKey(
                ApiKeys.hash(text),
                admin(live.ids().next("key")),
                "first key",
                live.time().instant(),
                Optional.empty(),
                Optional.empty(),
                false));
        return text;
    }

    private static Principal admin(String id) {
        return new Principal(id, Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty());
    }
}
