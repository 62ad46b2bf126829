package mizan.server.reading.pull;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.spi.DnsResolver;
import io.helidon.webclient.websocket.WsClient;
import io.helidon.websocket.WsListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.http.HelidonSetup;
import org.jspecify.annotations.Nullable;

/// The one way out of the server: addresses that others give are called from here and from nowhere else.
///
/// The address that a name resolves to is checked and is the one that is connected to, so a name cannot lead
/// to another place after the check. Redirects are followed few times, never from https to http; bodies and
/// time are limited; nothing goes through a proxy that would resolve names by itself.
public final class Outbound {
    static final int MAX_BODY = 4 << 20;
    /// Longest event of a stream.
    static final int MAX_LINE = 1 << 20;

    private static final int MAX_REDIRECTS = 3;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(30);

    static {
        HelidonSetup.done();
    }

    private final InstantSource time;
    private final Guarded resolver;
    private @Nullable WebClient client;
    private @Nullable WsClient sockets;

    private Outbound(Predicate<InetAddress> allowed, InstantSource time) {
        this.time = time;
        this.resolver = new Guarded(allowed);
    }

    /// Made when somebody is first called: a client loads hundreds of classes, and most starts call nobody.
    private synchronized WebClient client() {
        if (client == null) {
            client = WebClient.builder()
                    .dnsResolver(resolver)
                    .proxy(Proxy.noProxy())
                    .followRedirects(false)
                    .shareConnectionCache(false)
                    .connectTimeout(CONNECT)
                    .readTimeout(READ)
                    .addHeader(HeaderValues.create(HeaderNames.USER_AGENT, "Mizan (reads public posts)"))
                    .addHeader(HeaderValues.create(HeaderNames.ACCEPT_ENCODING, "identity"))
                    .build();
        }
        return client;
    }

    private synchronized WsClient sockets() {
        if (sockets == null) {
            sockets = WsClient.builder()
                    .dnsResolver(resolver)
                    .proxy(Proxy.noProxy())
                    .followRedirects(false)
                    .shareConnectionCache(false)
                    .socketOptions(
                            SocketOptions.builder().connectTimeout(CONNECT).build())
                    .build();
        }
        return sockets;
    }

    /// Reaches the public internet alone.
    public static Outbound guarded(InstantSource time) {
        return new Outbound(AddressGuard::isPublic, time);
    }

    /// Reaches private addresses too, where the operator's own servers are.
    public static Outbound alsoPrivate(InstantSource time) {
        return new Outbound(_ -> true, time);
    }

    /// Reaches the operator's own network too, though never an address that is valid on its own link alone:
    /// there the metadata service of a cloud listens.
    public static Outbound ownNetwork(InstantSource time) {
        return new Outbound(address -> !address.isLinkLocalAddress(), time);
    }

    /// What came back.
    ///
    /// @param from where it came from, after redirects
    @SuppressWarnings("ArrayRecordComponent") // Read once; nobody compares them.
    public record Fetched(
            int status,
            URI from,
            String type,
            byte[] body,
            Optional<String> etag,
            Optional<String> lastModified,
            Optional<String> retryAfter) {}

    /// An address that could not be reached, or that answered what is not taken.
    public static final class Unreachable extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean late;

        public Unreachable(String why) {
            this(why, false);
        }

        private Unreachable(String why, boolean late) {
            super(why);
            this.late = late;
        }

        /// Whether no answer was there in time, rather than none at all or a wrong one.
        public boolean late() {
            return late;
        }

        private static Unreachable of(URI address, Exception e) {
            if (e instanceof Unreachable known) {
                return known;
            }
            var cause = innermost(e);
            var why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            return new Unreachable(address.getHost() + ": " + why, cause instanceof SocketTimeoutException);
        }

