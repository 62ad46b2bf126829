package mizan.server.http;

import java.util.Locale;

/// What a caller may do: the permissions that routes ask for, that API keys carry and that roles stand for.
///
/// The ones of the platform are never granted to whoever acts for one advertiser, whatever a key says.
public enum Scope {
    BOOK_READ,
    BOOK_WRITE,
    /// Ask for decisions and explain them: shows what all advertisers bid.
    SERVE(true),
    POSTS_WRITE(true),
    LEDGER_READ,
    /// Judge what the news say of advertisers, and write notes.
    DESK_WRITE(true),
    /// Move budgets.
    MONEY_WRITE,
    /// Book payments that were received.
    FUNDS_WRITE(true),
    /// Judge creatives.
    REVIEW(true),
    /// Decide on what another person asked for.
    APPROVE,
    /// Invite people and take their access away.
    PEOPLE,
    /// Make and revoke API keys.
    KEYS,
    AUDIT_READ,
    /// See figures of all advertisers together: the desk, the ledger's promises.
    PLATFORM_READ(true),
    /// Change the standing of accounts, and placements.
    ADMIN(true);

    private final boolean platform;

    Scope() {
        this(false);
    }

    Scope(boolean platform) {
        this.platform = platform;
    }

    /// Whether nobody who acts for one advertiser can have it.
    public boolean isOfThePlatform() {
        return platform;
    }

    /// Such as `book:read`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /// The scope of this text.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Scope parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace(':', '_'));
    }
}
