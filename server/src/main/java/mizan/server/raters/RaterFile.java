package mizan.server.raters;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import mizan.server.http.Fields;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import mizan.server.webhooks.WebhookSecret;

/// The outside raters of an engine, in `raters.json` of its folder. A file, not a route: it holds secrets and
/// says whom to send people's words to, so it belongs to whoever owns the machine.
public final class RaterFile {
    public static final int MAX = 8;
    private static final int DEADLINE_MILLIS = 10_000;

    private RaterFile() {}

    /// No file: no outside raters. A wrong one stops the start: without a rater that somebody wanted, posts
    /// would count as rated too early.
    public static List<OutsideRater> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        refuseReadableByOthers(file);
        try {
            var fields = Fields.of(StrictJson.object(Files.readAllBytes(file)));
            var raters = fields.objects("raters", MAX).stream()
                    .flatMap(given -> rater(given).stream())
                    .toList();
            fields.done();
            var names = new HashSet<String>();
            raters.stream()
                    .map(OutsideRater::name)
                    .filter(name -> !names.add(name))
                    .forEach(name -> {
                        throw new IllegalArgumentException("there are two raters called " + name);
                    });
            return raters;
        } catch (Refused e) {
            throw new IOException(file + ": " + RaterForm.said(e), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<OutsideRater> rater(Fields given) {
        var name = given.text("name", 32);
        var url = given.required("url", given.parsed("url", 2_000, URI::create));
        var secret = given.required("secret", given.parsed("secret", 200, WebhookSecret::parse));
        var deadline = given.optionalNumber(
                "deadline_ms", OutsideRater.SHORTEST_DEADLINE.toMillis(), OutsideRater.LONGEST_DEADLINE.toMillis());
        var languages = given.texts("languages", 50, 8);
        var ownNetwork = given.flag("own_network", false);
        if (!given.sound()) {
            return Optional.empty();
        }
        return Optional.of(new OutsideRater(
                name,
                url.orElseThrow(),
                secret.orElseThrow(),
                Duration.ofMillis(deadline.orElse(DEADLINE_MILLIS)),
                languages,
                ownNetwork));
    }

    private static void refuseReadableByOthers(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        var others = EnumSet.of(
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.GROUP_WRITE,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_WRITE);
        others.retainAll(Files.getPosixFilePermissions(file));
        if (!others.isEmpty()) {
            throw new IOException(file + " holds secrets and others can read or write it: chmod 600");
        }
    }
}