        /// The innermost reason is the one that people can act on.
        private static Throwable innermost(Throwable e) {
            var cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause;
        }
    }

    private record Guarded(Predicate<InetAddress> allowed) implements DnsResolver {
        @Override
        public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
            try {
                var all = InetAddress.getAllByName(host);
                // One private address among public ones is a trick too.
                if (!Stream.of(all).allMatch(allowed)) {
                    throw new IllegalArgumentException(host + " is in a private network");
                }
                return all[0];
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("there is no " + host, e);
            }
        }
    }

    /// Whether this is an address that can be asked for: of the web, with a host, without a password.
    public static boolean isCallable(URI address) {
        var scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        return Stream.of("http", "https", "ws", "wss").anyMatch(scheme::equals)
                && address.getHost() != null
                && address.getUserInfo() == null;
    }

    /// @param headers such as `accept` and `if-none-match`; `authorization` is for this server alone, whomever it
    ///     points to
    public Fetched get(URI address, Map<String, String> headers) throws Unreachable {
        var at = address;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            try (var response = ask(at, isSameServer(address, at) ? headers : withoutSecret(headers))) {
                int status = response.status().code();
                var location = header(response, "location");
                if (status < 300 || status >= 400 || status == 304 || location.isEmpty()) {
                    return fetched(response, at, new Limit(MAX_BODY, WHOLE, time.instant()));
                }
                at = redirected(at, location.get());
            } catch (IOException | RuntimeException e) {
                throw Unreachable.of(at, e);
            }
        }
        throw new Unreachable(address.getHost() + ": more than " + MAX_REDIRECTS + " redirects");
    }

    /// Sends a body, and follows no redirect: what is sent is meant for this address alone.
    ///
    /// @param maxBody most bytes of the answer
    /// @param deadline for the whole answer
    public Fetched post(URI address, Map<String, String> headers, byte[] body, int maxBody, Duration deadline)
            throws Unreachable {
        if (!isCallable(address)) {
            throw new Unreachable("not an address of the web: " + address);
        }
        var limit = new Limit(maxBody, deadline, time.instant());
        HttpClientRequest request =
                client().post().uri(address).skipUriEncoding(true).readTimeout(deadline);
        headers.forEach((name, value) -> request.header(HeaderValues.create(name, value)));
        try (var response = request.submit(body)) {
            if (header(response, "content-encoding").isPresent()) {
                throw new Unreachable(address.getHost() + ": answered in an encoding that was not asked for");
            }
            return fetched(response, address, limit);
        } catch (IOException | RuntimeException e) {
            throw Unreachable.of(address, e);
        }
    }

    private static boolean isSameServer(URI one, URI other) {
        return one.equals(other)
                || (one.getScheme().equalsIgnoreCase(other.getScheme())
                        && one.getHost().equalsIgnoreCase(other.getHost())
                        && one.getPort() == other.getPort());
    }

    private static Map<String, String> withoutSecret(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(h -> !h.getKey().equalsIgnoreCase("authorization"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private record Limit(int bytes, Duration whole, Instant begun) {}

    private HttpClientResponse ask(URI at, Map<String, String> headers) throws Unreachable {
        if (!isCallable(at)) {
            throw new Unreachable("not an address of the web: " + at);
        }
        HttpClientRequest request = client().get().uri(at).skipUriEncoding(true);
        headers.forEach((name, value) -> request.header(HeaderValues.create(name, value)));
        return request.request();
    }

    private static URI redirected(URI from, String location) throws Unreachable {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException _) {
            throw new Unreachable(from.getHost() + ": redirects to what is no address");
        }
        if ("https".equals(from.getScheme()) && !"https".equals(to.getScheme())) {
            throw new Unreachable(from.getHost() + ": redirects from https to " + to.getScheme());
        }
        return to;
    }

    private Fetched fetched(HttpClientResponse response, URI from, Limit limit) throws IOException {
        return new Fetched(
                response.status().code(),
                from,
                header(response, "content-type").orElse(""),
                body(response, from, limit),
                header(response, "etag"),
                header(response, "last-modified"),
                header(response, "retry-after"));
    }

    private byte[] body(HttpClientResponse response, URI from, Limit limit) throws IOException {
        int status = response.status().code();
        if (status == 204 || status == 304 || !response.entity().hasEntity()) {
            return new byte[0];
        }
        Instant end = limit.begun().plus(limit.whole());
        var body = new ByteArrayOutputStream();
        var part = new byte[16_384];
        try (InputStream in = response.inputStream()) {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                body.write(part, 0, n);
                if (body.size() > limit.bytes()) {
                    throw new Unreachable(from.getHost() + ": more than " + limit.bytes() + " bytes");
                }
                if (time.instant().isAfter(end)) {
                    throw new Unreachable(
                            from.getHost() + ": took more than " + limit.whole().toMillis() + " ms", true);
                }
            }
        }
        return body.toByteArray();
    }

    private static Optional<String> header(HttpClientResponse response, String name) {
        return response.headers().first(HeaderNames.create(name));
    }

    /// Hands over the lines of an answer that may never end, until it does or the taker has enough.
    ///
    /// @param taker false: enough
    void lines(URI address, Map<String, String> headers, Predicate<String> taker) throws Unreachable {
        try (var response = ask(address, headers)) {
            if (response.status().code() != 200) {
                throw new Unreachable(
                        address.getHost() + ": status " + response.status().code());
            }
            try (var in = response.inputStream()) {
                var lines = new BoundedLines(in, MAX_LINE);
                for (var line = lines.next(); line.isPresent() && taker.test(line.get()); line = lines.next()) {
                    // The taker has it.
                }
            }
        } catch (IOException | RuntimeException e) {
            throw Unreachable.of(address, e);
        }
    }

    /// Opens a WebSocket; the listener hears of all that follows.
    void listen(URI address, WsListener listener) throws Unreachable {
        try {
            sockets().connect(address, listener);
        } catch (RuntimeException e) {
            throw Unreachable.of(address, e);
        }
    }
}
