package mizan.server.people;

import java.time.Instant;

/// A public key that a person's device made for this server.
///
/// @param id the credential's id in base64url
/// @param person whose it is
/// @param credential its attested credential data in base64url (WebAuthn Level 3, section 6.5.1): id and public key
/// @param count the signatures that its device has counted; 0 where it does not count
public record Passkey(String id, String person, String credential, long count, Instant createdAt) {
    Passkey counted(long signatures) {
        return new Passkey(id, person, credential, signatures, createdAt);
    }
}
