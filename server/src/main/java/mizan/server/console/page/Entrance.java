package mizan.server.console.page;

import java.util.Optional;

/// The pages by which people come in.
///
/// @param challenge what a passkey has to answer, in base64url
/// @param domain    that passkeys are bound to
/// @param problem   the key of what was wrong with the last try; empty at first
public record Entrance(String challenge, String domain, Optional<String> problem, Step step) {
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
    }
}
