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

    /// The scope of this text.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Scope parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace(':', '_'));
    }
}
