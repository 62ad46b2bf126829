package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.server.console.words.Html;

/// What a person should know of what is theirs.
///
/// @param standing what holds now and wants somebody, the most urgent first; it goes by itself when it no longer holds
/// @param happened newest first
/// @param letter whether they get the desk's week by letter; empty for those who cannot
/// @param unread how many of those came since the person said that they had read
public record Notifications(List<Item> standing, List<Item> happened, int unread, int days, Optional<Boolean> letter) {
    public Notifications {
        standing = List.copyOf(standing);
        happened = List.copyOf(happened);
    }

    /// @param what happened, and to what
    /// @param more why, by whom, or what next; may be empty
    /// @param at empty for what holds now
    /// @param href where more is
    public record Item(Tone tone, Html what, Html more, Optional<Instant> at, String href, boolean unread) {}
}
