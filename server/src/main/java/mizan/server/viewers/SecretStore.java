package mizan.server.viewers;

import java.security.SecureRandom;
import java.util.List;

/// Where the secrets are kept from which viewers' names follow.
public interface SecretStore {
    /// Oldest first; none at the first start.
    List<PuncturableSecret> read();

    /// Puts these in place of the ones before, of which nothing is left when it returns.
    void write(List<PuncturableSecret> secrets);

    /// A new one, of the machine's best randomness: whoever can guess it can guess names.
    default PuncturableSecret fresh() {
        var root = new byte[PuncturableSecret.SEED_BYTES];
        new SecureRandom().nextBytes(root);
        return PuncturableSecret.of(root);
    }

    /// Keeps them as long as the process runs.
    static SecretStore inMemory() {
        return new SecretStore() {
            private List<PuncturableSecret> kept = List.of();

            @Override
            public List<PuncturableSecret> read() {
                return kept;
            }

            @Override
            public void write(List<PuncturableSecret> secrets) {
                kept = List.copyOf(secrets);
            }
        };
    }
}
