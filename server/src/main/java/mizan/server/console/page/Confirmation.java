package mizan.server.console.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The page that asks again who sits at a browser.
///
/// @param action    where the form goes that waits for the answer
/// @param carried   the fields of that form
/// @param challenge what a passkey has to answer, in base64url; empty for who has none
/// @param domain    that passkeys are bound to
/// @param ways      providers that know them
/// @param problem   the key of what was wrong with the last try; empty at first
public record Confirmation(
        String action,
        Map<String, String> carried,
        Optional<String> challenge,
        String domain,
        boolean byPassword,
        boolean byCode,
        List<Entrance.Way> ways,
        Optional<String> problem) {
    public Confirmation {
        ways = List.copyOf(ways);
        carried = Collections.unmodifiableMap(new LinkedHashMap<>(carried));
    }
}
