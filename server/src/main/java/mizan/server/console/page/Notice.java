package mizan.server.console.page;

/// A page that says only one thing: a link that did not work, an address that is not there, a fault of ours.
public sealed interface Notice {
    /// The result of a sign-in link.
    ///
    /// @param command what to type on the server for a new link
    record SignIn(LinkProblem problem, String command) implements Notice {}

    /// An error.
    ///
    /// @param status    the HTTP status: 403, 404 and 429 have words of their own, other 4xx and all 5xx
    ///     share two
    /// @param requestId names the request in the log; empty if there is none
    record Failure(int status, String requestId) implements Notice {
        /// The key of its words.
        public String key() {
            return switch (status) {
                case 403, 404, 429 -> "error." + status;
                default -> status < 500 ? "error.400" : "error.500";
            };
        }
    }
}
