package mizan.server.booking;

import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Bid;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.Creative;
import mizan.core.campaign.FrequencyCap;
import mizan.core.suitability.Terms;
import mizan.log.Sha256;

/// A whole book as bytes, which a start reads many times faster than the history it stands for.
///
/// The history stays the truth: an image is used only when it is whole, was written by a program with the same
/// records, and names the very version that the history has at its revision. Else the history is read.
///
/// Layout: 8 bytes CRC-32C of all that follows, quick also in a program that has just begun; 32 bytes SHA-256 of the
/// version at its revision; 32 bytes
/// SHA-256 of the shape of the records; then the things, kind by kind, see [ImageWriter]. What is few or grows
/// new fields often is kept as its JSON.
final class BookImage {
    private static final int CHECK = Long.BYTES;
    private static final int HASH = 32;
    private static final int SHAPE = CHECK + HASH;
    private static final int THINGS = SHAPE + HASH;

    private BookImage() {}

    /// The book of the store's image, if it may be believed.
    static Optional<Book> of(BookStore store) {
        return store.image().flatMap(image -> believed(image, store));
    }

    private static Optional<Book> believed(BookStore.Image image, BookStore store) {
        var bytes = image.bytes();
        if (bytes.length < THINGS
                || ByteBuffer.wrap(bytes).getLong() != check(bytes)
                || !Arrays.equals(bytes, SHAPE, THINGS, shape(), 0, HASH)) {
            return Optional.empty();
        }
        var version = versionHash(store, image.revision());
        if (version.isEmpty() || !Arrays.equals(bytes, CHECK, SHAPE, version.get(), 0, HASH)) {
            return Optional.empty();
        }
        return Optional.of(new ImageReader(bytes, THINGS).book(image.revision()));
    }

    static void keep(Book book, BookStore store) {
        var out = new ImageWriter();
        out.raw(new byte[CHECK]);
        out.raw(versionHash(store, book.revision()).orElseThrow());
        out.raw(shape());
        out.book(book);
        var bytes = out.bytes();
        ByteBuffer.wrap(bytes).putLong(check(bytes));
        store.keep(new BookStore.Image(book.revision(), bytes));
    }

    private static Optional<byte[]> versionHash(BookStore store, long revision) {
        var found = new ArrayList<Change>();
        store.read(revision - 1, revision, found::add);
        return found.stream().map(c -> Sha256.of(c.toString())).findFirst();
    }

    private static long check(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, CHECK, bytes.length - CHECK);
        return crc.getValue();
    }

    /// A record with another field makes another shape, so that no image is read in a way it was not written.
    private static byte[] shape() {
        var shape = new StringBuilder("2");
        for (var type : List.of(
                Campaign.class,
                AdGroup.class,
                Bid.class,
                Ad.class,
                Creative.class,
                Creative.Picture.class,
                Creative.Card.class,
                FrequencyCap.class,
                Terms.class)) {
            for (RecordComponent component : type.getRecordComponents()) {
                shape.append(' ').append(component);
            }
        }
        return Sha256.of(shape.toString());
    }
}
