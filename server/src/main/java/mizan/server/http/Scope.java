package mizan.server.http;

import java.util.Locale;

/// What an API key may do.
public enum Scope {
    BOOK_READ,
    BOOK_WRITE,
    SERVE,
    POSTS_WRITE,
    LEDGER_READ,
    MONEY_WRITE,
    ADMIN;

    /// Such as `book:read`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }
}
