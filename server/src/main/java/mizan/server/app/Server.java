package mizan.server.app;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import mizan.server.accounting.LedgerFailed;
import mizan.server.accounting.WriterEnded;
import mizan.server.adcp.Seller;
import mizan.server.api.AccountRoutes;
import mizan.server.api.Actions;
import mizan.server.api.BookRoutes;
import mizan.server.api.DeskRoutes;
import mizan.server.api.DisputeRoutes;
import mizan.server.api.DumpRoutes;
import mizan.server.api.EvidenceRoutes;
import mizan.server.api.Explanations;
import mizan.server.api.HealthRoutes;
import mizan.server.api.InvoiceRoutes;
import mizan.server.api.KeyRoutes;
import mizan.server.api.LedgerRoutes;
import mizan.server.api.LiftRoutes;
import mizan.server.api.MetricsRoutes;
import mizan.server.api.OpenApiRoutes;
import mizan.server.api.OpenRtbRoutes;
import mizan.server.api.PictureRoutes;
import mizan.server.api.PostRoutes;
import mizan.server.api.ProofRoutes;
import mizan.server.api.ReachRoutes;
import mizan.server.api.ReconciliationRoutes;
import mizan.server.api.RepositoryRoutes;
import mizan.server.api.ReviewRoutes;
import mizan.server.api.SdkRoutes;
import mizan.server.api.ServeRoutes;
import mizan.server.api.SourceRoutes;
import mizan.server.api.SupplyRoutes;
import mizan.server.api.TermsRoutes;
import mizan.server.api.TrafficRoutes;
import mizan.server.api.TrustRoutes;
import mizan.server.api.VetoRoutes;
import mizan.server.api.ViewerRoutes;
import mizan.server.api.WebhookRoutes;
import mizan.server.http.ApiKeys;
import mizan.server.http.Call;
import mizan.server.http.Edge;
import mizan.server.http.Idempotency;
import mizan.server.http.Mode;
import mizan.server.http.ProblemCode;
import mizan.server.http.Proxies;
import mizan.server.http.PublicReads;
import mizan.server.http.Reception;
import mizan.server.http.RememberedAnswers;
import mizan.server.http.Route;
import mizan.server.journal.JournalStopped;
import mizan.server.mcp.McpRoutes;
import mizan.server.operations.Metrics;
import mizan.server.people.Workspace;
import mizan.server.raters.OutsideRaters;
import mizan.server.reading.pull.Outbound;
import mizan.server.repository.Repository;
import mizan.server.store.StoreFailed;
import mizan.server.traffic.RequestRules;
import mizan.server.transparency.Trust;

/// The running program: engines, their routes, and the thread that moves them on.
public final class Server implements AutoCloseable {
    /// The journal is folded this often; reports are this old at most.
    private static final long TICK_MILLIS = 250;
    /// What was billed is in the public log after this time, and what witnesses and disks take.
    private static final long SEAL_MILLIS = 2_000;
    /// A new ad is in the public repository after this time, and what its step takes.
    private static final long PUBLISH_MILLIS = 1_000;

    private final Map<Mode, Engine> engines;
    private final Engine primary;
    private final Edge edge;
    private final Idempotency idempotency;
    private final Workspace workspace;
    private final List<Route> routes;
    private final Thread ticker;
    private final Thread sealer;
    private final Thread publisher;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Outbound outbound;
    /// Where raters and witnesses of the operator's own may be.
    private final Outbound ownNetwork;
    private final Optional<Outbound> landings;
    private final OutsideRaters.Doors raterDoors;

    /// Where to listen, and what may be called from here.
    ///
    /// @param port 0 for any free one
    /// @param landings through which the landing pages of approved creatives are looked at daily. Advertisers
    ///     choose their addresses, so it reaches the public internet alone. Empty: nobody looks
    /// @param proxies whose word for those who ask is believed
    public record Listen(String host, int port, Outbound outbound, Optional<Outbound> landings, Proxies proxies) {
        public Listen(String host, int port, Outbound outbound) {
            this(host, port, outbound, Optional.empty(), Proxies.HERE);
        }

        /// Calls the public internet alone.
        public Listen(String host, int port) {
            this(host, port, Outbound.guarded(InstantSource.system()));
        }
    }

