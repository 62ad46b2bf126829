package mizan.server.oidc;

/// A provider that did not answer, or whose answer proves nothing. The reason is for the operator's log, and holds
/// no token.
final class Untrusted extends Exception {
    private static final long serialVersionUID = 1L;

    Untrusted(String why) {
        super(why, null, false, false);
    }
}
