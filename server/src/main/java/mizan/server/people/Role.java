package mizan.server.people;

import static mizan.server.http.Scope.APPROVE;
import static mizan.server.http.Scope.AUDIT_READ;
import static mizan.server.http.Scope.BOOK_READ;
import static mizan.server.http.Scope.BOOK_WRITE;
import static mizan.server.http.Scope.DESK_WRITE;
import static mizan.server.http.Scope.FUNDS_WRITE;
import static mizan.server.http.Scope.KEYS;
import static mizan.server.http.Scope.LEDGER_READ;
import static mizan.server.http.Scope.MONEY_WRITE;
import static mizan.server.http.Scope.PEOPLE;
import static mizan.server.http.Scope.PLATFORM_READ;
import static mizan.server.http.Scope.POSTS_WRITE;
import static mizan.server.http.Scope.REVIEW;
import static mizan.server.http.Scope.SERVE;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import mizan.server.http.Scope;

/// What a person is to the platform or to one advertiser. This table is the policy: a route asks for a scope,
/// and a role has it or has it not. `docs/access.md` shows what follows for every operation.
public enum Role {
    /// Runs the platform.
    OWNER(false, EnumSet.allOf(Scope.class)),
    /// Sells and looks after advertisers.
    REVENUE(false, EnumSet.of(BOOK_READ, BOOK_WRITE, LEDGER_READ, MONEY_WRITE, DESK_WRITE, PLATFORM_READ)),
    /// Judges creatives.
    REVIEWER(false, EnumSet.of(BOOK_READ, REVIEW, PLATFORM_READ)),
    /// Looks after posts and what stands beside them.
    MODERATOR(false, EnumSet.of(BOOK_READ, REVIEW, POSTS_WRITE, SERVE, PLATFORM_READ)),
    /// Books payments and is the second person for money.
    FINANCE(false, EnumSet.of(BOOK_READ, LEDGER_READ, FUNDS_WRITE, APPROVE, AUDIT_READ, PLATFORM_READ)),
    /// Reads everything, changes nothing.
    AUDITOR(false, EnumSet.of(BOOK_READ, LEDGER_READ, AUDIT_READ, PLATFORM_READ)),
    /// Runs one advertiser's account.
    ADVERTISER_OWNER(
            true, EnumSet.of(BOOK_READ, BOOK_WRITE, LEDGER_READ, MONEY_WRITE, APPROVE, PEOPLE, KEYS, AUDIT_READ)),
    /// Books and changes campaigns.
    BUYER(true, EnumSet.of(BOOK_READ, BOOK_WRITE, LEDGER_READ, MONEY_WRITE)),
    /// Is the second person.
    APPROVER(true, EnumSet.of(BOOK_READ, LEDGER_READ, APPROVE)),
    /// Reads figures.
    ANALYST(true, EnumSet.of(BOOK_READ, LEDGER_READ)),
    /// Reads figures and what was done by whom.
    ADVERTISER_AUDITOR(true, EnumSet.of(BOOK_READ, LEDGER_READ, AUDIT_READ));

    private final boolean bound;
    /// Copied, so it never changes; the type cannot say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Scope> scopes;

    Role(boolean bound, Set<Scope> scopes) {
        this.bound = bound;
        this.scopes = Set.copyOf(scopes);
    }

    /// Whether it acts for one advertiser and never sees another.
    public boolean isBound() {
        return bound;
    }

    public Set<Scope> scopes() {
        return scopes;
    }

    /// Whether somebody with these rights may give this role away: nobody grants what they have not got.
    public boolean isWithin(Set<Scope> others) {
        return others.containsAll(scopes);
    }

    /// Such as `advertiser_owner`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
