package mizan.log;

/// Where a tile or a bundle of entries stands below the log's prefix: tlog-tiles, "Merkle Tree" and "Log entries".
///
/// @param level 0 to 63, or [#ENTRIES]
/// @param index counted from 0 within the level
/// @param width hashes or entries in it, 1 to 256; below 256 it is partial
public record TilePath(int level, long index, int width) {
    public static final int FULL = 256;
    static final int ENTRIES = -1;

    public TilePath {
        if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("no tile has level " + level + ", index " + index + ", width " + width);
        }
    }

    static TilePath full(int level, long index) {
        return new TilePath(level, index, FULL);
    }

    boolean isFull() {
        return width == FULL;
    }

    /// The folder that holds the narrower versions of this place.
    public String partials() {
        return place() + ".p/";
    }

    private String place() {
        var digits = new StringBuilder(String.format("%03d", index % 1_000));
        for (long rest = index / 1_000; rest > 0; rest /= 1_000) {
            digits.insert(0, String.format("x%03d/", rest % 1_000));
        }
        return "tile/" + (level == ENTRIES ? "entries" : Integer.toString(level)) + "/" + digits;
    }

    @Override
    public String toString() {
        return isFull() ? place() : partials() + width;
    }
}
