package mizan.server.http;

import java.util.List;
import java.util.Optional;

/// Who may use an operation. Every route says so; [#check] refuses to start with one that does not.
public sealed interface Access {
    /// Nobody has said yet.
    record Undeclared() implements Access {}

    /// Anybody, signed in or not. What it shows is public, or its address is the secret.
    record Everybody() implements Access {}

    /// Whoever has come in, as a person or with a key, whatever they may do: their own account.
    record SignedIn() implements Access {}

    /// Whoever has this scope. Which advertiser's things they reach is decided by [Principal#sees].
    record Needs(Scope scope) implements Access {}

    /// Refuses a caller who may not.
    ///
    /// @throws Refused `unauthenticated` or `forbidden`
    static void require(Access access, Optional<Principal> caller) {
        switch (access) {
            case Undeclared() -> throw new IllegalStateException("an operation without access was called");
            case Everybody() -> {}
            case SignedIn() -> known(caller);
            case Needs(Scope scope) -> {
                if (!known(caller).may(scope)) {
                    throw Problem.of(ProblemCode.FORBIDDEN, scope.text()).refused();
                }
            }
        }
    }

    private static Principal known(Optional<Principal> caller) {
        return caller.orElseThrow(() -> Problem.of(ProblemCode.UNAUTHENTICATED).refused());
    }

    /// @throws IllegalStateException when a route does not say who may use it
    static void check(List<Route> routes) {
        for (var route : routes) {
            if (route.access() instanceof Undeclared) {
                throw new IllegalStateException(route.method() + " " + route.path() + " does not say who may use it:"
                        + " needs(scope), signedIn() or everybody()");
            }
        }
    }
}