    /// What stands beside the API.
    ///
    /// @param actions closed with the server
    /// @param reception knows the people who are signed in
    /// @param routes such as the console's pages
    public record Console(Actions actions, Reception reception, List<Route> routes) {
        /// No people, only routes.
        public static Console of(List<Route> routes, ApiKeys keys, Map<Mode, Engine> engines, InstantSource time) {
            var workspace = Workspace.empty(keys, time, new SecureRandom());
            return new Console(Actions.of(workspace, keys, engines, time), Reception.NONE, routes);
        }
    }

    /// A server whose idempotency keys end with the process, for programs only.
    public Server(
            Listen listen,
            Map<Mode, Engine> engines,
            Mode primary,
            ApiKeys keys,
            List<Route> more,
            InstantSource time) {
        this(
                listen,
                engines,
                primary,
                keys,
                new RememberedAnswers(),
                RequestRules.standard(),
                Console.of(more, keys, engines, time),
                time);
    }

    /// A server that tells programs by Mizan's own list alone.
    public Server(
            Listen listen,
            Map<Mode, Engine> engines,
            Mode primary,
            ApiKeys keys,
            Idempotency idempotency,
            Console console,
            InstantSource time) {
        this(listen, engines, primary, keys, idempotency, RequestRules.standard(), console, time);
    }

    /// @param primary the mode that pages and unnamed readers belong to
    /// @param idempotency closed with the server
    /// @param traffic tells readers from programs
    public Server(
            Listen listen,
            Map<Mode, Engine> engines,
            Mode primary,
            ApiKeys keys,
            Idempotency idempotency,
            RequestRules traffic,
            Console console,
            InstantSource time) {
        this.idempotency = idempotency;
        this.outbound = listen.outbound();
        this.landings = listen.landings();
        this.ownNetwork = Outbound.ownNetwork(InstantSource.system());
        this.raterDoors = new OutsideRaters.Doors(outbound, ownNetwork);
        this.workspace = console.actions().workspace();
        this.engines = Map.copyOf(engines);
        this.primary = engine(primary);
        var metrics = new Metrics(this.engines);
        var explanations = new Explanations();
        var all = new ArrayList<Route>();
        all.addAll(new BookRoutes(this::engine, console.actions().book()).routes());
        all.addAll(new PictureRoutes(this::engine, List.copyOf(this.engines.values())).routes());
        all.addAll(new LedgerRoutes(this::engine).routes());
        all.addAll(new InvoiceRoutes(this::engine, workspace.origin()).routes());
        all.addAll(new AccountRoutes(this::engine, workspace).routes());
        all.addAll(new ReachRoutes(this::engine).routes());
        all.addAll(new LiftRoutes(this::engine).routes());
        all.addAll(new DeskRoutes(this::engine, console.actions().book(), outbound).routes());
        all.addAll(new PostRoutes(this::engine).routes());
        all.addAll(new SourceRoutes(this::engine, outbound).routes());
        all.addAll(new TrafficRoutes(this::engine).routes());
        all.addAll(new ServeRoutes(this::engine, explanations, traffic).routes());
        all.addAll(new OpenRtbRoutes(this.engines, this::engine, this.primary, explanations, traffic).routes());
        var seller = new Seller(this::engine, console.actions().book(), idempotency);
        all.addAll(new McpRoutes(seller.tools(), Edge.VERSION, console.reception()::isOurs).routes());
        all.addAll(new SupplyRoutes(this::engine, this.primary).routes());
        all.addAll(new VetoRoutes(this::engine, console.actions().book()).routes());
        all.addAll(new ViewerRoutes(this::engine).routes());
        all.addAll(new TermsRoutes(this::engine).routes());
        all.addAll(new ReviewRoutes(this::engine).routes());
        all.addAll(new DisputeRoutes(this::engine, workspace.approvals()).routes());
        all.addAll(new ReconciliationRoutes(this::engine).routes());
        all.addAll(new EvidenceRoutes(this::engine, workspace).routes());
        all.addAll(new WebhookRoutes(this::engine).routes());
        all.addAll(new KeyRoutes(console.actions().keys(), time).routes());
        all.addAll(console.actions().approvals().routes());
        all.addAll(new HealthRoutes(this.primary).routes());
        all.addAll(new MetricsRoutes(metrics).routes());
        all.addAll(new SdkRoutes().routes());
        all.addAll(new RepositoryRoutes(this.primary, time).routes());
        all.addAll(new DumpRoutes(this.primary, time).routes());
        all.addAll(new TrustRoutes(this.primary, time).routes());
        all.addAll(new ProofRoutes(this.primary, this::engine).routes());
        all.addAll(new OpenApiRoutes(List.copyOf(all)).routes());
        all.addAll(console.routes());
        this.routes = new PublicReads(time, console.reception()).limited(all);
        this.edge = new Edge(
                Edge.Door.at(listen.host(), listen.port(), listen.proxies()),
                routes,
                keys,
                console.reception(),
                idempotency,
                metrics,
                Map.of(
                        JournalStopped.class,
                        ProblemCode.STORAGE_STOPPED,
                        LedgerFailed.class,
                        ProblemCode.DATABASE_AWAY,
                        StoreFailed.class,
                        ProblemCode.DATABASE_AWAY),
                time,
                this.primary.ids());
        this.ticker = Thread.ofPlatform().name("mizan-tick").daemon().start(this::tick);
        this.sealer = Thread.ofPlatform().name("mizan-seal").daemon().start(this::seal);
        this.publisher = Thread.ofPlatform().name("mizan-publish").daemon().start(this::publish);
    }

