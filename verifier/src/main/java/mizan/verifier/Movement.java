package mizan.verifier;

import java.util.Optional;

/// Money that reached an advertiser's funds: a credit or a payment, see docs/formats/receipt.md.
///
/// @param index where it stands in the log
/// @param id of the movement in the operator's ledger
/// @param campaign of a credit for an impression
/// @param impression which was credited
/// @param micros at least 1
/// @param at microseconds since 1970
record Movement(
        long index,
        String id,
        String advertiser,
        Optional<String> campaign,
        Optional<String> impression,
        String currency,
        long micros,
        long at) {
    /// The last microsecond of the year 9999.
    static final long LATEST = 253_402_300_799_999_999L;

    static Movement credit(long index, Json json) throws Unreadable {
        return read(index, "credit", json, text(json.present("campaign")), text(json.present("impression")));
    }

    static Movement payment(long index, Json json) throws Unreadable {
        return read(index, "payment", json, Optional.empty(), Optional.empty());
    }

    private static Movement read(
            long index, String kind, Json json, Optional<String> campaign, Optional<String> impression)
            throws Unreadable {
        if (json.number("v") != 1 || !json.text("kind").equals(kind)) {
            throw new Unreadable("not a " + kind + " of version 1");
        }
        long micros = json.number("micros");
        if (micros < 1) {
            throw new Unreadable("a " + kind + " of " + micros + " micros");
        }
        return new Movement(
                index,
                json.text(kind),
                json.text("advertiser"),
                campaign,
                impression,
                json.text("currency"),
                micros,
                json.get("at").number(0, LATEST));
    }

    private static Optional<String> text(Optional<Json> json) throws Unreadable {
        return json.isEmpty() ? Optional.empty() : Optional.of(json.get().text());
    }
}
