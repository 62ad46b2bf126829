package mizan.server.pages;

import java.util.Optional;
import mizan.server.mail.AccountLetters;
import mizan.server.people.EntryLinks;

/// The ways in that a server may have or not.
///
/// @param links let the demo's person in
/// @param letters send links to who forgot a password; empty where no mail is set up
public record Entrances(EntryLinks links, Optional<AccountLetters> letters) {
    /// Without letters.
    public static Entrances of(EntryLinks links) {
        return new Entrances(links, Optional.empty());
    }
}
