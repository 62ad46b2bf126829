package mizan.server.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mizan.server.http.Fields;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import mizan.server.store.OwnersFile;

/// The operator's SMTP server, in `mail.json` of the data folder. A file, not a page: it holds a password.
///
/// @param from the address that letters come from
/// @param user empty where the server asks for none
public record MailSettings(
        String host, int port, Security security, String from, Optional<String> user, String password) {
    /// How the way to the server is kept secret.
    public enum Security {
        /// Begins in plain text and goes on encrypted, or not at all (RFC 3207).
        STARTTLS,
        /// Encrypted from the first byte (RFC 8314).
        TLS,
        /// In plain text: for a server on the same machine.
        NONE
    }

    /// No file: no letters. A wrong one stops the start: letters that somebody relies on would not come.
    public static Optional<MailSettings> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        OwnersFile.require(file);
        try {
            var fields = Fields.of(StrictJson.object(Files.readAllBytes(file)));
            var settings = new MailSettings(
                    fields.text("host", 253),
                    (int) fields.number("port", 1, 65_535),
                    fields.choice("security", Security.class, Security.STARTTLS),
                    fields.text("from", 254),
                    fields.optionalText("user", 254),
                    fields.optionalText("password", 500).orElse(""));
            fields.done();
            return Optional.of(settings);
        } catch (Refused e) {
            throw new IOException(
                    file + ": " + e.problem().param().orElse("") + ": "
                            + e.problem().code(),
                    e);
        }
    }

    /// Never the password: this ends up in logs.
    @Override
    public String toString() {
        return security + " " + host + ":" + port;
    }
}
