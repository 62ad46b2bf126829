package mizan.server.oidc;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mizan.server.http.Fields;
import mizan.server.http.Problem;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import mizan.server.store.OwnersFile;

/// The providers of sign-ins, in `sign-in.json` of the data folder. A file, not a page: it holds secrets, and says who
/// decides who people are.
public final class ProviderFile {
    private static final int MAX = 8;

    private ProviderFile() {}

    /// No file: nobody signs in by way of others. A wrong one stops the start: people would stand before a door that
    /// is not there.
    ///
    /// @throws IOException with the place and what is wrong there
    public static List<Provider> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        OwnersFile.require(file);
        try {
            var fields = Fields.of(StrictJson.object(Files.readAllBytes(file)));
            var providers = fields.objects("providers", MAX).stream()
                    .flatMap(given -> provider(given).stream())
                    .toList();
            fields.done();
            var seen = new HashSet<String>();
            for (var provider : providers) {
                if (!seen.add(provider.id()) || !seen.add(provider.issuer() + " " + provider.clientId())) {
                    throw new IllegalArgumentException("there are two providers " + provider);
                }
            }
            return providers;
        } catch (Refused e) {
            throw new IOException(file + ": " + said(e), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Provider> provider(Fields given) {
        var id = given.text("id", 32);
        var name = given.text("name", 60);
        var issuer = given.required("issuer", given.parsed("issuer", 500, URI::create));
        var client = given.text("client_id", 500);
        var secret = given.optionalText("client_secret", 500);
        var ownNetwork = given.flag("own_network", false);
        var domains = given.texts("email_domains", 50, 190);
        return given.sound()
                ? Optional.of(new Provider(id, name, issuer.orElseThrow(), client, secret, ownNetwork, domains))
                : Optional.empty();
    }

    /// Every field with its own refusal.
    private static String said(Refused refused) {
        var problem = refused.problem();
        return problem.errors().isEmpty()
                ? problem.param().map(p -> p + ": ").orElse("") + problem.detail("en")
                : problem.errors().stream()
                        .map(e -> e.param() + ": "
                                + Problem.of(e.code(), e.args().toArray(String[]::new))
                                        .detail("en"))
                        .collect(Collectors.joining(" "));
    }
}
