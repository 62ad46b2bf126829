package mizan.server.journal;

/// The journal has damage that a crash cannot explain, so starting would silently lose acknowledged records.
public final class JournalDamaged extends RuntimeException {
    public JournalDamaged(String file, long offset, String what) {
        super("The journal is damaged: " + file + " at byte " + offset + ": " + what
                + ". Records behind this place are intact, so this is not the torn end that a crash leaves, and Mizan"
                + " does not start. Restore this file from a backup or a mirror, then start again.");
    }
}
