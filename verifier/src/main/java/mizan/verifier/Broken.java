package mizan.verifier;

/// Something does not hold, and where.
public final class Broken extends Exception {
    private static final long serialVersionUID = 1;
    private final String where;

    Broken(String where, String what) {
        super(what);
        this.where = where;
    }

    String where() {
        return where;
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
