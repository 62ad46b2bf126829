package mizan.verifier;

/// A file does not have the form that its format demands.
public final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
        super(message);
    }
}
