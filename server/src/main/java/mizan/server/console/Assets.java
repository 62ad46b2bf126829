package mizan.server.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mizan.log.Sha256;

/// The static files of the console, read once. Their addresses carry a hash of their content, so they may be
/// cached for ever.
public final class Assets {
    /// Where the files are served.
    public static final String ROOT = "/assets/";

    /// Style sheet last: it names the fonts by their hashed addresses.
    private static final List<String> NAMES = List.of(
            "ibm-plex-sans-latin-wght-normal.woff2",
            "ibm-plex-sans-arabic-arabic-400-normal.woff2",
            "ibm-plex-sans-arabic-arabic-500-normal.woff2",
            "ibm-plex-sans-arabic-arabic-600-normal.woff2",
            "ibm-plex-mono-latin-400-normal.woff2",
            "OFL.txt",
            "icon.svg",
            "mizan.js",
            "passkey.js",
            "verify.js",
            "mizan.css");

    private static final int HASH_LENGTH = 12;

    private final Map<String, Asset> byName;
    private final Map<String, Asset> byPath;

    private Assets(Map<String, Asset> byName) {
        this.byName = Map.copyOf(byName);
        var paths = new LinkedHashMap<String, Asset>();
        byName.values().forEach(asset -> paths.put(asset.fileName(), asset));
        this.byPath = Map.copyOf(paths);
    }

    /// One file.
    ///
    /// @param fileName    its name with the hash, such as `mizan.3f9a.css`
    /// @param contentType its media type
    /// @param bytes       its content; not copied, do not change
    /// @param etag        a strong validator with its quotes: SHA-256 of the content
    @SuppressWarnings("ArrayRecordComponent") // never compared; copying a font a request would cost for nothing
    public record Asset(String fileName, String contentType, byte[] bytes, String etag) {
        /// The address that pages use.
        public String url() {
            return ROOT + fileName;
        }
    }

    /// Reads all files from the class path.
    public static Assets load() {
        var assets = new LinkedHashMap<String, Asset>();
        for (var name : NAMES) {
            var content = name.endsWith(".css") ? withHashedAddresses(read(name), assets) : read(name);
            assets.put(name, asset(name, content));
        }
        return new Assets(assets);
    }

    /// Whether there is a file of this plain name.
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /// The address of a file by its plain name. An unknown name is a bug in a template.
    public String url(String name) {
        return Objects.requireNonNull(byName.get(name), name).url();
    }

    /// The file of a hashed name, as it follows [#ROOT] in a request; empty if there is none.
    public Optional<Asset> find(String fileName) {
        return Optional.ofNullable(byPath.get(fileName));
    }

    /// All files, in no particular order.
    public Iterable<Asset> all() {
        return byName.values();
    }

    private static byte[] withHashedAddresses(byte[] css, Map<String, Asset> assets) {
        var text = new String(css, StandardCharsets.UTF_8);
        for (var entry : assets.entrySet()) {
            text = text.replace(
                    "url(" + entry.getKey() + ")", "url(" + entry.getValue().fileName() + ")");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Asset asset(String name, byte[] content) {
        var hash = Sha256.hex(content);
        int dot = name.lastIndexOf('.');
        var fileName = name.substring(0, dot) + '.' + hash.substring(0, HASH_LENGTH) + name.substring(dot);
        return new Asset(fileName, contentType(name.substring(dot)), content, '"' + hash + '"');
    }

    private static String contentType(String suffix) {
        return switch (suffix) {
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            case ".woff2" -> "font/woff2";
            case ".txt" -> "text/plain; charset=utf-8";
            default -> throw new IllegalArgumentException(suffix);
        };
    }

    private static byte[] read(String name) {
        try (var in = Objects.requireNonNull(Assets.class.getResourceAsStream("/mizan/assets/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