    private Engine engine(Mode mode) {
        var engine = engines.get(mode);
        if (engine == null) {
            throw new IllegalStateException("there is no " + mode + " engine");
        }
        return engine;
    }

    /// A key decides the mode; a token belongs to the engine that signed it.
    private Engine engine(Call call) {
        if (call.caller().isPresent()) {
            return engine(call.mode());
        }
        var token = call.path().getOrDefault("token", "");
        return engines.values().stream()
                .filter(e -> e.events().knows(token))
                .findFirst()
                .orElse(primary);
    }

    /// Every operation that it answers, with who may use it.
    public List<Route> routes() {
        return routes;
    }

    public int port() {
        return edge.port();
    }

    private void tick() {
        while (running.get()) {
            try {
                engines.forEach(this::moveOn);
                Thread.sleep(TICK_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (LedgerFailed | WriterEnded | StoreFailed e) {
                System.getLogger("mizan")
                        .log(System.Logger.Level.ERROR, "the journal waits to be folded: " + e.getMessage());
                pause();
            } catch (RuntimeException e) {
                System.getLogger("mizan").log(System.Logger.Level.ERROR, "the journal could not be folded", e);
                pause();
            }
        }
    }

    /// Also decisions that no event refers to become durable and are counted, and little ever waits in
    /// memory.
    private void moveOn(Mode mode, Engine engine) {
        if (engine.journal().stopped().isEmpty()) {
            engine.journal().flush();
        }
        try {
            engine.tick();
        } finally {
            // Posts come in and are rated, whatever has become of the ledger.
            engine.sources().tick(outbound);
            engine.outsideRaters().tick(raterDoors);
        }
        landings.ifPresent(engine.landings()::tick);
        engine.webhooks().tick(outbound, () -> workspace.approvals().all(mode));
    }

    /// Seals by itself: it waits for disks and witnesses, and folding must not.
    private void seal() {
        while (running.get()) {
            try {
                boolean more = false;
                for (var engine : engines.values()) {
                    more |= engine.sealing().map(s -> s.step(ownNetwork)).orElse(false);
                }
                Thread.sleep(more ? TICK_MILLIS : SEAL_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (running.get()) {
                    System.getLogger("mizan").log(System.Logger.Level.ERROR, "the public log could not be sealed", e);
                }
                pause();
            }
        }
    }

    /// Keeps the public repository and counts the trust page, which wait for disks too.
    private void publish() {
        while (running.get()) {
            try {
                engines.values().forEach(e -> e.repository().ifPresent(Repository::step));
                engines.values().forEach(e -> e.trust().ifPresent(Trust::step));
                Thread.sleep(PUBLISH_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (running.get()) {
                    System.getLogger("mizan")
                            .log(System.Logger.Level.ERROR, "the ad repository or the trust page could not be kept", e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        edge.close();
        running.set(false);
        try {
            ticker.join(5_000);
            sealer.interrupt();
            sealer.join(5_000);
            publisher.interrupt();
            publisher.join(5_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        engines.values().forEach(Engine::close);
        idempotency.close();
        workspace.close();
    }
}
