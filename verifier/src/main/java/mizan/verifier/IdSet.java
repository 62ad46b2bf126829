package mizan.verifier;

/// Ids seen so far, 16 bytes each: an invoice may have millions.
final class IdSet {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int ID_DIGITS = 26;

    private long[] slots = new long[1 << 11];
    private int size;

    /// Answers false when the id was there before.
    ///
    /// @param id a prefix, an underscore, and 26 digits in Crockford's base 32
    boolean add(String id) throws Unreadable {
        int from = id.indexOf('_') + 1;
        // 26 digits are 130 bits; the first two of them are 0.
        if (id.length() - from != ID_DIGITS || id.charAt(from) > '7') {
            throw new Unreadable("not an id: " + Hashes.shortened(id));
        }
        long high = 0;
        long low = 0;
        for (int i = from; i < id.length(); i++) {
            int digit = DIGITS.indexOf(id.charAt(i));
            if (digit < 0) {
                throw new Unreadable("not an id: " + Hashes.shortened(id));
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | digit;
        }
        return add(high, low);
    }

    /// The same for a pair of numbers that are not both 0.
    boolean add(long high, long low) {
        if (4 * size >= slots.length) {
            grow();
        }
        return put(high, low);
    }

    private void grow() {
        var old = slots;
        slots = new long[2 * old.length];
        size = 0;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0 || old[i + 1] != 0) {
                put(old[i], old[i + 1]);
            }
        }
    }

    private boolean put(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        int places = slots.length / 2;
        int at = (int) (mixed >>> 40) & (places - 1);
        while (slots[2 * at] != 0 || slots[2 * at + 1] != 0) {
            if (slots[2 * at] == high && slots[2 * at + 1] == low) {
                return false;
            }
            at = (at + 1) & (places - 1);
        }
        slots[2 * at] = high;
        slots[2 * at + 1] = low;
        size++;
        return true;
    }
}
