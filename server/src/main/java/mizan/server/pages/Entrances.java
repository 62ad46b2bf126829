package mizan.server.pages;

import java.util.Optional;
import mizan.server.mail.AccountLetters;
import mizan.server.oidc.SignIns;
import mizan.server.people.EntryLinks;

/// The ways in that a server may have or not.
///
/// @param links let the demo's person in
/// @param letters send links to who forgot a password; empty where no mail is set up
/// @param signIns by way of other providers; none where no file names any
public record Entrances(EntryLinks links, Optional<AccountLetters> letters, SignIns signIns) {
    /// Without letters and providers.
    public static Entrances of(EntryLinks links) {
        return new Entrances(links, Optional.empty(), SignIns.NONE);
    }
}
