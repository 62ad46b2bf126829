package mizan.server.proof;

import java.util.List;

/// Something to be sealed: its text, and what it is found by.
///
/// @param kind `receipt`, `terms`, `statement`, `credit`, `payment` or `ad`
/// @param id the impression's; of terms their id and version; of a statement its campaign and day; of a credit or
///     payment that of its movement in the ledger; the ad's
/// @param campaign empty for terms, payments, ads and credits that are for no impression
/// @param day UTC, when money moved; empty for terms and ads
/// @param micros of a receipt its price, else 0
/// @param body its canonical text, see `docs/formats/receipt.md`
/// @param openings who wrote the posts beside the ad
@SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
public record Item(
        String kind,
        String id,
        String advertiser,
        String campaign,
        String day,
        String currency,
        long micros,
        byte[] body,
        List<Opening> openings) {
    static final String RECEIPT = "receipt";
    static final String TERMS = "terms";
    static final String STATEMENT = "statement";
    static final String CREDIT = "credit";
    static final String PAYMENT = "payment";
    static final String AD = "ad";

    public Item {
        openings = List.copyOf(openings);
    }

    /// The opening of a commitment to one post.
    ///
    /// @param post its position on the page, from 1
    /// @param salt 32 hex digits
    @SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
    public record Opening(int post, String postId, String salt, byte[] body) {}
}
