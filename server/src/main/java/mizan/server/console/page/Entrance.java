package mizan.server.console.page;

import java.util.List;
import java.util.Optional;

/// The pages by which people come in.
///
/// @param challenge what a passkey has to answer, in base64url
/// @param domain    that passkeys are bound to
/// @param ways      other providers that let people in
/// @param problem   the key of what was wrong with the last try; empty at first
public record Entrance(String challenge, String domain, Optional<String> problem, List<Way> ways, Step step) {
    public Entrance {
        ways = List.copyOf(ways);
    }

    /// Another provider that lets people in.
    ///
    /// @param id of its addresses here
    /// @param issuer as it calls itself
    public record Way(String id, String name, String issuer) {}

    /// Which of the pages it is.
    public sealed interface Step {
        /// Somebody who has an account comes back.
        ///
        /// @param next where they wanted to go
        record Return(String login, String next) implements Step {}

        /// Somebody has a link and makes their account.
        ///
        /// @param setUp whether they are the first
        /// @param role  the key of the words of their role
        /// @param advertiser whose account it is; empty for the platform
        record Join(String code, boolean setUp, String role, String advertiser, String name, String login)
                implements Step {}

        /// Somebody forgot a password.
        ///
        /// @param letters whether this server can send the link for a new one
        /// @param asked   whether they have just asked for it
        /// @param command what to type on the server where nobody can come in
        record Forgotten(boolean letters, boolean asked, String command) implements Step {}

        /// Somebody has a link and chooses a new password.
        ///
        /// @param byHand whether a person made it, which takes a second factor away too
        record Back(String code, boolean byHand) implements Step {}
    }
}
